/** Times are microseconds since 1970-01-01T00:00:00Z, as in the canonical tables. */
export const second = 1_000_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export function instant(iso: string): number {
  return Date.parse(iso) * 1000
}

export function iso(time: number): string {
  return `${new Date(time / 1000).toISOString().slice(0, 19)}Z`
}

/** Cut to whole milliseconds, the resolution in which platforms export. */
export function toMillisecond(time: number): number {
  return Math.floor(time / 1000) * 1000
}

/** The year that the sample covers: events and batches lie in [begin, asOf). */
export const begin = instant('2025-07-01T00:00:00Z')
export const asOf = instant('2026-06-30T00:00:00Z')

/** Within this time before `asOf` a device must have been heard of to count as connected. */
export const connectedWindow = 30 * day

/** Start of the n-th month of the sample, 0 = July 2025. */
export function monthStart(index: number): number {
  return Date.UTC(2025, 6 + index, 1) * 1000
}

export const months = 12
