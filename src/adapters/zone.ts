import type { Phrase } from '../domain/phrase.ts'
import { same } from '../domain/phrase.ts'

/** Minutes east of UTC of a fixed offset such as `+08:00`; throws RangeError on anything else. */
export function offsetMinutes(zone: string): number {
  const parts = /^([+-])(\d\d):(\d\d)$/.exec(zone)
  if (!parts) throw new RangeError(`not a fixed offset such as +08:00: ${zone}`)
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return parts[1] === '-' ? -minutes : minutes
}

/** Fixed offsets in use somewhere on Earth, west to east; no named zones, whose rules would need a database. */
export const zones: readonly { readonly value: string; readonly name: Phrase }[] = [
  ...wholeHours(-12, 14),
  ...['-09:30', '-03:30', '-02:30', '+03:30', '+04:30', '+05:30', '+05:45', '+06:30', '+08:45', '+09:30'],
  ...['+10:30', '+12:45', '+13:45'],
]
  .toSorted((a, b) => offsetMinutes(a) - offsetMinutes(b))
  .map(value => ({ value, name: zoneName(value) }))

function wholeHours(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const hours = from + i
    return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
  })
}

function zoneName(zone: string): Phrase {
  if (zone === '+00:00') return { zh: 'UTC（+00:00）', en: 'UTC (+00:00)' }
  if (zone === '+08:00') return { zh: '北京时间（+08:00）', en: 'China (+08:00)' }
  return same(`UTC${zone}`)
}
