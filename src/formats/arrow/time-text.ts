import { integerAt } from './integers.ts'
import { type IntervalUnit, type TimeUnit, timeUnits } from './type.ts'

const perSecond: Readonly<Record<TimeUnit, bigint>> = {
  second: 1n,
  millisecond: 1_000n,
  microsecond: 1_000_000n,
  nanosecond: 1_000_000_000n,
}

/** `2025-03-04 05:06:07.089`, with `+00` behind it where the type has a zone: such values are UTC. */
export function timestampText(value: bigint, unit: TimeUnit, zone: string | null): string {
  const [seconds, rest] = split(value, perSecond[unit])
  const days = floorDiv(seconds, 86_400n)
  const clock = clockText(seconds - days * 86_400n)
  return `${dayText(days)} ${clock}${fraction(rest, unit)}${zone === null ? '' : '+00'}`
}

/** Days since 1970-01-01 as a date; beyond the years JavaScript knows, the number of days. */
export function dayText(days: bigint): string {
  const date = new Date(Number(days) * 86_400_000)
  if (Number.isNaN(date.getTime())) return `day ${days}`
  const [day = ''] = date.toISOString().split('T')
  return day
}

/** Time since midnight, `05:06:07.089`. */
export function timeText(value: bigint, unit: TimeUnit): string {
  const [seconds, rest] = split(value, perSecond[unit])
  return `${clockText(seconds)}${fraction(rest, unit)}`
}

/** An ISO 8601 duration in seconds, `PT-1.5S`. */
export function durationText(value: bigint, unit: TimeUnit): string {
  const size = value < 0n ? -value : value
  const [seconds, rest] = split(size, perSecond[unit])
  return `PT${value < 0n ? '-' : ''}${seconds}${fraction(rest, unit)}S`
}

/** An ISO 8601 duration that keeps months, days and the time apart, `P1M2DT3.5S`. */
export function intervalText(unit: IntervalUnit, data: Uint8Array, i: number): string {
  if (unit === 'year-month') return `P${integerAt(data, i, 32, true)}M`
  if (unit === 'day-time') {
    const time = durationText(integerAt(data, i * 2 + 1, 32, true), 'millisecond')
    return `P${integerAt(data, i * 2, 32, true)}D${time.slice(1)}`
  }
  const months = integerAt(data, i * 4, 32, true)
  const days = integerAt(data, i * 4 + 1, 32, true)
  return `P${months}M${days}D${durationText(integerAt(data, i * 2 + 1, 64, true), 'nanosecond').slice(1)}`
}

function clockText(seconds: bigint): string {
  const pad = (part: bigint) => part.toString().padStart(2, '0')
  return `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}`
}

function fraction(rest: bigint, unit: TimeUnit): string {
  if (rest === 0n) return ''
  const digits = timeUnits.indexOf(unit) * 3
  return `.${rest.toString().padStart(digits, '0').replace(/0+$/, '')}`
}

function split(value: bigint, unit: bigint): readonly [bigint, bigint] {
  const whole = floorDiv(value, unit)
  return [whole, value - whole * unit]
}

export function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient
}
