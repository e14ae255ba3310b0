import type { Phrase } from './phrase.ts'

/** A province-level unit of China with its GB/T 2260 code and its place on the tile grid. */
export interface Province {
  readonly code: string
  readonly name: Phrase
  /** Column and row on the tile-grid map, from the north-west; a layout of equal squares, not of borders. */
  readonly tile: readonly [column: number, row: number]
}

/** The 31 mainland units, then Hong Kong, Macao and Taiwan, which the plan's statistics do not count. */
export const provinces: readonly Province[] = [
  { code: '11', name: { zh: '北京', en: 'Beijing' }, tile: [6, 2] },
  { code: '12', name: { zh: '天津', en: 'Tianjin' }, tile: [7, 2] },
  { code: '13', name: { zh: '河北', en: 'Hebei' }, tile: [6, 3] },
  { code: '14', name: { zh: '山西', en: 'Shanxi' }, tile: [5, 3] },
  { code: '15', name: { zh: '内蒙古', en: 'Inner Mongolia' }, tile: [5, 2] },
  { code: '21', name: { zh: '辽宁', en: 'Liaoning' }, tile: [8, 2] },
  { code: '22', name: { zh: '吉林', en: 'Jilin' }, tile: [8, 1] },
  { code: '23', name: { zh: '黑龙江', en: 'Heilongjiang' }, tile: [8, 0] },
  { code: '31', name: { zh: '上海', en: 'Shanghai' }, tile: [8, 5] },
  { code: '32', name: { zh: '江苏', en: 'Jiangsu' }, tile: [7, 4] },
  { code: '33', name: { zh: '浙江', en: 'Zhejiang' }, tile: [7, 5] },
  { code: '34', name: { zh: '安徽', en: 'Anhui' }, tile: [6, 5] },
  { code: '35', name: { zh: '福建', en: 'Fujian' }, tile: [7, 6] },
  { code: '36', name: { zh: '江西', en: 'Jiangxi' }, tile: [6, 6] },
  { code: '37', name: { zh: '山东', en: 'Shandong' }, tile: [7, 3] },
  { code: '41', name: { zh: '河南', en: 'Henan' }, tile: [6, 4] },
  { code: '42', name: { zh: '湖北', en: 'Hubei' }, tile: [5, 5] },
  { code: '43', name: { zh: '湖南', en: 'Hunan' }, tile: [5, 6] },
  { code: '44', name: { zh: '广东', en: 'Guangdong' }, tile: [6, 7] },
  { code: '45', name: { zh: '广西', en: 'Guangxi' }, tile: [5, 7] },
  { code: '46', name: { zh: '海南', en: 'Hainan' }, tile: [5, 8] },
  { code: '50', name: { zh: '重庆', en: 'Chongqing' }, tile: [4, 5] },
  { code: '51', name: { zh: '四川', en: 'Sichuan' }, tile: [3, 5] },
  { code: '52', name: { zh: '贵州', en: 'Guizhou' }, tile: [4, 6] },
  { code: '53', name: { zh: '云南', en: 'Yunnan' }, tile: [3, 6] },
  { code: '54', name: { zh: '西藏', en: 'Tibet' }, tile: [2, 5] },
  { code: '61', name: { zh: '陕西', en: 'Shaanxi' }, tile: [5, 4] },
  { code: '62', name: { zh: '甘肃', en: 'Gansu' }, tile: [4, 3] },
  { code: '63', name: { zh: '青海', en: 'Qinghai' }, tile: [3, 4] },
  { code: '64', name: { zh: '宁夏', en: 'Ningxia' }, tile: [4, 4] },
  { code: '65', name: { zh: '新疆', en: 'Xinjiang' }, tile: [2, 3] },
  { code: '81', name: { zh: '香港', en: 'Hong Kong' }, tile: [7, 8] },
  { code: '82', name: { zh: '澳门', en: 'Macao' }, tile: [6, 8] },
  { code: '71', name: { zh: '台湾', en: 'Taiwan' }, tile: [8, 6] },
]

export const mainlandProvinces: readonly Province[] = provinces.slice(0, 31)

export function provinceName(code: string): Phrase {
  return provinces.find(province => province.code === code)?.name ?? { zh: code, en: code }
}

const autonomousRegions: Readonly<Record<string, string>> = {
  '15': '内蒙古自治区',
  '45': '广西壮族自治区',
  '54': '西藏自治区',
  '64': '宁夏回族自治区',
  '65': '新疆维吾尔自治区',
}
const municipalities = ['11', '12', '31', '50']
const specialRegions = ['81', '82']

/** The official Chinese name, such as 广东省 or 内蒙古自治区. */
export function officialProvinceName(code: string): string {
  const short = provinceName(code).zh
  if (specialRegions.includes(code)) return `${short}特别行政区`
  return autonomousRegions[code] ?? `${short}${municipalities.includes(code) ? '市' : '省'}`
}
