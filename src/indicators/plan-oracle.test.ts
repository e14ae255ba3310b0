import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin } from '../../scripts/sample/calendar.ts'
import { firstOfEachKey, readTable, readWhole } from '../../scripts/sample/read-sample.ts'
import { folderBefore } from '../../scripts/sample/year-before.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import type { Row } from '../domain/table.ts'
import { type CellType, loadRows } from '../engine/testing.ts'
import { averagedTrend } from '../statistics/statistics.ts'
import attainment from './catalogue/attainment-probability.ts'
import fixedBaseIndex from './catalogue/fixed-base-index.ts'
import growthContribution from './catalogue/growth-contribution.ts'
import paceRatio from './catalogue/pace-ratio.ts'
import penetration from './catalogue/penetration.ts'
import tierPromotion from './catalogue/tier-promotion-rate.ts'
import type { Indicator } from './recipe.ts'
import type { LoadedTables } from './scope.ts'
import { type Circumstances, microseconds, type Outcome, Trials } from './testing.ts'

/** The plan's indicators on the bundled sample, against plain TypeScript over the same rows. */
const asOf = microseconds('2026-06-30T00:00:00Z')
const folder = 'resources/sample'
const names = [
  ...(['platform', 'organisation', 'device', 'contract', 'usage', 'model'] as const),
  ...(['application', 'plan_target'] as const),
]
const rows = <N extends CanonicalName>(name: N) => firstOfEachKey(name, readWhole(folder, name))
const earlier = () => readTable(folderBefore(folder), 'platform', 'platform_2025')

let trials: Trials
let loaded: LoadedTables
beforeAll(async () => {
  trials = await Trials.open()
  for (const name of names) await load(name, name, rows(name))
  await load('platform_2025', 'platform', earlier())
  const each = names.map(name => [name, name === 'platform' ? [name, 'platform_2025'] : [name]])
  loaded = Object.fromEntries(each)
}, 120_000)
afterAll(() => trials.engine.close())

async function load(file: string, table: CanonicalName, of: readonly object[]): Promise<void> {
  const columns = Object.entries(canonicalTable(table).columns).map(
    ([column, { type, category }]): [string, CellType] => [column, category ? 'category' : type],
  )
  const stored = of.map(one => ({ ...one, file_id: file }))
  await loadRows(trials.engine, file, { file_id: 'text', ...Object.fromEntries(columns) }, stored)
}

function run(recipe: Indicator, inputs: Circumstances['inputs'] = {}): Promise<Outcome> {
  const asOfs = { platform: asOf, platform_2025: begin }
  const exports = { asOf: asOfs, overlapping: ['platform'] as const }
  return trials.apply(recipe, loaded, { asOf: '2026-06-30T00:00:00Z', inputs, exports })
}

interface Span {
  readonly start: number | null
  readonly end: number | null
}
const inForce = ({ start, end }: Span, time: number) =>
  start !== null && start <= time && (end === null || end > time)
const devices = rows('device')
const industrial = () => devices.filter(({ is_industrial }) => is_industrial !== false)
const life = (device: { readonly activated_at: number | null; readonly retired_at: number | null }) => ({
  start: device.activated_at,
  end: device.retired_at,
})
const stockAt = (time: number) => industrial().filter(device => inForce(life(device), time)).length
/** The last instant of a month of 2021 to 2026, counted from January 2021 = 0. */
const endOf = (month: number) => Date.UTC(2021, month + 1, 1) * 1000 - 1
const closeTo = (value: number | null | undefined, expected: number) =>
  expect(Math.abs((value ?? Number.NaN) / expected - 1)).toBeLessThan(1e-9)

test('PLN-02: growth of the stock over that of the target', async () => {
  const growth = stockAt(asOf) / stockAt(microseconds('2025-06-30T00:00:00Z')) - 1
  closeTo((await run(paceRatio)).headline.value, growth / (1.2 ** (1 / 3) - 1))
})

test('PLN-03: the averaged trend of 60 month ends, at the level of 100 million at the end of 2025', async () => {
  // May 2026 is month 64, December 2025 month 59, December 2028 31 months after May 2026.
  const stock = Array.from({ length: 60 }, (_, i) => stockAt(endOf(5 + i)))
  const reference = stockAt(endOf(59))
  const model = averagedTrend(stock)
  closeTo((await run(attainment)).headline.value, model?.probabilityAtLeast(31, 1.2 * reference) ?? 0)
})

