import { officialProvinceName, type Province, provinces } from '../domain/province.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { lookedUp, type Names, type Vocabulary } from './vocabulary.ts'

/** ISO 3166-2:CN without its prefix, by province code. */
const isoLetters = `11 BJ 12 TJ 13 HE 14 SX 15 NM 21 LN 22 JL 23 HL 31 SH 32 JS 33 ZJ 34 AH 35 FJ 36 JX 37 SD 41 HA 42 HB
  43 HN 44 GD 45 GX 46 HI 50 CQ 51 SC 52 GZ 53 YN 54 XZ 61 SN 62 GS 63 QH 64 NX 65 XJ 81 HK 82 MO 71 TW`

/** Further whole names by province code; `/` parts them. */
const otherNames: Readonly<Record<string, string>> = {
  '14': 'shānxī',
  '15': '内蒙/内蒙自治区/nei mongol/nei mongol autonomous region/neimenggu/nei menggu/inner mongolia autonomous region',
  '45': '广西自治区/guangxi zhuang autonomous region/guangxi autonomous region',
  '54': 'xizang/xizang autonomous region/tibet autonomous region',
  '61': 'shǎnxī',
  '64': '宁夏自治区/ningxia hui autonomous region/ningxia autonomous region',
  '65': '新疆自治区/xinjiang uygur autonomous region/xinjiang uyghur autonomous region/xinjiang autonomous region',
  '71': 'taiwan province/chinese taipei',
  '81': 'hongkong/xianggang/hong kong sar/hong kong special administrative region/香港特区',
  '82': 'macau/aomen/macao sar/macau sar/macao special administrative region/macau special administrative region/澳门特区',
}

/** One character on number plates and maps; too short to be read without a person. */
const abbreviations = `11 京 12 津 13 冀 14 晋 15 蒙 21 辽 22 吉 23 黑 31 沪 32 苏 33 浙 34 皖 35 闽 36 赣 37 鲁 41 豫 42 鄂
  43 湘 44 粤 45 桂 46 琼 50 渝 51 川 52 黔 52 贵 53 云 53 滇 54 藏 61 陕 61 秦 62 甘 62 陇 63 青 64 宁 65 新 81 港 82 澳
  71 台`

/** Pinyin without tones writes 山西 and 陕西 alike, and people do not keep to `Shaanxi`. */
const eitherShanxi = ['shanxi', 'shanxi province', 'shanxi sheng', 'shanxisheng']

const codes = provinces.map(({ code }) => code)
const wholeNames = namesOf()
const officialNames: Names = new Map(provinces.map(({ code }) => [officialProvinceName(code), code]))

/**
 * Codes of 2, 6 or 12 digits; whole names, short or official, in Chinese, English and pinyin; ISO 3166-2 (`CN-GD`); and
 * longer Chinese texts that begin with an official name. Never those that begin with a short one: 海南州 lies in 青海.
 */
export const provinceVocabulary: Vocabulary = {
  names: wholeNames,
  ambiguous: new Map<string, readonly string[]>([
    ...eitherShanxi.map(name => [name, ['14', '61']] as const),
    ...pairs(abbreviations).map(([code, character]) => [character, [code]] as const),
  ]),
  read: (text: Sql) => sql`case
    when regexp_full_match(${text}, '[0-9]{2}([0-9]{4}|[0-9]{10})?([.]0)?')
      then case when left(${text}, 2) in ${codes} then left(${text}, 2) end
    else coalesce(${lookedUp(sql`lower(${text})`, wholeNames)}, ${beginsWithOfficialName(text)})
  end`,
}

function beginsWithOfficialName(text: Sql): Sql {
  const pattern = `^(${[...officialNames.keys()].join('|')})`
  return sql`case when ord(${text}) > 127 then ${lookedUp(sql`regexp_extract(${text}, ${pattern})`, officialNames)} end`
}

function namesOf(): Names {
  const iso = pairs(isoLetters).map(([code, letters]) => [`cn-${letters.toLowerCase()}`, code] as const)
  const known = [...provinces.flatMap(spellingsOf), ...iso]
  return new Map(known.filter(([spelling]) => !eitherShanxi.includes(spelling)))
}

function spellingsOf({ code, name: { zh, en } }: Province): readonly (readonly [string, string])[] {
  const unit = municipal(code) ? ['municipality', 'city', 'shi'] : ['province', 'sheng']
  const latin = [en.toLowerCase(), ...unit.map(word => `${en.toLowerCase()} ${word}`)]
  const others = otherNames[code]?.split('/') ?? []
  const spellings = [code, `cn-${code}`, zh, officialProvinceName(code), ...latin, ...others]
  return spellings.map(spelling => [spelling, code])
}

function municipal(code: string): boolean {
  return officialProvinceName(code).endsWith('市')
}

function pairs(text: string): readonly (readonly [code: string, value: string])[] {
  return [...text.matchAll(/(\d\d) (\S+)/g)].map(([, code = '', value = '']) => [code, value])
}
