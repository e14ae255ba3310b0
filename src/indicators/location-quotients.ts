import type { Chart, Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row } from '../domain/table.ts'
import { locationQuotient } from '../statistics/statistics.ts'
import { categoryField, mostBars, numberField, platformField } from './field.ts'
import { industries } from './industry.ts'
import { countsOver, type Portfolio, type PortfolioClass, type Portfolios } from './portfolio.ts'

/** Items of each class over all platforms, also those too small to be compared; without one of them where asked for. */
export function referenceCounts({ classes, all }: Portfolios, without?: Portfolio): readonly number[] {
  const sums = new Array<number>(classes.length).fill(0)
  for (const one of all) {
    if (one === without) continue
    for (const [place, count] of one.counts) sums[place] = (sums[place] ?? 0) + count
  }
  return sums
}

/** A class of a portfolio, and how much larger its share there is than in the reference. */
export interface Quotient {
  readonly place: number
  readonly items: number
  readonly referenceItems: number
  /** Null where the reference does not have the class. */
  readonly quotient: number | null
}

/** The classes that a portfolio has, the most over-represented first. */
export function quotientsOf(
  one: Portfolio,
  { classes }: Portfolios,
  reference: readonly number[],
): readonly Quotient[] {
  const found = locationQuotient(countsOver(classes.length, one), reference) ?? []
  return [...one.counts]
    .map(([place, items]) => ({
      place,
      items,
      referenceItems: reference[place] ?? 0,
      quotient: found[place] ?? null,
    }))
    .sort((a, b) => (b.quotient ?? 0) - (a.quotient ?? 0) || b.items - a.items || a.place - b.place)
}

export const quotientColumns = {
  platform_id: 'text',
  platform_name: 'text',
  industry_code: 'text',
  function: 'text',
  items: 'integer',
  share: 'number',
  reference_items: 'integer',
  reference_share: 'number',
  location_quotient: 'number',
} as const

/** One row a class that a compared platform has, platforms in their order. */
export function quotientRows(
  portfolios: Portfolios,
  referenceOf: (one: Portfolio) => readonly number[],
): readonly Row[] {
  return portfolios.kept.flatMap(one => {
    const reference = referenceOf(one)
    const whole = reference.reduce((sum, count) => sum + count, 0)
    return quotientsOf(one, portfolios, reference).map(({ place, items, referenceItems, quotient }) => {
      const { industry, function: purpose }: PortfolioClass = portfolios.classes[place] ?? nothing
      const shares = [items / one.size, referenceItems, whole === 0 ? null : referenceItems / whole, quotient]
      return row(Object.keys(quotientColumns), [one.id, one.name, industry, purpose, items, ...shares])
    })
  })
}

const nothing: PortfolioClass = { industry: null, function: null }

/** The commonest classes by the first platforms. */
export function quotientMatrix(rows: readonly Row[]): Chart {
  const platforms = [...new Set(rows.map(({ platform_id }) => platform_id))]
  const classes = commonest(rows)
  const [first, common] = [new Set(platforms.slice(0, mostBars)), new Set(classes.slice(0, mostBars))]
  const shown = rows
    .map(given =>
      row(
        [...Object.keys(given), 'class', 'log_quotient'],
        [...Object.values(given), classKey(given), logOf(given)],
      ),
    )
    .filter(given => first.has(given.platform_id) && common.has(String(given.class)))
  return {
    layers: [
      {
        mark: 'cell',
        x: platformField('platform_id', shown),
        y: classField(shown, [...common].toReversed()),
        colour: numberField('log_quotient', quotientName, 'decimal'),
      },
    ],
    rows: shown,
    note: {
      zh: `空格：该平台没有此类；图中为组合最大的 ${first.size} 个平台（共 ${platforms.length} 个）与最常见的 ${common.size} 类（共 ${classes.length} 类）`,
      en: `An empty cell: the platform has none; the ${first.size} largest portfolios of ${platforms.length} and the ${common.size} commonest classes of ${classes.length}`,
    },
  }
}

const quotientName: Phrase = { zh: '区位商（以 2 为底的对数）', en: 'Location quotient, log 2' }

/** Twice and half the reference's share are as far from it; a few large quotients would otherwise hide all others. */
function logOf({ location_quotient }: Row): number | null {
  const quotient = asNumber(location_quotient)
  return quotient === null || quotient <= 0 ? null : Math.log2(quotient)
}

/** The classes by the items of those compared, as keys. */
function commonest(rows: readonly Row[]): readonly string[] {
  const items = new Map<string, number>()
  for (const given of rows)
    items.set(classKey(given), (items.get(classKey(given)) ?? 0) + (asNumber(given.items) ?? 0))
  return [...items].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key)
}

function classKey(given: Row): string {
  return JSON.stringify([given.industry_code ?? null, given.function ?? null])
}

function classField(rows: readonly Row[], order: readonly string[]): Field {
  const labels = Object.fromEntries(rows.map(given => [String(given.class), className(given)]))
  return categoryField('class', { zh: '类别', en: 'Class' }, { labels, order })
}

/** Industry and function in words; what the classes do not tell apart is left out. */
function className({ industry_code, function: purpose }: Row): Phrase {
  const industry =
    typeof industry_code === 'string'
      ? (industries[industry_code] ?? { zh: industry_code, en: industry_code })
      : null
  const of = typeof purpose === 'string' ? { zh: purpose, en: purpose } : null
  if (industry && of) return { zh: `${of.zh} · ${industry.zh}`, en: `${of.en} · ${industry.en}` }
  return industry ?? of ?? { zh: '未知', en: 'Unknown' }
}
