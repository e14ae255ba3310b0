import { expect, test } from 'vitest'
import { valuesOf, valueText } from './coded-values.ts'

test('coded columns offer their values, others none', () => {
  // GB/T 2260 has 34 units of the province level, GB/T 4754-2017 has 97 divisions.
  expect(valuesOf('device', 'province_code')).toHaveLength(34)
  expect(valuesOf('device', 'industry_code')).toHaveLength(97)
  expect(valuesOf('platform', 'is_key').map(({ id }) => id)).toEqual(['true', 'false'])
  expect(valuesOf('platform', 'tier').map(({ name }) => name.en)).toEqual([
    'Basic',
    'Growth',
    'Leading',
    'Ecological',
  ])
  expect(valuesOf('device', 'device_id')).toEqual([])
  expect(valuesOf('nowhere', 'x')).toEqual([])
})

test('a value is told in words, its code before it where that is a number', () => {
  expect(valueText('device', 'province_code', '61', 'en')).toBe('61 Shaanxi')
  expect(valueText('platform', 'tier', '成长', 'en')).toBe('Growth')
  expect(valueText('platform', 'tier', '成长', 'zh')).toBe('成长级')
  expect(valueText('platform', 'tier', 'gold', 'en')).toBe('gold')
})
