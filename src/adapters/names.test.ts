import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Alias } from '../domain/alias.ts'
import type { CanonicalName } from '../domain/canonical.ts'
import { industrialDivisions, industries } from '../domain/industry.ts'
import { provinces } from '../domain/province.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { suggestions } from './adapter.ts'
import { ask, canonicalMapping, loadText, stageRaw } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

/** What each text becomes in a soft column, and what is left unresolved. */
async function named(
  table: CanonicalName,
  column: string,
  texts: readonly string[],
  aliases: readonly Alias[] = [],
) {
  const key = table === 'platform' ? 'platform_id' : 'org_id'
  const raw = await loadText(
    engine,
    texts.map((text, i) => ({ [key]: `${i}`, [column]: text })),
  )
  const staged = await stageRaw(engine, raw, canonicalMapping([key, column], table), { aliases })
  expect(staged.counts).toEqual({ read: texts.length, accepted: texts.length, rejected: 0 })
  const statement = sql`select ${name(column)} as value from ${name(`${raw}_${table}`)} order by row_no`
  const rows = await ask(engine, { statement, result: { value: 'text' } })
  return {
    values: Object.fromEntries(texts.map((text, i) => [text, rows[i]?.value])),
    unresolved: staged.unresolved,
  }
}

const alias = (kind: string, raw: string, canonical: string): Alias => ({
  ...{ kind, raw, canonical },
  approvedBy: 'person',
})

/** GB/T 2260 codes, ISO 3166-2:CN, and names as they are met. */
const knownProvinces: Readonly<Record<string, string>> = {
  ...{ '44': '44', '440100': '44', '440106000000': '44', '44.0': '44', 'CN-44': '44', 'cn-gd': '44' },
  ...{ 广东: '44', 广东省: '44', Guangdong: '44', 'Guangdong Province': '44', 'guangdong sheng': '44' },
  ...{ 内蒙古: '15', 内蒙古自治区: '15', 'Inner Mongolia': '15', 'Nei Mongol': '15', neimenggu: '15' },
  ...{ 广西壮族自治区: '45', 宁夏回族自治区: '64', 新疆维吾尔自治区: '65', 西藏自治区: '54', Xizang: '54' },
  ...{ 'Guangxi Zhuang Autonomous Region': '45', 'Xinjiang Uygur Autonomous Region': '65', 'CN-XJ': '65' },
  ...{ 北京: '11', 北京市: '11', 'Beijing Municipality': '11', 重庆市: '50', 'CN-SH': '31' },
  ...{ 陕西: '61', 陕西省: '61', Shaanxi: '61', 'CN-SN': '61', 山西: '14', 山西省: '14', 'CN-SX': '14' },
  ...{ 香港: '81', 香港特别行政区: '81', 'Hong Kong SAR': '81', Macau: '82', Macao: '82', 台湾省: '71' },
  ...{
    江苏省苏州市工业园区: '32',
    新疆维吾尔自治区伊犁哈萨克自治州: '65',
    北京市海淀区: '11',
    吉林省吉林市: '22',
  },
  ...{
    ' 吉林 ': '22',
    'CN-HI': '46',
    'CN-HA': '41',
    'CN-HE': '13',
    'CN-HB': '42',
    'CN-HN': '43',
    'CN-HL': '23',
  },
}

test('a province is a code, or a name in Chinese, English or pinyin', async () => {
  const { values, unresolved } = await named('platform', 'province_code', Object.keys(knownProvinces))
  expect(values).toEqual(knownProvinces)
  expect(unresolved).toEqual([])
})

test('what could be another province is left to a person', async () => {
  const open = [
    'shanxi',
    'Shanxi Province',
    '吉林市',
    '海南州',
    '海南藏族自治州',
    '99',
    '4',
    '441',
    '粤',
    'GD',
    'CN',
    '苏州',
  ]
  const { values, unresolved } = await named('platform', 'province_code', open)
  expect(Object.values(values)).toEqual(open.map(() => null))
  expect(unresolved.map(row => row.value)).toEqual(open.toSorted())
})

test('GB/T 4754-2017 has 97 divisions, 41 of them industrial', () => {
  expect(industries.map(({ code }) => code)).toEqual(
    Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')),
  )
  expect(industrialDivisions.length).toBe(41)
  expect(industries.find(({ code }) => code === '38')).toMatchObject({
    category: 'C',
    name: { zh: '电气机械和器材制造业' },
  })
})

test('no name is of two divisions, and none of two provinces', () => {
  const all = industries.flatMap(({ name: { zh, en }, shortNames }) => [zh, en, ...shortNames])
  expect(all.filter((spelling, i) => all.indexOf(spelling) !== i)).toEqual([])
  expect(new Set(provinces.map(({ name: { en } }) => en)).size).toBe(34)
})

