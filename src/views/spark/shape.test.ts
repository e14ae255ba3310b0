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
