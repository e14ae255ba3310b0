import { expect, test } from 'vitest'
import { row } from '../../domain/table.ts'
import { codeWords, shownColumns, storedText, storedTime } from './stored.ts'

test('times keep the decimals that they have, also before 1970', () => {
  expect(storedTime(0)).toBe('1970-01-01 00:00:00')
  expect(storedTime(250_000)).toBe('1970-01-01 00:00:00.25')
  expect(storedTime(1)).toBe('1970-01-01 00:00:00.000001')
  // 0.5 s before the epoch is 23:59:59.5 of the day before.
  expect(storedTime(-500_000)).toBe('1969-12-31 23:59:59.5')
})

test('numbers are not rounded and days have no time', () => {
  expect(storedText(0.1234567890123, 'number')).toBe('0.1234567890123')
  expect(storedText(2n ** 60n, 'integer')).toBe('1152921504606846976')
  expect(storedText(0, 'date')).toBe('1970-01-01')
})

test('codes are told in words beside their digits', () => {
  expect(codeWords('device', 'province_code', '14', 'en')).toBe('14 Shanxi')
  expect(codeWords('device', 'product', 'pump', 'en')).toBeNull()
  expect(codeWords('device', 'province_code', null, 'en')).toBeNull()
})

test('columns without any value are not shown, unless they must have one', () => {
  const stored = { columns: [], rows: [row(['device_id', 'product', 'protocol'], ['d', 'pump', null])] }
  expect(shownColumns('device', stored)).toEqual(['platform_id', 'device_id', 'product'])
})
