import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'

/** A figure has no room for more months; one window with a wrong year stretches an export over centuries. */
export const mostMonths = 120

/** A chart's note, or none. */
export interface Noted {
  readonly note?: Phrase
}

/** The rows of the last months, and the line that says so where there are more. */
export function lastMonths(rows: readonly Row[]): { readonly rows: readonly Row[] } & Noted {
  const months = [...new Set(rows.flatMap(({ month }) => asNumber(month ?? null) ?? []))].sort(
    (a, b) => a - b,
  )
  if (months.length <= mostMonths) return { rows }
  const first = months.at(-mostMonths) ?? 0
  return {
    rows: rows.filter(({ month }) => (asNumber(month) ?? first - 1) >= first),
    note: {
      zh: `图中为最近 ${mostMonths} 个月，共 ${months.length} 个月`,
      en: `The last ${mostMonths} of ${months.length} months`,
    },
  }
}

/** Several notes in one line. */
export function notes(...parts: readonly Noted[]): Noted {
  const said = parts.flatMap(({ note }) => (note ? [note] : []))
  if (said.length === 0) return {}
  return { note: { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') } }
}
