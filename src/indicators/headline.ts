import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import type { Basis, Headline, Interval } from './recipe.ts'

type Format = NonNullable<Headline['beside']>[number]['format']

/** A figure that belongs beside the headline: its name, its value (null: left out), its format. */
export type Beside = readonly [name: Phrase, value: number | null, format: Format]

/** A headline that is there, or, where the value is null, names the tables or columns that would have to be. */
export function headline(
  value: number | null,
  missing: readonly string[],
  beside: readonly Beside[] = [],
  certainty: Certainty = {},
): Headline {
  const present = beside.flatMap(([name, figure, format]) =>
    figure === null ? [] : [{ name, value: figure, format }],
  )
  if (value === null) return { value, missing, beside: present }
  const { interval, basis } = certainty
  return { value, beside: present, ...(interval ? { interval } : {}), ...(basis ? { basis } : {}) }
}

/** What is known of a value's exactness; null where a method gives none. */
export interface Certainty {
  readonly interval?: Interval | null
  readonly basis?: Basis | null
}

/** The n that a value rests on, what it counts, and of how many in scope. */
export function basis(n: number, of: Phrase, all: number | null): Basis {
  return { n, of, share: all === null ? null : quotient(n, all) }
}

/** An interval that covers the true value in 95 % of samples; null where there is none. */
export function confidence(
  bounds: { readonly low: number | null; readonly high: number | null } | null,
  method: Phrase,
): Interval | null {
  return bounds && { kind: 'confidence', low: bounds.low, high: bounds.high, level: 0.95, method }
}

/** A figure that every row of the result repeats, from the first one; null without rows. */
export function figure(rows: readonly Row[], column: string): number | null {
  return asNumber(rows[0]?.[column])
}

/** The sum of a column over all rows; absent values count nothing. */
export function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + (asNumber(row[column]) ?? 0), 0)
}

/** The quotient, or null where it is not a number (0/0, x/0). */
export function quotient(dividend: number, divisor: number): number | null {
  return divisor === 0 ? null : dividend / divisor
}
