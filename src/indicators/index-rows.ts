import { asNumber, type Row, row, type Value } from '../domain/table.ts'
import { composite, firstCommon, type Level, type Linking, levelsOf, relatives } from './chained-index.ts'
import { type Component, componentIds } from './index-components.ts'

export interface IndexChoices {
  readonly frequency: string
  readonly linking: string
  /** The base as YYYYMM; 0: the first period in which all weighted components exist. */
  readonly base: number
  readonly weight_devices: number
  readonly weight_models: number
  readonly weight_applications: number
  readonly weight_volume: number
  readonly weight_organisations: number
}

/** One row a component and period, then those of the index itself; `base_period` and `lacking` stand in every row. */
export const indexColumns = {
  component: 'text',
  period: 'date',
  index_value: 'number',
  component_weight: 'number',
  total: 'number',
  platforms: 'integer',
  matched_platforms: 'integer',
  link_growth: 'number',
  overlap: 'number',
  base_period: 'date',
  lacking: 'text',
} as const

const columns = Object.keys(indexColumns)

export function weightOf(component: Component, choices: IndexChoices): number {
  return choices[`weight_${component}`]
}

export function indexRows(rows: readonly Row[], choices: IndexChoices): readonly Row[] {
  const levels = levelsOf(rows, choices.linking === 'totals' ? 'totals' : ('matched' satisfies Linking))
  const weighted = componentIds.filter(component => weightOf(component, choices) > 0)
  const of = (component: Component) => levels.get(component) ?? []
  const base = weighted.length === 0 ? null : basePeriod(choices, weighted.map(of))
  const lacking = lackingOf(weighted, of, base)
  const parts = new Map(
    componentIds.map(component => [component, base === null ? new Map() : relatives(of(component), base)]),
  )
  const all = weighted.reduce((sum, component) => sum + weightOf(component, choices), 0)
  const index =
    base === null || lacking.length > 0
      ? new Map<number, number>()
      : composite(
          weighted.map(one => ({ weight: weightOf(one, choices), relative: parts.get(one) ?? new Map() })),
        )
  const said: readonly Value[] = [base, lacking.join(' ') || null]
  const own = componentIds.flatMap(component => {
    const share = all > 0 ? weightOf(component, choices) / all : null
    return of(component).map(level => {
      const relative = parts.get(component)?.get(level.period)
      return row(columns, [
        component,
        level.period,
        relative === undefined ? null : 100 * relative,
        share,
        ...cells(level),
        ...said,
      ])
    })
  })
  const whole = [...index].map(([period, value]) =>
    row(columns, ['index', period, value, 1, null, null, null, null, null, ...said]),
  )
  return [...own, ...whole]
}

function cells({ row: level, link }: Level): readonly Value[] {
  const [total, matched] = [asNumber(level.total), asNumber(level.matched_after)]
  const overlap = total !== null && total > 0 && matched !== null ? Math.min(1, matched / total) : null
  return [
    total,
    level.platforms ?? null,
    level.matched_platforms ?? null,
    link === null ? null : link - 1,
    overlap,
  ]
}

function basePeriod({ base, frequency }: IndexChoices, levels: readonly (readonly Level[])[]): number | null {
  if (base === 0) return firstCommon(levels)
  const [year, month] = [Math.floor(base / 100), base % 100]
  if (year < 1900 || month < 1 || month > 12) return null
  const first = frequency === 'quarter' ? Math.floor((month - 1) / 3) * 3 : month - 1
  return Date.UTC(year, first, 1) * 1000
}

/** The weighted components without which there is no index: those without data at all, else those without it at the base. */
function lackingOf(
  weighted: readonly Component[],
  of: (component: Component) => readonly Level[],
  base: number | null,
): readonly Component[] {
  const empty = weighted.filter(component => of(component).length === 0)
  if (empty.length > 0) return empty
  return weighted.filter(component => !of(component).some(({ period }) => period === base))
}
