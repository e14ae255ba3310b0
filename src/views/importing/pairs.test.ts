import { expect, test } from 'vitest'
import type { Reject } from '../../domain/file.ts'
import { row, type Table } from '../../domain/table.ts'
import { isLineByLine, pairs, previewRow } from './pairs.ts'

const stored = (...numbers: readonly number[]): Table => ({
  columns: [{ name: 'row_no', type: 'integer' }],
  rows: numbers.map(number => row(['row_no'], [number])),
})

const ragged: Reject = { row: 2, reason: 'wrong-field-count', column: null, value: '3 / 2' }
const late: Reject = { row: 3, reason: 'not-a-time', column: 'at', value: 'soon' }

test('rows that no reader could split have no cells, and those behind them keep their numbers', () => {
  // The file's rows are 1 = a, 2 = ragged, 3 = b, 4 = c; the preview goes on without the second.
  const made = pairs([['a'], ['b'], ['c']], stored(1, 4), [ragged, late])
  expect(made.map(({ row, raw }) => [row, raw?.[0] ?? null])).toEqual([
    [1, 'a'],
    [2, null],
    [3, 'b'],
  ])
  expect(made.map(pair => pair.stored.length)).toEqual([1, 0, 0])
  expect(made.map(pair => pair.reject?.reason ?? null)).toEqual([null, 'wrong-field-count', 'not-a-time'])
})

test('of several reasons for one row the first is told', () => {
  const second: Reject = { ...late, reason: 'not-a-number', column: 'value' }
  expect(pairs([['a'], ['b'], ['c']], stored(), [late, second])[2]?.reject).toBe(late)
})

test('a row that gives several stored rows has no line of its own on the other side', () => {
  expect(isLineByLine(pairs([['a'], ['b']], stored(1, 2), []))).toBe(true)
  expect(isLineByLine(pairs([['a'], ['b']], stored(1, 1, 2), []))).toBe(false)
})

test('nothing is said of rows behind the last stored row that is shown', () => {
  // Two stored rows are shown at most: what became of row 3 is not known.
  const made = pairs([['a'], ['b'], ['c']], stored(1, 2), [], 2)
  expect(made.map(({ known }) => known)).toEqual([true, true, false])
  expect(pairs([['a'], ['b'], ['c']], stored(1, 2), [], 3).map(({ known }) => known)).toEqual([
    true,
    true,
    true,
  ])
})

test('a rejected row is found among the first rows by its number', () => {
  const preview = [['a'], ['b'], ['c']]
  expect(previewRow(preview, [ragged, late], 3)).toEqual(['b'])
  expect(previewRow(preview, [ragged, late], 2)).toBeNull()
  expect(previewRow(preview, [ragged, late], 400)).toBeNull()
})
