import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { join, name, sql } from '../sql/sql.ts'
import type { Cell, Target } from './adapter.ts'
import { column, constant } from './raw-table.ts'
import { ask, loadText, rowsOf, type StagingOptions, stageRaw, type TextRow, valueIn } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const cells: readonly Cell[] = [
  { column: 'temp', values: { device_id: 'd1', metric: 'temperature', unit: '°C' } },
  { column: 'state', values: { device_id: 'd2', metric: 'state' } },
]
const columns = { platform_id: constant('P'), ts_event: column('ts') }
const target: Target = { table: 'telemetry', columns, cells }

async function stageWide(rows: readonly TextRow[], given: Target = target, options: StagingOptions = {}) {
  const raw = await loadText(engine, rows)
  const staged = await stageRaw(engine, raw, { targets: [given], refusals: [] }, options)
  return { ...staged, raw, rows: await rowsOf(engine, `${raw}_telemetry`) }
}

const ts = '2026-06-30T12:00:00Z'
const time = '2026-06-30T12:00:00.000Z'

test('each cell that is not absent is one row, with its own constants; numbers apart from other text', async () => {
  const { counts, rows } = await stageWide([
    { ts, temp: ' 21.5', state: 'on ' },
    { ts, temp: '', state: '  ' },
    { ts, temp: 'n/a', state: null },
    { ts, temp: '-1e3', state: '1' },
  ])
  // Four raw rows; 2 + 0 + 1 + 2 cells that hold something.
  expect(counts).toEqual({ read: 4, accepted: 4, rejected: 0 })
  const row = { platform_id: 'P', ts_event: time }
  const temperature = { ...row, device_id: 'd1', metric: 'temperature', unit: '°C' }
  const state = { ...row, device_id: 'd2', metric: 'state', unit: null }
  expect(rows).toEqual([
    { ...temperature, value_num: 21.5, value_text: null },
    { ...state, value_num: null, value_text: 'on ' },
    { ...temperature, value_num: null, value_text: 'n/a' },
    { ...temperature, value_num: -1000, value_text: null },
    { ...state, value_num: 1, value_text: null },
  ])
})

test('a text may stand for no value, and a cell declared as text holds no numbers', async () => {
  const declared: readonly Cell[] = [
    { column: 'temp', values: { device_id: 'd1', metric: 'temperature' }, absent: ['NULL'] },
    { column: 'code', values: { device_id: 'd1', metric: 'code' }, isText: true },
  ]
  const { rows } = await stageWide(
    [
      { ts, temp: 'NULL', code: '007' },
      { ts, temp: '7', code: 'NULL' },
    ],
    { ...target, cells: declared },
  )
  expect(rows.map(row => [row.metric, row.value_num, row.value_text])).toEqual([
    ['code', null, '007'],
    ['temperature', 7, null],
    ['code', null, 'NULL'],
  ])
})

test('a raw row is checked once, and refused with all its cells; a row keeps its number', async () => {
  const { raw, counts, rejects } = await stageWide([
    { ts: 'soon', temp: '1', state: '2' },
    { ts, temp: '3', state: '4' },
  ])
  expect(counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
  expect(rejects).toMatchObject([{ row: 1, reason: 'not-a-time', column: 'ts', value: 'soon' }])
  const statement = sql`select row_no, value_num from ${name(`${raw}_telemetry`)} order by value_num`
  expect(await ask(engine, { statement, result: { row_no: 'integer', value_num: 'number' } })).toEqual([
    { row_no: 2, value_num: 3 },
    { row_no: 2, value_num: 4 },
  ])
})

test('a constant of a cell comes before the value of the row; the row fills in where a cell gives none', async () => {
  const given: Target = {
    table: 'telemetry',
    columns: { ...columns, device_id: column('id'), metric: column('id'), unit: constant('K') },
    cells: [
      { column: 'temp', values: { metric: 'temperature', unit: '°C' } },
      { column: 'state', values: { metric: 'state' } },
    ],
  }
  const { rows, counts } = await stageWide(
    [
      { ts, id: 'a', temp: '1', state: '2' },
      { ts, id: '', temp: '3', state: '4' },
    ],
    given,
  )
  // Every cell gives a metric, so the column mapped to it is not asked; nothing gives the second row a device.
  expect(counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
  expect(rows.map(row => [row.device_id, row.metric, row.unit])).toEqual([
    ['a', 'temperature', '°C'],
    ['a', 'state', 'K'],
  ])
})

test('a required column that no cell and no row gives refuses the row', async () => {
  const some: readonly Cell[] = [
    { column: 'temp', values: { metric: 'temperature', device_id: 'd' } },
    { column: 'state', values: { metric: 'state' } },
  ]
  const { counts, rejects } = await stageWide([{ ts, temp: '1', state: '2' }], { ...target, cells: some })
  expect(counts).toEqual({ read: 1, accepted: 0, rejected: 1 })
  expect(rejects).toMatchObject([{ reason: 'missing-required', column: 'device_id' }])
})

test('cells follow the decimal mark of the file', async () => {
  const { rows } = await stageWide([{ ts, temp: '1.234,5', state: '12.5' }], target, { decimal: ',' })
  expect(rows.map(row => [row.value_num, row.value_text])).toEqual([
    [1234.5, null],
    [null, '12.5'],
  ])
})

test('typed cells are taken as they are', async () => {
  const raw = `raw_${randomUUID()}`
  const types = { ts: 'timestamp', f: 'number', n: 'integer', b: 'boolean', c: 'category' } as const
  await loadRows(engine, raw, types, [
    { ts, f: 0.1, n: 3, b: true, c: 'on' },
    { ts, f: Number.NaN, n: null, b: null, c: null },
    { ts, f: Number.POSITIVE_INFINITY, n: -1, b: false, c: '7' },
  ])
  const typed = ['f', 'n', 'b', 'c'].map(metric => ({ column: metric, values: { metric, device_id: 'd' } }))
  const { counts } = await stageRaw(engine, raw, { targets: [{ ...target, cells: typed }], refusals: [] })
  expect(counts).toEqual({ read: 3, accepted: 3, rejected: 0 })
  const rows = await rowsOf(engine, `${raw}_telemetry`)
  expect(rows.map(row => [row.metric, row.value_num, row.value_text])).toEqual([
    ['f', 0.1, null],
    ['n', 3, null],
    ['b', null, 'true'],
    ['c', null, 'on'],
    ['f', null, 'inf'],
    ['n', -1, null],
    ['b', null, 'false'],
    ['c', 7, null],
  ])
})

test('a hundred columns of measurements cost as many rows as they hold values', async () => {
  const raw = `raw_${randomUUID()}`
  const metrics = Array.from({ length: 100 }, (_, i) => `m${i}`)
  const values = metrics.map((metric, i) => sql`cast(i * ${i} as varchar) as ${name(metric)}`)
  const made = sql`create table ${name(raw)} as select ${ts} as ts, ${join(values)} from range(5000) r(i)`
  valueIn(await engine.execute(made, new AbortController().signal))
  const wide = metrics.map(metric => ({ column: metric, values: { metric, device_id: 'd' } }))
  await stageRaw(engine, raw, { targets: [{ ...target, cells: wide }], refusals: [] })
  // The sum of i * j over i < 5000 and j < 100 is 12,497,500 * 4,950.
  const statement = sql`select count(*) as n, sum(value_num) as total from ${name(`${raw}_telemetry`)}`
  expect(await ask(engine, { statement, result: { n: 'integer', total: 'number' } })).toEqual([
    { n: 500_000, total: 61_862_625_000 },
  ])
})
