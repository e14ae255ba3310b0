import type { Value, ValueType } from '../domain/table.ts'

/**
 * A value as text that reads back to the same value: integers with every digit, doubles in the shortest form that
 * round-trips, times as ISO 8601 UTC with microseconds where there are any, absent values empty.
 */
export function valueText(value: Value, type: ValueType): string {
  if (value === null) return ''
  if (typeof value === 'number' && type === 'timestamp') return timestampText(value)
  if (typeof value === 'number' && type === 'date') return timestampText(value).slice(0, -10)
  if (Object.is(value, -0)) return '0'
  return String(value)
}

/** Microseconds since 1970 UTC; beyond the years that ISO 8601 can name, the bare number. */
function timestampText(micros: number): string {
  const milliseconds = Math.floor(micros / 1000)
  if (!(Math.abs(milliseconds) <= 8.64e15)) return String(micros)
  const seconds = new Date(milliseconds).toISOString().slice(0, -5)
  const fraction = ((micros % 1e6) + 1e6) % 1e6
  return `${seconds}${fraction === 0 ? '' : `.${fractionText(fraction)}`}Z`
}

function fractionText(fraction: number): string {
  const digits = String(fraction).padStart(6, '0')
  return digits.endsWith('000') ? digits.slice(0, 3) : digits
}
