import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import type { Mapping } from './adapter.ts'
import { column, constant } from './raw-table.ts'
import {
  ask,
  canonicalMapping,
  loadText,
  type StagingOptions,
  stageRaw,
  type TextRow,
  valueIn,
} from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const signal = new AbortController().signal
const time = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString()
/** A statement takes 50 rows of a table of up to 16 columns, and compares about 100 keys. */
const bounds = { cells: 800, keys: 100, rows: 1 }

/** All that can be seen of a table staged whole, and of the same table staged in slices. */
async function bothWays(raw: string, mapping: Mapping, rows: number, given: StagingOptions = {}) {
  const whole = await outcome(raw, mapping, given)
  const sliced = await outcome(raw, mapping, { ...given, slices: { rows, bounds } })
  return { whole, sliced }
}

async function outcome(raw: string, mapping: Mapping, given: StagingOptions) {
  const { plan, ...answers } = await stageRaw(engine, raw, mapping, given)
  const tables: unknown[] = []
  for (const { table } of mapping.targets) {
    const output = name(`${raw}_${table}`)
    const rows = sql`select cast(o as varchar) as line from ${output} as o order by rowid`
    const columns = sql`select column_name || ' ' || column_type as line from (describe ${output})`
    for (const statement of [columns, rows])
      tables.push(await ask(engine, { statement, result: { line: 'text' } }))
  }
  for (const statement of plan.drop) valueIn(await engine.execute(statement, signal))
  return { ...answers, tables, statements: plan.statements.length }
}

test('keys, categories, unknown names and rejects are the same over all slices', async () => {
  const rows = Array.from({ length: 230 }, (_, i) => ({
    platform_id: `P${i % 3}`,
    // Rows 61 to 70 and 220 to 228 repeat devices of the first slice (60 and 219 are multiples of 3), row 120 one of the other table.
    device_id: i === 119 ? 'known' : `D${i >= 60 && i < 70 ? i - 60 : i >= 219 && i < 228 ? i - 219 : i}`,
    product: `product ${230 - i}`,
    province_code: i % 70 === 0 ? 'Atlantis' : '北京',
    created_at: i % 90 === 89 ? 'yesterday' : time(i),
  }))
  const raw = await loadText(engine, rows)
  const existing = { device: [await knownDevices()] }
  const mapping = canonicalMapping(Object.keys(rows[0] ?? {}), 'device')
  const { whole, sliced } = await bothWays(raw, mapping, rows.length, { existing })
  expect(whole.counts.read).toBe(230)
  expect(new Set(whole.rejectCounts.map(({ reason }) => reason))).toEqual(
    new Set(['duplicate-key', 'not-a-time']),
  )
  expect(whole.unresolved).toHaveLength(1)
  // Five slices of the staged table and of its output, three parts of the keys in both comparisons.
  expect(sliced).toEqual({ ...whole, statements: whole.statements + 2 * 4 + 2 * 2 })
})

async function knownDevices(): Promise<string> {
  const table = 'loaded devices'
  const columns = { platform_id: 'category', device_id: 'text' } as const
  await loadRows(engine, table, columns, [{ platform_id: 'P2', device_id: 'known' }])
  return table
}

test('cells and the rows of typed tables with row numbers of their own come in the same order', async () => {
  const raw = `wide ${crypto.randomUUID()}`
  const rows = Array.from({ length: 130 }, (_, i) => ({
    row_no: 1000 - i,
    ts: time(i),
    temp: i % 4 === 0 ? null : i / 8,
    state: i % 5 === 0 ? '' : `s${i}`,
  }))
  await loadRows(engine, raw, { row_no: 'integer', ts: 'timestamp', temp: 'number', state: 'text' }, rows)
  const mapping: Mapping = {
    targets: [
      {
        table: 'telemetry',
        columns: { platform_id: constant('P'), device_id: constant('D'), ts_event: column('ts') },
        cells: [
          { column: 'temp', values: { metric: 'temperature' } },
          { column: 'state', values: { metric: 'state' } },
        ],
      },
    ],
    refusals: [],
  }
  const { whole, sliced } = await bothWays(raw, mapping, rows.length)
  expect(whole.counts).toEqual({ read: 130, accepted: 130, rejected: 0 })
  // Three slices of the staged table; of the output six, as each row has two cells.
  expect(sliced).toEqual({ ...whole, statements: whole.statements + 2 + 5 })
})

const event = (i: number): TextRow => ({
  platform_id: 'P',
  device_id: `D${i}`,
  ts_event: time(i),
  kind: i % 2 === 0 ? 'connect' : 'disconnect',
})

test.each([
  ['a column called rowid', { ROWID: 'x' }, undefined],
  ['a mapping that looks at other rows', {}, sql`count(*) over () > 0`],
])('%s is staged whole', async (_, more, when) => {
  const rows = Array.from({ length: 130 }, (_, i) => ({ ...event(i), ...more }))
  const raw = await loadText(engine, rows)
  const mapping = canonicalMapping(Object.keys(event(0)), 'conn_event')
  const targets = mapping.targets.map(target => (when === undefined ? target : { ...target, when }))
  const { whole, sliced } = await bothWays(raw, { ...mapping, targets }, rows.length)
  expect(whole.counts).toEqual({ read: 130, accepted: 130, rejected: 0 })
  expect(sliced).toEqual(whole)
})
