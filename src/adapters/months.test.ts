import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CanonicalName } from '../domain/canonical.ts'
import type { Engine } from '../engine/engine.ts'
import { type ArrowColumn, arrowStream, chunksOf, openTestEngine } from '../engine/testing.ts'
import { ask, canonicalMapping, loadText, rowsOf, stageRaw, type TextRow, valueIn } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function stageMonths(
  months: readonly (string | null)[],
  more: (i: number) => TextRow = i => ({ consumer: `c${i}` }),
  existing?: Partial<Record<CanonicalName, readonly string[]>>,
) {
  const rows = months.map((month, i) => ({ asset_id: 'a', month, calls: String(i), ...more(i) }))
  const raw = await loadText(engine, rows)
  const mapping = canonicalMapping(['asset_id', 'month', 'consumer', 'calls'], 'asset_usage')
  const staged = await stageRaw(engine, raw, mapping, existing === undefined ? {} : { existing })
  return { table: `${raw}_asset_usage`, ...staged, moved: await ask(engine, staged.plan.movedDays) }
}

const monthsOf = async (table: string) =>
  (await rowsOf(engine, table)).map(row => String(row.month).slice(0, 10))

test('a day within a month is stored as the first of it, and counted; a month written as one is not', async () => {
  const { table, counts, moved } = await stageMonths([
    '2026-06-17',
    '2026-06',
    '202606',
    '2026年6月',
    '2026-06-01',
    '2026-06-30T23:59:59Z',
    '2024-02-29',
  ])
  expect(counts).toEqual({ read: 7, accepted: 7, rejected: 0 })
  expect(await monthsOf(table)).toEqual([...Array.from({ length: 6 }, () => '2026-06-01'), '2024-02-01'])
  // 17 June, 30 June and 29 February.
  expect(moved).toEqual([{ column: 'month', rows: 3 }])
})

test('two days of one month are one key: the later row is a duplicate, and its day is counted', async () => {
  const { table, counts, rejects, moved } = await stageMonths(
    ['2026-06-01', '2026-06-17', '2026-07-17', '2026-07-01'],
    () => ({ consumer: 'c' }),
  )
  expect(counts).toEqual({ read: 4, accepted: 2, rejected: 2 })
  expect(rejects).toEqual([
    { row: 2, reason: 'duplicate-key', column: 'consumer', value: 'a / 2026-06-01 / c' },
    { row: 4, reason: 'duplicate-key', column: 'consumer', value: 'a / 2026-07-01 / c' },
  ])
  expect((await rowsOf(engine, table)).map(row => row.calls)).toEqual([0, 2])
  expect(moved).toEqual([{ column: 'month', rows: 2 }])
})

test('a day of a month that another file tells of is a duplicate', async () => {
  const first = await stageMonths(['2026-06-30'], () => ({ consumer: 'c' }))
  const second = await stageMonths(['2026-06-02', '2026-07-02'], () => ({ consumer: 'c' }), {
    asset_usage: [first.table],
  })
  expect(second.counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
  expect(second.rejectCounts).toEqual([{ reason: 'duplicate-key', rows: 1 }])
})

test('what is no month is refused as before and is no moved day', async () => {
  const { counts, rejectCounts, moved } = await stageMonths([
    null,
    'soon',
    '2026-13-01',
    '2026-02-30',
    '0001-01-01',
    '9999-12-31',
    '1970-01-01',
    '1970-01-17',
  ])
  expect(counts).toEqual({ read: 8, accepted: 0, rejected: 8 })
  expect(rejectCounts).toEqual([
    { reason: 'missing-required', rows: 5 },
    { reason: 'not-a-time', rows: 3 },
  ])
  expect(moved).toEqual([])
})

test('typed months are cut too, in the calendar of the assumed zone, and other dates stay days', async () => {
  const columns: Readonly<Record<string, ArrowColumn>> = {
    community_id: { type: 'text', values: ['a', 'b'] },
    // 2026-06-30T20:00Z, as a time without zone in the export.
    month: { type: 'timestamp', values: [1782849600000000, 1782849600000000] },
  }
  valueIn(await engine.ingest(chunksOf(arrowStream(columns)), 'typed_months', new AbortController().signal))
  const { plan } = await stageRaw(
    engine,
    'typed_months',
    canonicalMapping(Object.keys(columns), 'community', '+08:00'),
    { zone: '+08:00' },
  )
  expect(await monthsOf('typed_months_community')).toEqual(['2026-06-01', '2026-06-01'])
  expect(await ask(engine, plan.movedDays)).toEqual([{ column: 'month', rows: 2 }])

  const contract = { contract_id: 'c', platform_id: 'P', org_id: 'o', start: '2026-06-17' }
  const raw = await loadText(engine, [contract])
  const staged = await stageRaw(engine, raw, canonicalMapping(Object.keys(contract), 'contract'))
  expect((await rowsOf(engine, `${raw}_contract`)).map(row => row.start)).toEqual([
    '2026-06-17T00:00:00.000Z',
  ])
  expect(await ask(engine, staged.plan.movedDays)).toEqual([])
})
