import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import { sql } from '../sql/sql.ts'
import { type Exports, overlap } from './exports.ts'
import { type LoadedTables, scope } from './scope.ts'
import { microseconds, Trials } from './testing.ts'

let trials: Trials
let both: LoadedTables
let exports: Exports
beforeAll(async () => {
  trials = await Trials.open()
  // The newer export comes first: it is its time that decides.
  const newer = await trials.load({
    platform: [
      { platform_id: 'P', tier: '引领' },
      { platform_id: 'R', tier: '基础' },
    ],
    ingest_batch: [batch('1', 'P'), batch('2', 'P')],
  })
  const older = await trials.load({
    platform: [
      { platform_id: 'P', tier: '成长' },
      { platform_id: 'Q', tier: '生态' },
    ],
    ingest_batch: [batch('1', 'Q')],
  })
  const tables = (name: 'platform' | 'ingest_batch') => [...(newer[name] ?? []), ...(older[name] ?? [])]
  both = { platform: tables('platform'), ingest_batch: tables('ingest_batch') }
  const times = [microseconds('2026-06-30T00:00:00Z'), microseconds('2025-06-30T00:00:00Z')]
  exports = {
    asOf: Object.fromEntries(tables('platform').map((table, i) => [table, times[i] ?? 0])),
    overlapping: ['platform'],
  }
})
afterAll(() => trials.engine.close())

function batch(batch_id: string, platform_id: string) {
  const window = { window_start: '2026-03-01T00:00:00Z', window_end: '2026-04-01T00:00:00Z' }
  return { batch_id, platform_id, source_id: 's', ...window }
}

const result = { platform_id: 'text', tier: 'text' } as const

test('where exports overlap, the row of the latest one stands, and what only the older one has stays', async () => {
  const { tables } = scope(both, noFilters, { exports })
  const rows = await trials.select(sql`select * from ${tables.platform} order by platform_id`, result)
  expect(rows.map(row => [row.platform_id, row.tier])).toEqual([
    ['P', '引领'],
    ['Q', '生态'],
    ['R', '基础'],
  ])
})

test('the history holds every row of every export, the oldest first', async () => {
  const { tables } = scope(both, noFilters, { exports })
  const statement = sql`select * from ${tables.history.platform} order by export_no, platform_id`
  const rows = await trials.select(statement, { ...result, export_as_of: 'timestamp', export_no: 'integer' })
  expect(rows.map(row => [row.export_no, row.platform_id, row.tier])).toEqual([
    [1, 'P', '成长'],
    [1, 'Q', '生态'],
    [2, 'P', '引领'],
    [2, 'R', '基础'],
  ])
  expect(rows[0]?.export_as_of).toBe(microseconds('2025-06-30T00:00:00Z'))
})

test('tables overlap when two exports name the same thing; batch numbers are those of a platform', async () => {
  const asked = async (table: 'platform' | 'ingest_batch') => {
    const condition = overlap(table, both[table] ?? [])
    if (condition === null) throw new Error('two tables may overlap')
    return (await trials.select(sql`select ${condition} as overlaps`, { overlaps: 'boolean' }))[0]?.overlaps
  }
  expect(await asked('platform')).toBe(true)
  expect(await asked('ingest_batch')).toBe(false)
  expect(overlap('conn_event', ['a', 'b'])).toBeNull()
  expect(overlap('platform', ['a'])).toBeNull()
})
