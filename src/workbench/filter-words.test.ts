import { expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import { filterWords, ignoredWords } from './filter-words.ts'

const filters = {
  ...noFilters,
  platforms: ['a', 'b', 'c', 'd', 'e'],
  provinces: ['31'],
  industries: ['36', '99'],
  tiers: ['引领'],
  sizes: ['小', '__proto__'],
  to: '2026-03-31',
}

test('obeyed filters are named with their values, many of them by the first three', () => {
  expect(filterWords(filters, ['platform', 'province', 'industry', 'tier', 'size', 'period'], 'en')).toEqual([
    'platform: a, b, c … (5)',
    'province: Shanghai',
    'industry: Motor vehicles, 99',
    'tier: Leading',
    'size: Small, __proto__',
    'period: … – 2026-03-31',
  ])
  expect(filterWords(filters, ['tier'], 'zh')).toEqual(['梯度：引领级'])
})

test('filters that could not act are named too', () => {
  expect(ignoredWords(['ownership', 'period'], 'zh')).toEqual(['未按所有制、时段筛选'])
  expect(ignoredWords(['ownership', 'period'], 'en')).toEqual(['not filtered by ownership, period'])
  expect(ignoredWords([], 'en')).toEqual([])
})
