import { expect, test } from 'vitest'
import type { Headline } from './recipe.ts'
import { certaintyTexts, headlineText } from './words.ts'

const rate: Headline = {
  value: 0.5,
  interval: {
    kind: 'confidence',
    low: 0.25,
    high: null,
    level: 0.95,
    method: { zh: '威尔逊', en: 'Wilson' },
  },
  basis: { n: 1234, of: { zh: '台设备', en: 'devices' }, share: 0.9 },
}

test('a value, its interval and what it rests on, in both languages', () => {
  expect(headlineText(rate, 'percent', 'en')).toBe('50%')
  expect(certaintyTexts(rate, 'percent', 'en')).toEqual([
    '95% confidence interval 25.00% – … (Wilson)',
    'Rests on 1,234 devices, 90% of those in scope',
  ])
  expect(certaintyTexts(rate, 'percent', 'zh')).toEqual([
    '95% 置信区间 25.00% – …（威尔逊）',
    '依据 1,234 台设备，占范围内的 90%',
  ])
})

test('where only a range may be claimed, no single figure is shown', () => {
  const method = { zh: '各项参数的上下限', en: 'the ends of the inputs' }
  const worth: Headline = { value: 150, interval: { kind: 'range', low: 100, high: 2000, method } }
  expect(headlineText(worth, 'yuan', 'en')).toBe('100 – 2,000 CNY')
  expect(headlineText(worth, 'yuan', 'zh')).toBe('100 – 2,000元')
  expect(certaintyTexts(worth, 'yuan', 'zh')).toEqual(['区间由假设得出：各项参数的上下限'])
})
