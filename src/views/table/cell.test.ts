import { expect, test } from 'vitest'
import { compareValues, shownValue } from './cell.ts'

const column = { name: 'x', type: 'text' } as const

test('coded values are shown by their words, others as they are', () => {
  const labels = { online: { zh: '在线', en: 'Online' } }
  expect(shownValue('online', { ...column, labels }, 'zh')).toBe('在线')
  expect(shownValue('ONLINE', { ...column, labels }, 'zh')).toBe('ONLINE')
})

test('numbers keep six significant digits below one and four decimals above', () => {
  expect(shownValue(0.000123456789, { ...column, type: 'number' }, 'en')).toBe('0.000123457')
  expect(shownValue(1234.56789, { ...column, type: 'number' }, 'en')).toBe('1,234.5679')
  expect(shownValue(2n ** 60n, { ...column, type: 'integer' }, 'en')).toBe('1,152,921,504,606,846,976')
})

test('times are shown in UTC and dates without a time', () => {
  expect(shownValue(0, { ...column, type: 'timestamp' }, 'zh')).toBe('1970-01-01 00:00:00 UTC')
  expect(shownValue(0, { ...column, type: 'date' }, 'zh')).toBe('1970-01-01')
})

test('numbers sort by size and text by the language, digits in it by their value', () => {
  const collator = new Intl.Collator('zh-CN', { numeric: true })
  expect([10, 9n, 2].sort((a, b) => compareValues(a, b, collator))).toEqual([2, 9n, 10])
  expect(['P10', 'P9'].sort((a, b) => compareValues(a, b, collator))).toEqual(['P9', 'P10'])
  expect(['重庆', '北京'].sort((a, b) => compareValues(a, b, collator))).toEqual(['北京', '重庆'])
})