test('PLN-04: the province that grew most, of all growth', async () => {
  const before = microseconds('2025-06-30T00:00:00Z')
  const change = new Map<string | null, number>()
  for (const device of industrial()) {
    const step = Number(inForce(life(device), asOf)) - Number(inForce(life(device), before))
    change.set(device.province_code, (change.get(device.province_code) ?? 0) + step)
  }
  const known = [...change].flatMap(([province, step]) => (province === null ? [] : [step]))
  const all = [...change.values()].reduce((sum, step) => sum + step, 0)
  const outcome = await run(growthContribution)
  closeTo(outcome.headline.value, Math.max(...known) / all)
  const terms = (row: Row) =>
    ['national_term', 'industry_term', 'local_term'].reduce((sum, term) => sum + Number(row[term]), 0)
  for (const row of outcome.rows) {
    expect(row.change).toBe(change.get(row.province_code as string | null))
    expect(terms(row)).toBeCloseTo(Number(row.change), 8)
  }
})

test('PLN-05: organisations with a contract, usage or device', async () => {
  const operators = new Set(rows('platform').map(({ org_id }) => org_id))
  const year = microseconds('2025-06-30T00:00:00Z')
  const named = [
    ...rows('contract').filter(({ start, ended_at }) => inForce({ start, end: ended_at }, asOf)),
    ...rows('usage').filter(({ month }) => month > year && month <= asOf),
    ...devices.filter(device => inForce(life(device), asOf)),
  ]
  const applying = new Set(named.map(({ org_id }) => org_id))
  const all = rows('organisation').filter(({ org_id }) => !operators.has(org_id))
  const share = all.filter(({ org_id }) => applying.has(org_id)).length / all.length
  closeTo((await run(penetration)).headline.value, share)
})

test('PLN-06: models and organisations from January 2025, linked month by month', async () => {
  const weights = { weight_devices: 0, weight_applications: 0, weight_volume: 0 }
  const { headline } = await run(fixedBaseIndex, { ...weights, weight_models: 30, base: 202501 })
  const served = new Map<string, Span[]>()
  for (const { platform_id, org_id, start, ended_at } of rows('contract')) {
    const key = JSON.stringify([platform_id, org_id])
    served.set(key, [...(served.get(key) ?? []), { start, end: ended_at }])
  }
  const ownedModels = rows('model').map(({ platform_id, created_at }) => ({
    platform: platform_id,
    spans: [{ start: created_at, end: null }],
  }))
  const clients = [...served].map(([key, spans]) => ({ platform: String(JSON.parse(key)[0]), spans }))
  const chain = (of: readonly { readonly platform: string; readonly spans: readonly Span[] }[]) => {
    const stocks = (month: number) => {
      const found = new Map<string, number>()
      for (const { platform, spans } of of)
        if (spans.some(span => inForce(span, endOf(month))))
          found.set(platform, (found.get(platform) ?? 0) + 1)
      return found
    }
    let value = 1
    for (let month = 49; month <= 64; month++) {
      const [before, now] = [stocks(month - 1), stocks(month)]
      const both = [...now.keys()].filter(platform => before.has(platform))
      const sum = (side: ReadonlyMap<string, number>) =>
        both.reduce((all, platform) => all + (side.get(platform) ?? 0), 0)
      value *= sum(now) / sum(before)
    }
    return value
  }
  closeTo(headline.value, 100 * (0.6 * chain(ownedModels) + 0.4 * chain(clients)))
})

test('PLN-07: platforms that rose a tier between the two lists', async () => {
  const order = ['基础', '成长', '引领', '生态']
  const before = new Map(earlier().map(({ platform_id, tier }) => [platform_id, order.indexOf(tier ?? '')]))
  const pairs = rows('platform').map(({ platform_id, tier }) => [
    before.get(platform_id) ?? -1,
    order.indexOf(tier ?? ''),
  ])
  const risk = pairs.filter(([from = -1, to = -1]) => from >= 0 && from < 3 && to >= 0)
  const risen = risk.filter(([from = -1, to = -1]) => to > from)
  closeTo((await run(tierPromotion)).headline.value, risen.length / risk.length)
})
