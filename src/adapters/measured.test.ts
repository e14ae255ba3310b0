import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Value, ValueType } from '../domain/table.ts'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { measured } from './measured.ts'
import { constant } from './raw-table.ts'
import { rowsOf, stageRaw } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function stageValues(type: ValueType, values: readonly Value[], decimal?: '.' | ',') {
  const table = `raw_${randomUUID()}`
  const rows = values.map(value => ({ value }))
  await loadRows(engine, table, { value: type }, rows)
  const key = { platform_id: constant('P'), device_id: constant('D'), metric: constant('m') }
  const columns = { ...key, ts_event: constant('2026-06-30T12:00:00Z'), ...measured('value', decimal) }
  const staged = await stageRaw(engine, table, { targets: [{ table: 'telemetry', columns }], refusals: [] })
  const stored = await rowsOf(engine, `${table}_telemetry`)
  return { ...staged, values: stored.map(row => [row.value_num ?? null, row.value_text ?? null]) }
}

test('a text goes to the number or to the text, as it was written, and never to both', async () => {
  const cases: readonly (readonly [string | null, number | null, string | null])[] = [
    ['25', 25, null],
    ['-2.50', -2.5, null],
    ['.5', 0.5, null],
    ['+1e-3', 0.001, null],
    [' 7 ', 7, null],
    ['0012', 12, null],
    ['true', null, 'true'],
    ['FALSE', null, 'FALSE'],
    ['on ', null, 'on '],
    ['1e400', null, '1e400'],
    ['1_000', null, '1_000'],
    ['NaN', null, 'NaN'],
    ['inf', null, 'inf'],
    ['0x10', null, '0x10'],
    ['12 kg', null, '12 kg'],
    ['12,5', null, '12,5'],
    ['2026-06-30', null, '2026-06-30'],
    ['{"a":1}', null, '{"a":1}'],
    ['', null, null],
    ['  ', null, null],
    [null, null, null],
  ]
  const { counts, values } = await stageValues(
    'text',
    cases.map(([text]) => text),
  )
  expect(counts).toEqual({ read: 21, accepted: 21, rejected: 0 })
  expect(values).toEqual(cases.map(([, number, text]) => [number, text]))
})

test('a decimal comma is read where the file writes one; a point then only parts thousands', async () => {
  const { values } = await stageValues('text', ['12,5', '1.234,56', '-,5', '7', '1.5', '12.34,5'], ',')
  expect(values).toEqual([
    [12.5, null],
    [1234.56, null],
    [-0.5, null],
    [7, null],
    [null, '1.5'],
    [null, '12.34,5'],
  ])
})

test('typed columns keep their numbers; NaN is absent and an infinity is refused', async () => {
  const floats = await stageValues('number', [0.1, Number.NaN, null, Number.POSITIVE_INFINITY])
  expect(floats.counts).toEqual({ read: 4, accepted: 3, rejected: 1 })
  expect(floats.values).toEqual([
    [0.1, null],
    [null, null],
    [null, null],
  ])
  expect(floats.rejects).toMatchObject([{ row: 4, reason: 'not-a-number', column: 'value' }])
  expect((await stageValues('boolean', [true, false])).values).toEqual([
    [null, 'true'],
    [null, 'false'],
  ])
  expect((await stageValues('integer', [3])).values).toEqual([[3, null]])
})
