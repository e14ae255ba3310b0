import { expect, test } from 'vitest'
import type { Chart, Field } from '../../domain/chart.ts'
import { row } from '../../domain/table.ts'
import { sparkOf } from './shape.ts'

const field = (name: string, scale: Field['scale']): Field => ({
  field: name,
  scale,
  name: { zh: name, en: name },
})
const [group, share, month] = [field('group', 'category'), field('share', 'number'), field('month', 'time')]

test('bars are heights of the tallest, whichever way they lie', () => {
  const rows = [row(['group', 'share'], ['a', 4]), row(['group', 'share'], ['b', 1])]
  const upright: Chart = { layers: [{ mark: 'bar', x: group, y: share }], rows }
  const lying: Chart = { layers: [{ mark: 'bar', x: share, y: group }], rows }
  expect(sparkOf(upright)).toEqual({ kind: 'bars', heights: [1, 0.25] })
  expect(sparkOf(lying)).toEqual(sparkOf(upright))
})

test('stacked bars are summed', () => {
  const rows = [
    row(['group', 'share'], ['a', 2]),
    row(['group', 'share'], ['a', 2]),
    row(['group', 'share'], ['b', 1]),
  ]
  expect(sparkOf({ layers: [{ mark: 'bar', x: group, y: share }], rows })).toEqual({
    kind: 'bars',
    heights: [1, 0.25],
  })
})

test('lines start at zero, so that a small change does not look like a large one', () => {
  const rows = [row(['month', 'share'], [0, 9]), row(['month', 'share'], [10, 10])]
  expect(sparkOf({ layers: [{ mark: 'line', x: month, y: share }], rows })).toEqual({
    kind: 'lines',
    lines: [
      [
        [0, 0.9],
        [1, 1],
      ],
    ],
  })
})

test('absent values leave no point, and nothing but absent values no spark', () => {
  const rows = [
    row(['month', 'share'], [0, 1]),
    row(['month', 'share'], [5, null]),
    row(['month', 'share'], [10, 1]),
  ]
  expect(sparkOf({ layers: [{ mark: 'line', x: month, y: share }], rows })).toMatchObject({
    lines: [
      [
        [0, 1],
        [1, 1],
      ],
    ],
  })
  const empty = [row(['month', 'share'], [0, null])]
  expect(sparkOf({ layers: [{ mark: 'line', x: month, y: share }], rows: empty })).toBeNull()
  expect(sparkOf({ layers: [{ mark: 'bar', x: group, y: share }], rows: [] })).toBeNull()
})

test('a province map has a faint square for each unit without data', () => {
  const rows = [row(['group', 'share'], ['32', 8])]
  const spark = sparkOf({ layers: [{ mark: 'tile', region: group, colour: share }], rows })
  expect(spark?.kind === 'cells' && spark.cells.filter(cell => cell.strength === 1)).toEqual([
    { x: 7, y: 4, strength: 1 },
  ])
  expect(spark?.kind === 'cells' && spark.cells.length).toBe(34)
})

test('named states fade in their order', () => {
  const state: Field = { ...field('state', 'category'), order: ['data', 'empty'] }
  const names = ['group', 'month', 'state']
  const rows = [row(names, ['a', 1, 'data']), row(names, ['a', 2, 'empty'])]
  const spark = sparkOf({ layers: [{ mark: 'cell', x: month, y: group, colour: state }], rows })
  expect(spark).toEqual({
    kind: 'cells',
    columns: 2,
    rows: 1,
    cells: [
      { x: 0, y: 0, strength: 1 },
      { x: 1, y: 0, strength: 1 / 3 },
    ],
  })
})

test('an interval round a line leaves the line to the glance; alone it shows its two edges', () => {
  const names = ['month', 'share', 'low', 'high']
  const rows = [row(names, [0, 5, 4, 8]), row(names, [10, 10, 8, 16])]
  const band = { mark: 'band', x: month, low: field('low', 'number'), high: field('high', 'number') } as const
  const lines = sparkOf({ layers: [band, { mark: 'line', x: month, y: share }], rows })
  expect(lines).toEqual(sparkOf({ layers: [{ mark: 'line', x: month, y: share }], rows }))
  // Edges of 4, 8 and 8, 16 as shares of 16, the largest.
  expect(sparkOf({ layers: [band], rows })).toEqual({
    kind: 'lines',
    lines: [
      [
        [0, 0.25],
        [1, 0.5],
      ],
      [
        [0, 0.5],
        [1, 1],
      ],
    ],
  })
})

test('spans stand between the least start and the last end, one line a name', () => {
  const names = ['group', 'from', 'to']
  const rows = [row(names, ['a', 10, 20]), row(names, ['b', 20, 30]), row(names, ['a', 20, null])]
  const [from, to] = [field('from', 'time'), field('to', 'time')]
  expect(sparkOf({ layers: [{ mark: 'span', from, to, y: group }], rows })).toEqual({
    kind: 'spans',
    rows: 2,
    spans: [
      { row: 0, from: 0, to: 0.5 },
      { row: 1, from: 0.5, to: 1 },
    ],
  })
})

test('a network is the degrees of its nodes, falling; a node alone has no bar', () => {
  const rows = [
    row(['from', 'to'], ['a', 'b']),
    row(['from', 'to'], ['a', 'c']),
    row(['from', 'to'], ['d', null]),
  ]
  const network = { mark: 'network', from: field('from', 'category'), to: field('to', 'category') } as const
  expect(sparkOf({ layers: [network], rows })).toEqual({ kind: 'bars', heights: [1, 0.5, 0.5] })
})

test('a value that holds until the next one is a stair', () => {
  const rows = [row(['month', 'share'], [0, 1]), row(['month', 'share'], [10, 0.5])]
  const spark = sparkOf({ layers: [{ mark: 'line', x: month, y: share, step: true }], rows })
  expect(spark).toEqual({
    kind: 'lines',
    lines: [
      [
        [0, 1],
        [1, 1],
        [1, 0.5],
      ],
    ],
  })
})
