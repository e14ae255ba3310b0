import { expect, test } from 'vitest'
import { readyItem } from '../fixture.ts'
import { orderedColumns, rawColumnsOf, sampleOf, sourceOf, type Target, unusedColumns } from './sources.ts'

/** Only the text of SQL is looked at here. */
const expression = (text: string, ...from: readonly string[]) => ({ sql: { text } as never, from })

const target: Target = {
  table: 'device',
  columns: {
    device_id: expression('"id"', 'id'),
    platform_id: expression("'Plant ''A'''"),
    product: expression('concat("id", "kind")', 'id', 'kind'),
    province_code: expression("''"),
  },
}
const raw = ['id', 'kind', 'status']
const source = (column: string, override?: Parameters<typeof sourceOf>[2]) =>
  sourceOf(target, column, override, raw)

test('a column comes from columns of the file, from a constant, or from nothing', () => {
  expect(source('device_id')).toEqual({ kind: 'columns', columns: ['id'], isComputed: false })
  expect(source('product')).toEqual({ kind: 'columns', columns: ['id', 'kind'], isComputed: true })
  expect(source('platform_id')).toEqual({ kind: 'constant', value: "Plant 'A'" })
  expect(source('protocol')).toEqual({ kind: 'nothing' })
})

test('an option without an answer gives nothing', () => {
  expect(source('province_code')).toEqual({ kind: 'nothing' })
})

test('a column that this file does not have is told, a constant of the person is as it was written', () => {
  const mapped = { ...target, columns: { ...target.columns, protocol: expression('null', '协议') } }
  expect(sourceOf(mapped, 'protocol', { from: 'column', column: '协议' }, raw)).toEqual({
    kind: 'missing',
    columns: ['协议'],
  })
  expect(source('platform_id', { from: 'constant', value: "'x'" })).toEqual({
    kind: 'constant',
    value: "'x'",
  })
})

test('measurements come from the columns of the wide table', () => {
  const wide: Target = {
    table: 'telemetry',
    columns: {},
    cells: [{ column: 'temperature', values: { metric: 'temperature' } }],
  }
  expect(sourceOf(wide, 'value_num', undefined, raw)).toEqual({ kind: 'cells' })
  expect(sourceOf(wide, 'metric', undefined, raw)).toEqual({ kind: 'cells' })
  expect(sourceOf(wide, 'unit', undefined, raw)).toEqual({ kind: 'nothing' })
})

test('mapped and changed columns stand before those without a source', () => {
  const ordered = orderedColumns(target, { 'device.retired_at': { from: 'nothing' } })
  const mapped = ordered.slice(0, 5)
  expect(new Set(mapped)).toEqual(
    new Set(['platform_id', 'device_id', 'product', 'province_code', 'retired_at']),
  )
  expect(ordered.slice(5)).toContain('protocol')
})

test('columns that nothing is made from, and the first value that is not blank', () => {
  const inspection = readyItem.inspection && {
    ...readyItem.inspection,
    columns: raw,
    preview: [
      ['press-1', ' ', null],
      ['press-2', 'pump', null],
    ],
  }
  const item = { ...readyItem, inspection, mapping: { targets: [target], refusals: [] } }
  expect(unusedColumns(item)).toEqual(['status'])
  expect(sampleOf(item, 'kind')).toBe('pump')
  expect(sampleOf(item, 'status')).toBeNull()
  expect(sampleOf(item, 'nowhere')).toBeNull()
  expect(rawColumnsOf(item, 'product')).toEqual(['id', 'kind'])
  expect(rawColumnsOf(item, 'status')).toEqual(['status'])
})
