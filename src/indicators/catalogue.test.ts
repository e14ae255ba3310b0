import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import { type Layer, layerFields } from '../domain/chart.ts'
import type { Row, Value } from '../domain/table.ts'
import { catalogue } from './catalogue.ts'
import type { Indicator } from './recipe.ts'
import type { LoadedTables } from './scope.ts'
import { type Fixture, type Outcome, Trials } from './testing.ts'

let trials: Trials
const loaded = new Map<string, LoadedTables>()
beforeAll(async () => {
  trials = await Trials.open()
  for (const [name, rows] of Object.entries(situations)) loaded.set(name, await trials.load(rows))
})
afterAll(() => trials.engine.close())

/** A plausible value for each column that a recipe could stumble over; keys are counted up by the caller. */
const plausible: Readonly<Record<string, Value>> = {
  tier: '引领',
  province_code: '31',
  org_id: 'o1',
  industry_code: '34',
  protocol: 'MQTT',
  is_industrial: true,
  activated_at: '2025-01-01T00:00:00Z',
  as_of: '2026-06-30T00:00:00Z',
  state: 'online',
  state_kind: 'session',
  last_seen: '2026-06-29T00:00:00Z',
  ts_event: '2026-06-29T00:00:00Z',
  ts_ingest: '2026-06-29T00:00:01Z',
  kind: 'connect',
  source_id: 's1',
  window_start: '2026-06-01T00:00:00Z',
  window_end: '2026-07-01T00:00:00Z',
  records: 100,
  bytes: 1000,
  expected: 120,
  received: 100,
  counter_kind: 'delta',
  indicator: 'connected_devices',
  scope: 'national',
  base_date: '2025-12-31',
  base_value: 100e6,
  base_is_floor: true,
  target_date: '2028-12-31',
  target_value: 120e6,
  month: '2026-06-01',
}

function rowOf(
  table: CanonicalName,
  cell: (column: string, i: number) => Value,
  i = 0,
): Record<string, Value> {
  return Object.fromEntries(
    Object.keys(canonicalTable(table).columns).map(column => [column, cell(column, i)]),
  )
}

function fixture(rows: number, cell: (column: string, i: number) => Value): Fixture {
  return Object.fromEntries(
    canonicalNames.map(table => [table, Array.from({ length: rows }, (_, i) => rowOf(table, cell, i))]),
  )
}

const id = (column: string, i: number): Value => (/_id$/.test(column) ? `${column}${i}` : null)

const situations: Readonly<Record<string, Fixture>> = {
  'nothing loaded': {},
  'empty tables': fixture(0, () => null),
  'one row, all null': fixture(1, () => null),
  'rows of nulls beside their keys': fixture(7, id),
  'one plausible row': fixture(1, (column, i) => plausible[column] ?? id(column, i)),
  'forty plausible rows': fixture(40, (column, i) => plausible[column] ?? id(column, i)),
}

test('the catalogue is in the order of ids and each id stands once', () => {
  expect(catalogue.map(recipe => recipe.id)).toEqual([
    ...['CON-01', 'CON-03', 'CON-16', 'CON-17', 'CON-18', 'CON-19'],
    ...['AGG-01', 'AGG-03', 'AGG-04', 'AGG-09', 'VAL-03', 'VAL-04', 'PLN-01', 'PLN-02'],
  ])
})

describe.each(catalogue.map(recipe => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  test.each(Object.keys(situations))('holds its contract on: %s', async name => {
    const outcome = await trials.apply(recipe, loaded.get(name) ?? {})
    expectSound(recipe, outcome)
    if (name === 'nothing loaded' || name === 'empty tables') expect(outcome.headline.value).toBeNull()
    if (name === 'one plausible row') expect(typeof outcome.headline.value).toBe('number')
  })

  test('gives the same rows twice', async () => {
    const tables = loaded.get('forty plausible rows') ?? {}
    const [first, second] = [await trials.apply(recipe, tables), await trials.apply(recipe, tables)]
    expect(second.rows).toEqual(first.rows)
  })

  test('says everything in both languages', () => {
    const phrases = [
      recipe.name,
      recipe.explanation.meaning,
      recipe.explanation.source,
      recipe.explanation.cautions,
    ]
    const inputs = Object.values(recipe.inputs).flatMap(input => [
      input.name,
      ...(input.kind === 'choice' ? Object.values(input.choices) : []),
    ])
    for (const { zh, en } of [...phrases, ...inputs]) {
      expect(zh).toMatch(/[\u4e00-\u9fff\d]/)
      expect(en).toMatch(/^[^\u4e00-\u9fff]+$/)
    }
  })
})

function expectSound(recipe: Indicator, { rows, headline, chart }: Outcome): void {
  for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(recipe.result))
  if (headline.value === null) expect(headline.missing?.length).toBeGreaterThan(0)
  else expect(headline.value).toSatisfy(Number.isFinite)
  for (const { value } of headline.beside ?? []) expect(value).toSatisfy(Number.isFinite)
  expect(chart.rows.length).toBeLessThanOrEqual(600)
  for (const layer of chart.layers) expectDrawable(layer, chart.rows)
}

/** Every field that a layer names is in every row. */
function expectDrawable(layer: Layer, rows: readonly Row[]): void {
  for (const row of rows)
    for (const { field } of layerFields(layer)) expect(Object.keys(row)).toContain(field)
}
