import { asNumber, type Row } from '../../domain/table.ts'
import type { State } from '../../workbench/workbench.ts'

/** A target with what the plan's indicators say of it; null where they say nothing. */
export interface TrackedTarget {
  readonly indicator: string
  readonly scope: string
  /** µs UTC. */
  readonly baseDate: number | null
  readonly targetDate: number | null
  readonly base: number | null
  readonly isFloor: boolean
  readonly target: number | null
  readonly source: string
  /** Ratio a year at the published base, and, where that is a floor, at the highest base assumed. */
  readonly required: number | null
  readonly requiredAtHigherBase: number | null
  readonly observed: number | null
  readonly pace: number | null
  readonly forecast: number | null
  readonly probability: number | null
}

/** The targets of the data and of the person, in the order of PLN-01. */
export function trackedTargets(results: State['results']): readonly TrackedTarget[] {
  const rows = rowsOf(results, 'PLN-01')
  const paces = rowsOf(results, 'PLN-02')
  const odds = rowsOf(results, 'PLN-03')
  const published = rows.filter(row => asNumber(row.base_percent) === 100)
  return published.map(row => {
    const same = (other: Row) => other.indicator === row.indicator && other.scope === row.scope
    const higher = rows.filter(same).at(-1)
    const [pace, odd] = [paces.find(same), odds.find(same)]
    const isFloor = row.base_is_floor === true
    return {
      indicator: String(row.indicator),
      scope: String(row.scope),
      baseDate: asNumber(row.base_date),
      targetDate: asNumber(row.target_date),
      base: asNumber(row.base_value),
      isFloor,
      target: asNumber(row.target_value),
      source: row.source === null || row.source === undefined ? '' : String(row.source),
      required: asNumber(row.growth),
      requiredAtHigherBase: isFloor ? asNumber(higher?.growth) : null,
      observed: asNumber(pace?.observed_growth),
      pace: asNumber(pace?.ratio),
      forecast: asNumber(odd?.forecast),
      probability: asNumber(odd?.probability),
    }
  })
}

function rowsOf(results: State['results'], id: string): readonly Row[] {
  const outcome = results[id]?.outcome
  return outcome?.status === 'ok' ? outcome.table.rows : []
}
