import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDate,
  formatDecimal,
  formatMeasure,
  formatPercent,
  formatPercentEnd,
  formatTime,
  formatValue,
} from './format.ts'

describe('numbers in words', () => {
  test('a percent unit takes a ratio', () => {
    expect(formatValue(0.0627, 'percent', 'en')).toBe('6.27%')
    expect(formatValue(0.0627, '%/a', 'zh')).toBe('6.27%')
  })

  test('a tiny share never reads as zero', () => {
    expect(formatPercent(0.0000123, 'en')).toBe('0.00123%')
    expect(formatPercent(0, 'en')).toBe('0%')
  })

  test('what is not all never reads as all', () => {
    expect([0.99998, 0.9991].map(value => formatPercent(value, 'en'))).toEqual(['99.998%', '99.91%'])
    expect([1, 1 - 2 ** -53, 1.5].map(value => formatPercent(value, 'en'))).toEqual(['100%', '100%', '150%'])
  })

  test('both ends of a range have decimals', () => {
    expect([0.0103, 0.012].map(end => formatPercentEnd(end, 'en'))).toEqual(['1.03%', '1.20%'])
    expect(formatPercentEnd(0.000696, 'en')).toBe('0.0696%')
  })

  test('ratios keep four significant digits', () => {
    expect(formatDecimal(0.0123456, 'en')).toBe('0.01235')
    expect(formatDecimal(7.12345, 'en')).toBe('7.123')
  })

  test('large numbers lose decimals that nobody reads', () => {
    expect(formatDecimal(10_115.2984, 'en')).toBe('10,115.3')
    expect(formatDecimal(-67_307_195.531, 'en')).toBe('-67,307,196')
  })

  test('the unit follows in the language of the reader', () => {
    expect(formatMeasure(23914, 'devices', 'zh')).toBe('23,914台（套）')
    expect(formatMeasure(23914, 'devices', 'en')).toBe('23,914 devices')
    expect(formatMeasure(0.5, 'percent', 'en')).toBe('50%')
    expect(formatMeasure(7.45, 'GB/d', 'zh')).toBe('7.45 GB/天')
    expect(formatMeasure(0.36, '%/a', 'zh')).toBe('36%/年')
  })

  test('bytes are decimal', () => {
    expect(formatBytes(999, 'en')).toBe('999 B')
    expect(formatBytes(1_500_000, 'en')).toBe('1.5 MB')
    expect(formatBytes(0, 'en')).toBe('0 B')
  })

  test('times are UTC and say so; an impossible one is shown as it is', () => {
    expect(formatTime(Date.UTC(2026, 5, 30, 8, 15) * 1000)).toBe('2026-06-30 08:15:00 UTC')
    expect(formatDate(Date.UTC(2026, 5, 30) * 1000)).toBe('2026-06-30')
    expect(formatTime(1e21)).toBe('1e+21')
  })
})
