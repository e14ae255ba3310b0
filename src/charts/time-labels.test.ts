import { expect, test } from 'vitest'
import { row } from '../domain/table.ts'
import type { Look } from './look.ts'
import { categoryScale } from './scale.ts'
import { timeLabels } from './time-labels.ts'

const week = 7 * 86_400_000
const field = { field: 'week', name: { zh: '周', en: 'Week' }, scale: 'time' } as const
const look: Look = { language: 'en', theme: 'light', width: 900, height: 200, fontFamily: 'Inter' }

/** The labels of `count` times from a Monday, `step` ms apart, in columns of `slot` pixels, by column. */
function labels(
  first: number,
  count: number,
  slot: number,
  step = week,
): readonly (readonly [number, string])[] {
  const rows = Array.from({ length: count }, (_, i) => row(['week'], [(first + i * step) * 1000]))
  const made = timeLabels(categoryScale(field, rows, 'en'), slot, look, '12px Inter') as {
    interval: (index: number) => boolean
    formatter: (word: string, index: number) => string
  }
  return rows.flatMap((_, i) => (made.interval(i) ? [[i, made.formatter('', i)] as const] : []))
}

test('weeks are named by month, at the first week of each, with the year at the first and in January', () => {
  // Mondays from 3 Nov 2025: 1 Dec is column 4, 5 Jan column 9, 2 Feb column 13, 2 Mar column 17.
  expect(labels(Date.UTC(2025, 10, 3), 18, 30)).toEqual([
    [0, 'Nov 2025'],
    [4, 'Dec'],
    [9, 'Jan 2026'],
    [13, 'Feb'],
    [17, 'Mar'],
  ])
})

test('a first month of one column gives way to the next', () => {
  // Mondays from 24 Nov 2025: 1 Dec is column 1.
  expect(labels(Date.UTC(2025, 10, 24), 6, 20)).toEqual([[1, 'Dec 2025']])
})

test('where months are too narrow, every second, third, sixth or twelfth is named', () => {
  const words = labels(Date.UTC(2025, 0, 6), 53, 4).map(([, word]) => word)
  expect(words).toEqual(['Jan 2025', 'Apr', 'Jul', 'Oct', 'Jan 2026'])
})

test('days are named at even steps', () => {
  const days = labels(Date.UTC(2026, 5, 1), 30, 20, week / 7)
  expect(days.slice(0, 3)).toEqual([
    [0, '1 Jun'],
    [3, '4 Jun'],
    [6, '7 Jun'],
  ])
})

test('times stand in their order, the absent one last', () => {
  const rows = [3, 1, null, 2].map(value => row(['week'], [value]))
  expect(categoryScale(field, rows, 'en').keys).toEqual(['1', '2', '3', ''])
})
