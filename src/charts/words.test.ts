import { expect, test } from 'vitest'
import { same } from '../domain/phrase.ts'
import { exactNumber, markNumbers, shortNumber } from './number-words.ts'
import { exactTime, tickTime } from './time-words.ts'
import { categoryWords, fieldName, shortenedApart, valueWords } from './words.ts'

test('short numbers are 万 and 亿 in Chinese, k and M in English', () => {
  expect([9_999, 12_345, 123_456_789].map(value => shortNumber(value, undefined, 'zh'))).toEqual([
    '9,999',
    '1.23万',
    '1.23亿',
  ])
  expect([9_999, 12_345, 123_456_789].map(value => shortNumber(value, undefined, 'en'))).toEqual([
    '9,999',
    '12.3k',
    '123M',
  ])
  expect(shortNumber(5_000, undefined, 'en', 20_000)).toBe('5k')
})

test('steps of an axis of small percentages stay apart', () => {
  const steps = [0, 0.0004, 0.0008, 0.0012]
  expect(steps.map(step => shortNumber(step, 'percent', 'en', 0.0022))).toEqual([
    '0%',
    '0.04%',
    '0.08%',
    '0.12%',
  ])
  expect(shortNumber(0.0005, 'percent', 'zh', 0.004)).toBe('0.05%')
  expect([0.003, 0.006].map(step => shortNumber(step, 'percent', 'en', 0.02))).toEqual(['0.3%', '0.6%'])
})

test('exact numbers keep what a reader could need, a bigint every digit', () => {
  expect(exactNumber(9_007_199_254_740_993n, 'integer', 'en')).toBe('9,007,199,254,740,993')
  expect(exactNumber(0.123_456_7, 'percent', 'en')).toBe('12.346%')
  expect(exactNumber(0.000_012_345_678, 'decimal', 'en')).toBe('0.0000123457')
  // Eight digits in all: what is beyond them no one reads, and a tooltip has no room for it.
  expect(
    [117_799_001.20553, 5_118.430559, 12.3456789].map(value => exactNumber(value, 'decimal', 'en')),
  ).toEqual(['117,799,001', '5,118.4306', '12.345679'])
})

test('times are told in UTC, without a time of day at midnight', () => {
  expect(exactTime(Date.UTC(2026, 5, 30), 'zh')).toBe('2026年6月30日')
  expect(exactTime(Date.UTC(2026, 5, 30, 8, 5), 'en')).toBe('30 Jun 2026, 08:05:00')
  const year = 366 * 86_400_000
  expect([1, 2].map(i => tickTime(Date.UTC(2026, 3, 1), i, year, 'en'))).toEqual(['Apr 2026', 'Apr'])
  expect(tickTime(Date.UTC(2027, 0, 1), 5, year, 'zh')).toBe('2027年1月')
  const halves = [Date.UTC(2025, 6, 1), Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)]
  expect(halves.map((at, i) => tickTime(at, i + 1, 3 * year, 'en'))).toEqual(['Jul 2025', '2026', 'Jul'])
})

test('a time that stands for its month is told without a day', () => {
  const month = { field: 'month', name: { zh: '月份', en: 'Month' }, scale: 'time', monthly: true } as const
  const told = (['zh', 'en'] as const).map(language =>
    valueWords(month, Date.UTC(2026, 0, 1) * 1000, language),
  )
  expect(told).toEqual(['2026年1月', 'Jan 2026'])
})

test('absent is said, never shown as zero; control characters never break a label', () => {
  const field = { field: 'x', name: { zh: '甲', en: 'A' }, scale: 'number' } as const
  expect(valueWords(field, null, 'en')).toBe('(blank)')
  expect(valueWords(field, 0, 'en')).toBe('0')
  expect(categoryWords({ ...field, scale: 'category' }, 'a\u0000\u2028\ufffeb', 'en')).toBe('a b')
  expect(categoryWords({ ...field, scale: 'category', labels: {} }, 'constructor', 'en')).toBe(
    'constructor\u2060',
  )
})

test('a unit stands at a name that does not say it', () => {
  const field = (name: string, unit: string) =>
    fieldName({ field: 'x', name: same(name), scale: 'number', unit: same(unit) }, 'en')
  expect(field('Session length', 'h')).toBe('Session length (h)')
  expect(field('Mean (h)', 'h')).toBe('Mean (h)')
  expect(field('Devices', 'devices')).toBe('Devices')
  expect(field('连接天数', '天')).toBe('连接天数')
})

test('a tiny share, and one just short of all, keep digits in a tooltip', () => {
  const exact = (value: number) => exactNumber(value, 'percent', 'en')
  expect([0.5, 0.123456, 0, 1].map(exact)).toEqual(['50%', '12.346%', '0%', '100%'])
  expect([0.00000123, -0.00000123].map(exact)).toEqual(['0.000123%', '-0.000123%'])
  expect(exact(0.9999995)).toBe('99.99995%')
  // A sum of shares that misses 1 by rounding is all of them.
  expect(exact(1 - 2 ** -53)).toBe('100%')
})

test('percentages beside marks have as many decimals each, and none reads as nothing', () => {
  const values = [0.034, 0.03, 0.0002]
  expect(values.map(markNumbers(values, 'percent', 'en'))).toEqual(['3.4%', '3.0%', '0.02%'])
  expect([0, 0.5].map(markNumbers([0, 0.5], 'percent', 'en'))).toEqual(['0%', '50%'])
  expect(markNumbers([12_345], 'integer', 'zh')(12_345)).toBe('1.23万')
})

test('names that differ only at their ends are cut in the middle', () => {
  // 12 px: a Latin letter is estimated at 0.58 of that, so 60 px hold eight letters.
  const font = '12px assay-figure'
  expect(shortenedApart(['Platform 011', 'Platform 012'], 60, font)).toEqual(['Plat…011', 'Plat…012'])
  expect(shortenedApart(['Alpha platform', 'Beta platform'], 60, font)).toEqual(['Alpha p…', 'Beta pl…'])
  expect(shortenedApart(['Short', 'Short'], 60, font)).toEqual(['Short', 'Short'])
})
