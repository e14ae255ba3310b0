/** The parts of an ISO date; what comes after the day is not looked at. RangeError where it is none. */
function parsed(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(date) ?? []
  const parts = { year: Number(year), month: Number(month), day: Number(day) }
  const real = new Date(0)
  real.setUTCFullYear(parts.year, parts.month - 1, parts.day)
  if (!date.startsWith(Number.isNaN(real.getTime()) ? '!' : real.toISOString().slice(0, 10)))
    throw new RangeError(`no date: ${date.slice(0, 80)}`)
  return parts
}

/** The number of a date's month, counted from January of year 0. */
export function monthOf(date: string): number {
  const { year, month } = parsed(date)
  return 12 * year + month - 1
}

/**
 * A date as a number of years, at the end of its day: 2025-12-31 is 2026, so ends of years are whole years apart, leap
 * years or not.
 */
export function decimalYear(date: string): number {
  const { year, month, day } = parsed(date)
  const start = startOfYear(year)
  const days = (startOfYear(year + 1) - start) / 86_400_000
  const at = new Date(start)
  at.setUTCMonth(month - 1, day)
  return year + ((at.getTime() - start) / 86_400_000 + 1) / days
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}
