import type { Chart, Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row } from '../domain/table.ts'
import { wilson } from '../statistics/statistics.ts'
import { firstOf, mostBars, mostRowsUnderLegend, numberField, platformField } from './field.ts'
import { confidence } from './headline.ts'
import type { Interval } from './recipe.ts'

/** The words for Wilson's interval (Wilson 1927, JASA 22:209). */
const method: Phrase = { zh: '威尔逊（Wilson）区间', en: 'Wilson' }

/** Wilson's interval of k in n independent things; null where n is 0. */
export function wilsonInterval(k: number, n: number): Interval | null {
  return confidence(wilson(k, n), method)
}

/** The rows with two columns more, `low` and `high`: limits from each row's own figures; null where there are none. */
export function withLimits(
  rows: readonly Row[],
  limits: (row: Row) => { readonly low: number | null; readonly high: number | null } | null,
): readonly Row[] {
  return rows.map(given => {
    const found = limits(given)
    return row(
      [...Object.keys(given), 'low', 'high'],
      [...Object.values(given), found?.low ?? null, found?.high ?? null],
    )
  })
}

/** The same with the limits of Wilson's interval for the counts in two columns. */
export function withWilson(rows: readonly Row[], k: string, n: string): readonly Row[] {
  return withLimits(rows, given => wilson(asNumber(given[k]) ?? 0, asNumber(given[n]) ?? 0))
}

interface ShareBars {
  /** The column that the bars show. */
  readonly value: Field
  readonly overall: number | null
  /** What the platforms are, and in which order they come: "platforms, by devices". */
  readonly platforms: Phrase
  /** What `low` and `high` are; absent: a 95 % interval. */
  readonly limits?: readonly [low: Phrase, high: Phrase]
  /** What the bars stand for; absent: the platforms of `platform_id`. */
  readonly group?: Field
}

/** A bar a platform with its interval (`low`, `high`), and a line at the value of all; the rows are in their order. */
export function shareBars(
  rows: readonly Row[],
  { value, overall, platforms, limits = interval95, group }: ShareBars,
  most: number = mostRowsUnderLegend,
): Chart {
  const judged = rows.filter(given => asNumber(given[value.field]) !== null)
  const shown = judged.slice(0, most)
  const y = group ?? platformField('platform_id', shown)
  return {
    layers: [
      { mark: 'bar', x: value, y },
      {
        mark: 'whisker',
        at: y,
        low: limit('low', limits[0], value),
        high: limit('high', limits[1], value),
        along: 'x',
      },
      ...(overall === null
        ? []
        : [{ mark: 'rule', axis: 'x', at: overall, name: { zh: '总体', en: 'Overall' } } as const]),
    ],
    rows: shown,
    ...firstOf(shown.length, judged.length, platforms),
  }
}

/** A bar a platform, and a line at the value of all; the rows are in their order. */
export function platformBars(rows: readonly Row[], { value, overall, platforms }: ShareBars): Chart {
  const chart = shareBars(rows, { value, overall, platforms }, mostBars)
  return { ...chart, layers: chart.layers.filter(({ mark }) => mark !== 'whisker') }
}

/** Both ends of an interval bear its one name, so that a legend gives it once. */
export const intervalName: Phrase = { zh: '95% 区间', en: '95% interval' }

const interval95 = [intervalName, intervalName] as const

function limit(field: string, name: Phrase, { format, unit }: Field): Field {
  return numberField(field, name, format ?? 'decimal', unit)
}
