import type { Phrase } from '../domain/phrase.ts'

const divisions = `
06 煤炭开采和洗选业 | Coal mining and washing
07 石油和天然气开采业 | Oil and gas extraction
08 黑色金属矿采选业 | Ferrous metal ores
09 有色金属矿采选业 | Non-ferrous metal ores
10 非金属矿采选业 | Non-metallic minerals mining
11 开采专业及辅助性活动 | Mining support services
12 其他采矿业 | Other mining
13 农副食品加工业 | Agricultural food processing
14 食品制造业 | Food
15 酒、饮料和精制茶制造业 | Liquor, beverages and tea
16 烟草制品业 | Tobacco
17 纺织业 | Textiles
18 纺织服装、服饰业 | Apparel
19 皮革、毛皮、羽毛及其制品和制鞋业 | Leather, fur and footwear
20 木材加工和木、竹、藤、棕、草制品业 | Wood products
21 家具制造业 | Furniture
22 造纸和纸制品业 | Paper
23 印刷和记录媒介复制业 | Printing and recorded media
24 文教、工美、体育和娱乐用品制造业 | Culture, craft and sports goods
25 石油、煤炭及其他燃料加工业 | Petroleum, coal and other fuels
26 化学原料和化学制品制造业 | Chemicals
27 医药制造业 | Pharmaceuticals
28 化学纤维制造业 | Chemical fibres
29 橡胶和塑料制品业 | Rubber and plastics
30 非金属矿物制品业 | Non-metallic mineral products
31 黑色金属冶炼和压延加工业 | Ferrous metal smelting
32 有色金属冶炼和压延加工业 | Non-ferrous metal smelting
33 金属制品业 | Metal products
34 通用设备制造业 | General equipment
35 专用设备制造业 | Special equipment
36 汽车制造业 | Motor vehicles
37 铁路、船舶、航空航天和其他运输设备制造业 | Railway, ship, aerospace and other transport
38 电气机械和器材制造业 | Electrical machinery
39 计算机、通信和其他电子设备制造业 | Computers, communication and electronics
40 仪器仪表制造业 | Instruments
41 其他制造业 | Other manufacturing
42 废弃资源综合利用业 | Waste resource use
43 金属制品、机械和设备修理业 | Repair of metal products and machinery
44 电力、热力生产和供应业 | Electricity and heat
45 燃气生产和供应业 | Gas
46 水的生产和供应业 | Water`

/** The 41 industrial divisions of GB/T 4754-2017 by code; the English names are shortened, not official. */
export const industries: Readonly<Record<string, Phrase>> = Object.fromEntries(
  divisions
    .trim()
    .split('\n')
    .map(line => {
      const [chinese = '', en = ''] = line.split(' | ')
      return [chinese.slice(0, 2), { zh: chinese.slice(3), en }]
    }),
)
