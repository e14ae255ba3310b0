import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import { type Layer, layerFields } from '../domain/chart.ts'
import type { Row, Value } from '../domain/table.ts'
import { catalogue } from './catalogue.ts'
import { type Computation, type Indicator, resolveInputs } from './recipe.ts'
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
  reason_class: 'lost',
  session_id: 'session',
  seq: 1,
  metric: 'temperature',
  value_num: 20.5,
  domain: '生产',
  cost_capture: 1000,
  cost_storage: 100,
  cost_maintenance: 10,
  price: 50,
  consumer: 'c1',
  calls: 10,
  bytes_out: 100,
  revenue: 200,
  function: '预测性维护',
  depth_level: 3,
  subject_kind: 'application',
  subject_id: 'application_id0',
  users: 3,
  organisations: 2,
  mode: 'pay_later',
  start: '2025-06-01',
  first_paid_at: '2025-09-01',
  mrr: 1000,
  contributors: 10,
  external_contributors: 4,
  merged: 20,
  merged_external: 5,
  size: '中',
  ownership: '民营',
  type: '专业',
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

const id = (column: string, i: number): Value => (/_id$|^from$|^to$/.test(column) ? `${column}${i}` : null)

/** Values at the edge of what imports let through, repeated keys, links of a platform to itself, times backwards. */
const adversarial: Readonly<Record<string, readonly Value[]>> = {
  ts_event: ['2026-06-29T00:00:00Z', '0001-01-02T00:00:00Z', '9999-12-30T00:00:00Z', '2026-06-29T00:00:00Z'],
  ts_ingest: ['2026-06-28T00:00:00Z', '2262-04-11T00:00:00Z', null],
  window_start: ['2026-06-01T00:00:00Z', '1970-01-02T00:00:00Z', '2262-04-11T00:00:00Z'],
  window_end: ['2026-05-01T00:00:00Z', '1970-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  activated_at: ['2030-01-01T00:00:00Z', '2026-06-29T00:00:00Z', '0001-01-02T00:00:00Z'],
  retired_at: ['2020-01-01T00:00:00Z', '2026-06-29T00:00:00Z', null],
  created_at: ['9999-01-01T00:00:00Z', null, '2026-06-01T00:00:00Z'],
  start: ['2026-06-01', '9999-01-01', '1970-01-02'],
  matures_at: ['2026-01-01', null],
  first_paid_at: ['2026-05-01', '1970-01-02', null],
  ended_at: ['2026-05-01', null],
  records: [0, 2 ** 62, null, 1],
  bytes: [0, 2 ** 62, 1],
  expected: [0, 1, 2 ** 62],
  received: [2 ** 62, 0],
  dup_exact: [2 ** 62, 0],
  late: [2 ** 62, 0],
  counter_kind: ['cumulative', 'delta', null],
  seq: [0, 65_535, 2 ** 62, 0, -1],
  value_num: [1e308, -1e308, 0, null],
  mrr: [1e300, 0, 0.01],
  revenue: [1e300, 0],
  cost_capture: [1e300, 0],
  base_value: [0, -1, 1e300],
  target_value: [0, 1e300, -5],
  base_date: ['2028-12-31', '0001-01-02'],
  target_date: ['2025-12-31', '9999-01-01'],
  from: ['__proto__', 'a'],
  to: ['__proto__', 'a', 'b'],
  platform_id: ['__proto__', 'constructor', 'p', null],
  device_id: ['__proto__', 'd', 'd'],
  org_id: ['toString', '*', null],
}

/** A value of the list that a column has in the adversarial rows, a plausible one where it has none. */
function hostile(column: string, i: number): Value {
  const values = adversarial[column]
  return values
    ? (values[(i * 7 + column.length) % values.length] ?? null)
    : (plausible[column] ?? id(column, i % 5))
}

const situations: Readonly<Record<string, Fixture>> = {
  'nothing loaded': {},
  'empty tables': fixture(0, () => null),
  'one row, all null': fixture(1, () => null),
  'rows of nulls beside their keys': fixture(7, id),
  'one plausible row': fixture(1, (column, i) => plausible[column] ?? id(column, i)),
  'forty plausible rows': fixture(40, (column, i) => plausible[column] ?? id(column, i)),
  'forty rows of a single platform': fixture(40, (column, i) =>
    column === 'platform_id' ? 'p' : (plausible[column] ?? id(column, i)),
  ),
  'sixty adversarial rows': fixture(60, hostile),
}

test('the catalogue is in the order of ids and each id stands once', () => {
  const ids = catalogue.map(recipe => recipe.id)
  expect(new Set(ids).size).toBe(ids.length)
  const groups = ['CON', 'AGG', 'STR', 'VAL', 'PLN']
  const inOrder = groups.flatMap(group => ids.filter(name => name.startsWith(group)).toSorted())
  expect(ids).toEqual(inOrder)
})

const list = new URL('../../../shared/indicators.csv', import.meta.url)

test.skipIf(!existsSync(list))(
  'the catalogue is the list of 59, under its names (skipped where the list is missing)',
  () => {
    const [, ...lines] = readFileSync(list, 'utf8').trim().split(/\r?\n/)
    const wanted = new Map(lines.map(line => [line.split(',')[0] ?? '', line.split(',')]))
    expect(catalogue.map(({ id }): string => id).toSorted()).toEqual([...wanted.keys()].toSorted())
    for (const { id, name } of catalogue) {
      const [, en = '', zh = ''] = wanted.get(id) ?? []
      expect([id, name.en.startsWith(en), name.zh.startsWith(zh)]).toEqual([id, true, true])
    }
  },
)

describe.each(catalogue.map(recipe => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  test.each(Object.keys(situations))('holds its contract on: %s', async name => {
    const outcome = await trials.apply(recipe, loaded.get(name) ?? {})
    expectSound(recipe, outcome)
    if (name === 'nothing loaded' || name === 'empty tables') expect(outcome.headline.value).toBeNull()
  })

  test.each(Object.keys(recipe.details ?? {}))(
    'its detail %s holds its contract on every table',
    async detail => {
      for (const tables of loaded.values()) {
        const rows = await trials.detail(recipe, detail, tables)
        const { result = {}, chart } = recipe.details?.[detail] ?? {}
        for (const row of rows) expectCells(row, result)
        const drawn = chart?.(rows, resolveInputs(recipe.inputs, {}))
        for (const layer of drawn?.layers ?? []) expectDrawable(layer, drawn?.rows ?? [])
      }
    },
  )

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
  for (const row of rows) expectCells(row, recipe.result)
  if (headline.value === null) expect(headline.missing?.length).toBeGreaterThan(0)
  else expect(headline.value).toSatisfy(Number.isFinite)
  for (const { value } of headline.beside ?? []) expect(value).toSatisfy(Number.isFinite)
  for (const end of [headline.interval?.low, headline.interval?.high, headline.basis?.n]) {
    if (end !== null && end !== undefined) expect(end).toSatisfy(Number.isFinite)
  }
  const share = headline.basis?.share ?? 0
  expect(share).toBeGreaterThanOrEqual(0)
  expect(share).toBeLessThanOrEqual(1)
  expect(chart.rows.length).toBeLessThanOrEqual(mostDrawn)
  for (const layer of chart.layers) expectDrawable(layer, chart.rows)
}

/** More rows make a figure slow and unreadable. */
const mostDrawn = 2000

/** The declared columns and no others; a number is finite. */
function expectCells(row: Row, result: Computation['result']): void {
  expect(Object.keys(row)).toEqual(Object.keys(result))
  for (const value of Object.values(row)) {
    if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite)
  }
}

/** Every field that a layer names is in every row. */
function expectDrawable(layer: Layer, rows: readonly Row[]): void {
  for (const row of rows)
    for (const { field } of layerFields(layer)) expect(Object.keys(row)).toContain(field)
}
