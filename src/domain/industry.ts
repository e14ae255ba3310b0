import type { Phrase } from './phrase.ts'

/** A division (大类) of GB/T 4754-2017. */
export interface Industry {
  /** Two digits. */
  readonly code: string
  /** The category (门类) that it belongs to, A to T. */
  readonly category: string
  readonly name: Phrase
  /** Other usual names, none of which could mean another division. */
  readonly shortNames: readonly string[]
}

/** `A` opens a category; then code, official name, English name (shortened, not official), other usual names. */
const text = `
A
01 农业 | Agriculture | 种植业
02 林业 | Forestry
03 畜牧业 | Animal husbandry
04 渔业 | Fishery
05 农、林、牧、渔专业及辅助性活动 | Agricultural support services | 农、林、牧、渔服务业
B
06 煤炭开采和洗选业 | Coal mining and washing | 煤炭开采 煤炭采选
07 石油和天然气开采业 | Oil and gas extraction | 石油天然气开采 油气开采
08 黑色金属矿采选业 | Ferrous metal ores | 黑色金属矿
09 有色金属矿采选业 | Non-ferrous metal ores | 有色金属矿
10 非金属矿采选业 | Non-metallic minerals mining | 非金属矿
11 开采专业及辅助性活动 | Mining support services | 开采辅助活动
12 其他采矿业 | Other mining
C
13 农副食品加工业 | Agricultural food processing | 农副食品
14 食品制造业 | Food
15 酒、饮料和精制茶制造业 | Liquor, beverages and tea | 饮料制造业 酒饮料 酒、饮料
16 烟草制品业 | Tobacco | 烟草
17 纺织业 | Textiles
18 纺织服装、服饰业 | Apparel | 纺织服装 服装服饰 服装
19 皮革、毛皮、羽毛及其制品和制鞋业 | Leather, fur and footwear | 皮革制品 制鞋业 皮革
20 木材加工和木、竹、藤、棕、草制品业 | Wood products | 木材加工
21 家具制造业 | Furniture
22 造纸和纸制品业 | Paper | 造纸
23 印刷和记录媒介复制业 | Printing and recorded media | 印刷
24 文教、工美、体育和娱乐用品制造业 | Culture, craft and sports goods | 文教体育用品制造业 文教用品
25 石油、煤炭及其他燃料加工业 | Petroleum, coal and other fuels | 石油加工、炼焦和核燃料加工业 石油加工 石化
26 化学原料和化学制品制造业 | Chemicals | 化学原料 化学制品 化工
27 医药制造业 | Pharmaceuticals | 制药
28 化学纤维制造业 | Chemical fibres | 化纤
29 橡胶和塑料制品业 | Rubber and plastics | 橡胶塑料 橡胶和塑料 橡塑
30 非金属矿物制品业 | Non-metallic mineral products | 非金属矿物 非金属制品 建材
31 黑色金属冶炼和压延加工业 | Ferrous metal smelting | 黑色金属冶炼 黑色金属加工 钢铁
32 有色金属冶炼和压延加工业 | Non-ferrous metal smelting | 有色金属冶炼 有色金属加工
33 金属制品业 | Metal products
34 通用设备制造业 | General equipment | 通用机械
35 专用设备制造业 | Special equipment | 专用机械
36 汽车制造业 | Motor vehicles
37 铁路、船舶、航空航天和其他运输设备制造业 | Railway, ship, aerospace and other transport | 其他运输设备 船舶航空航天
38 电气机械和器材制造业 | Electrical machinery | 电气机械 电气设备 电气
39 计算机、通信和其他电子设备制造业 | Computers, communication and electronics | 通信设备、计算机及其他电子设备制造业 计算机通信 电子设备 电子信息制造业 电子
40 仪器仪表制造业 | Instruments
41 其他制造业 | Other manufacturing
42 废弃资源综合利用业 | Waste resource use | 废弃资源
43 金属制品、机械和设备修理业 | Repair of metal products and machinery | 设备修理
D
44 电力、热力生产和供应业 | Electricity and heat | 电力、热力的生产和供应业 电力热力 电力
45 燃气生产和供应业 | Gas | 燃气
46 水的生产和供应业 | Water | 水务 自来水
E
47 房屋建筑业 | Construction of buildings
48 土木工程建筑业 | Civil engineering
49 建筑安装业 | Building installation
50 建筑装饰、装修和其他建筑业 | Decoration and other construction
F
51 批发业 | Wholesale
52 零售业 | Retail
G
53 铁路运输业 | Railway transport
54 道路运输业 | Road transport
55 水上运输业 | Water transport
56 航空运输业 | Air transport
57 管道运输业 | Pipeline transport
58 多式联运和运输代理业 | Multimodal transport and forwarding
59 装卸搬运和仓储业 | Loading and storage | 仓储
60 邮政业 | Post
H
61 住宿业 | Accommodation
62 餐饮业 | Catering
I
63 电信、广播电视和卫星传输服务 | Telecommunication, broadcasting and satellite services | 电信
64 互联网和相关服务 | Internet services
65 软件和信息技术服务业 | Software and information technology services | 软件业
J
66 货币金融服务 | Monetary and financial services
67 资本市场服务 | Capital market services
68 保险业 | Insurance
69 其他金融业 | Other finance
K
70 房地产业 | Real estate
L
71 租赁业 | Leasing
72 商务服务业 | Business services
M
73 研究和试验发展 | Research and development
74 专业技术服务业 | Professional technical services
75 科技推广和应用服务业 | Technology promotion and application
N
76 水利管理业 | Water conservancy
77 生态保护和环境治理业 | Ecological protection and environment
78 公共设施管理业 | Public facilities
79 土地管理业 | Land management
O
80 居民服务业 | Services to households
81 机动车、电子产品和日用产品修理业 | Repair of vehicles, electronics and household goods
82 其他服务业 | Other services
P
83 教育 | Education
Q
84 卫生 | Health
85 社会工作 | Social work
R
86 新闻和出版业 | News and publishing
87 广播、电视、电影和录音制作业 | Broadcasting, film and recording
88 文化艺术业 | Culture and arts
89 体育 | Sports
90 娱乐业 | Entertainment
S
91 中国共产党机关 | Organs of the Communist Party of China
92 国家机构 | State organs
93 人民政协、民主党派 | People’s Political Consultative Conference and democratic parties
94 社会保障 | Social security
95 群众团体、社会团体和其他成员组织 | Mass organisations and associations
96 基层群众自治组织及其他组织 | Grass-roots self-governing organisations
T
97 国际组织 | International organisations`

/** The 97 divisions in order of their codes. */
export const industries: readonly Industry[] = divisions()

/** Mining, manufacturing and utilities: divisions 06 to 46. */
export const industrialDivisions: readonly Industry[] = industries.filter(({ category }) =>
  ['B', 'C', 'D'].includes(category),
)

function divisions(): readonly Industry[] {
  let category = ''
  const found: Industry[] = []
  for (const line of text.trim().split('\n')) {
    const [chinese = '', en = '', others = ''] = line.split(' | ')
    if (chinese.length === 1) category = chinese
    else found.push({ ...division(chinese, en, others), category })
  }
  return found
}

function division(chinese: string, en: string, others: string): Omit<Industry, 'category'> {
  const shortNames = others === '' ? [] : others.split(' ')
  return { code: chinese.slice(0, 2), name: { zh: chinese.slice(3), en }, shortNames }
}

const names: ReadonlyMap<string, Phrase> = new Map(industries.map(({ code, name }) => [code, name]))

/** The name of a division; the code where none is known. */
export function industryName(code: string): Phrase {
  return names.get(code) ?? { zh: code, en: code }
}
