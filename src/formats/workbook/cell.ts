import type { TimeFormat } from './number-format.ts'
import { serialText } from './serial.ts'

/** One row of a sheet; `cells` from column A on, as text, null where absent. */
export interface SheetRow {
  /** From 0. */
  readonly index: number
  readonly cells: readonly (string | null)[]
  readonly flaws: readonly Flaw[]
}

/** A cell whose value is lost or in doubt. */
export interface Flaw {
  readonly column: number
  readonly kind: 'formula-errors' | 'ruined-identifiers'
}

/** Integers from here on have more than the 15 digits that a spreadsheet keeps. */
const ruinedFrom = 1e15

export function isRuined(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) >= ruinedFrom
}

/**
 * A number as the shortest decimal that gives the same double, or as the time that its format makes of it. Integers are
 * in full as long as a double holds every one of them, and `8.685330123456789e+16` beyond: as such they are no keys.
 */
export function numberText(value: number, format: TimeFormat | null, is1904: boolean): string {
  const time = format === null ? null : serialText(value, format, is1904)
  if (time !== null) return time
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential()
  return Object.is(value, -0) ? '0' : String(value)
}