test('an industry is a code of any depth, or a name; it becomes its division', async () => {
  const known = {
    ...{
      '38': '38',
      C38: '38',
      c38: '38',
      '3812': '38',
      C3812: '38',
      C381: '38',
      '38.0': '38',
      '06': '06',
      '6': '06',
    },
    ...{ B06: '06', '0610': '06', '061': '06', B0610: '06', D44: '44', I65: '65', '6513': '65' },
    ...{
      电气机械和器材制造业: '38',
      电气机械及器材制造业: '38',
      电气机械: '38',
      汽车: '36',
      汽车制造业: '36',
      汽车制造: '36',
    },
    ...{
      'C38 电气机械和器材制造业': '38',
      '38-电气机械': '38',
      'Electrical machinery': '38',
      纺织: '17',
      医药: '27',
    },
    ...{
      '计算机、通信和其他电子设备制造业': '39',
      '电力、热力、燃气及水生产和供应业': null,
      铁路运输业: '53',
      农业: '01',
    },
  }
  const { values, unresolved } = await named('organisation', 'industry_code', Object.keys(known))
  expect(values).toEqual(known)
  expect(unresolved.map(row => row.value)).toEqual(['电力、热力、燃气及水生产和供应业'])
})

test('a category, a letter of another category and a code that lost its zero are no division', async () => {
  const open = [
    'C',
    'B38',
    'A3812',
    '610',
    '111',
    '98',
    '00',
    '9900',
    '38121',
    '制造业',
    '其他',
    '3D打印',
    '38kW',
  ]
  const { values, unresolved } = await named('organisation', 'industry_code', open)
  expect(Object.values(values)).toEqual(open.map(() => null))
  expect(unresolved.length).toBe(open.length)
})

test('an alias comes before the built-in names, in any case and with blanks around it', async () => {
  const aliases = [
    alias('province', 'Shanxi', '陕西'),
    alias('province_code', ' 南方基地', '44'),
    alias('PROVINCE_CODE', '北京', '12'),
    alias('province', '南方基地', '45'),
    alias('province', '某地', 'nowhere'),
    alias('tier', '双跨', '引领'),
  ]
  const texts = ['shanxi ', '南方基地', '北京', '上海', '某地', '双跨']
  const { values } = await named('platform', 'province_code', texts, aliases)
  expect(Object.values(values)).toEqual(['61', '44', '12', '31', null, null])
  const tiers = await named('platform', 'tier', ['双跨', 'Leading', '国家级'], aliases)
  expect(tiers.values).toEqual({ 双跨: '引领', Leading: '引领', 国家级: null })
  expect(tiers.unresolved).toEqual([
    { table: 'platform', column: 'tier', value: '国家级', rows: 1, rejected: false },
  ])
  const industry = [alias('industry', 'Robots', 'C3491'), alias('industry', 'PLC', 'C40')]
  const found = await named('organisation', 'industry_code', ['robots', 'plc'], industry)
  // `C3491` is a class, not a name or code of a division: the alias is not obeyed.
  expect(found.values).toEqual({ robots: null, plc: '40' })
})

test('an unknown name loses no platform or organisation, but an unknown state rejects its row and is told', async () => {
  const rows = ['online', 'dormant', 'dormant', 'asleep'].map((state, i) => ({
    ...{ platform_id: 'P', device_id: `${i}`, as_of: '2026-06-30', state, state_kind: 'session' },
  }))
  const raw = await loadText(engine, rows)
  const mapping = canonicalMapping(Object.keys(rows[0] ?? {}), 'device_snapshot')
  const { counts, unresolved, plan } = await stageRaw(engine, raw, mapping)
  expect(counts).toEqual({ read: 4, accepted: 1, rejected: 3 })
  const row = { table: 'device_snapshot', column: 'state', rejected: true }
  expect(unresolved).toEqual([
    { ...row, value: 'dormant', rows: 2 },
    { ...row, value: 'asleep', rows: 1 },
  ])
  for (const statement of plan.drop) await engine.execute(statement, new AbortController().signal)
  const again = await stageRaw(engine, raw, mapping, {
    aliases: [alias('state', 'Dormant', 'Offline'), alias('state', 'asleep', 'offline')],
  })
  expect(again.counts).toEqual({ read: 4, accepted: 4, rejected: 0 })
  expect(again.unresolved).toEqual([])
})

test('an unknown name has suggestions where there are likely ones, five at most', () => {
  expect(suggestions('province_code', 'Shanxi')).toEqual(['14', '61'])
  expect(suggestions('province_code', '粤')).toEqual(['44'])
  expect(suggestions('province_code', 'guangdon')).toEqual(['44'])
  expect(suggestions('province_code', 'Guangzhou, Guangdong')).toEqual(['44'])
  expect(suggestions('province_code', '吉林市')).toEqual(['22'])
  expect(suggestions('province_code', '苏州')).toEqual([])
  expect(suggestions('province_code', '99')).toEqual([])
  expect(suggestions('industry_code', '电气机械与器材')).toEqual(['38'])
  expect(suggestions('industry_code', '机械').length).toBeLessThanOrEqual(5)
  expect(suggestions('industry_code', '机械')).toContain('38')
  expect(suggestions('state', 'online (mqtt)')).toEqual(['online'])
  expect(suggestions('tier', '双跨')).toEqual([])
  expect(suggestions('product', 'x')).toEqual([])
})
