import { type Result, success } from '../../domain/failure.ts'
import { noFilters } from '../../domain/filter.ts'
import type { Row } from '../../domain/table.ts'
import { asNumber } from '../../domain/table.ts'
import { canonicalSources } from '../../domain/workspace.ts'
import { type Indicator, peerPlatforms, peerPlatformsResult, scope } from '../../indicators/indicator.ts'
import { type Calculator, evaluation } from '../evaluation.ts'
import type { State } from '../state.ts'
import { headlineUnder, type Progress } from './values.ts'

/** A platform's value of an indicator. */
export interface PeerValue {
  readonly platform: string
  readonly name: string
  readonly value: number
}

export interface PeerComparison {
  /** What peers have in common with the platform; null where the platform table does not say. */
  readonly tier: string | null
  readonly type: string | null
  /** The platform and those of its tier and type with a value, the smallest first. */
  readonly values: readonly PeerValue[]
  /** Peers for which the indicator is not computable. */
  readonly without: number
  readonly own: number | null
  readonly median: number | null
  /**
   * The share of peers that lie below the platform, those level with it counting half (mid-rank); null without peers
   * or without a value of its own.
   */
  readonly percentile: number | null
}

/** Whether the values of single platforms can be told apart at all. */
export function canComparePeers(indicator: Indicator, state: State): boolean {
  const { present } = state.history
  const [some = ''] = state.filterChoices.platforms.map(({ id }) => id)
  const alone = { ...present, filters: { ...present.filters, platforms: [some] } }
  return evaluation(indicator, alone, state).obeyed.includes('platform')
}

/** Lays a platform beside those of the same tier and type: the indicator is computed for each of them alone. */
export async function comparePeers(
  calculator: Calculator,
  state: State,
  indicator: Indicator,
  platform: string,
  tell: Progress,
  signal: AbortSignal,
): Promise<Result<PeerComparison>> {
  const { present } = state.history
  const { tables } = scope(canonicalSources(present), noFilters)
  const found = await calculator.engine.query(peerPlatforms(tables, platform), peerPlatformsResult, signal)
  if (!found.ok) return found
  const platforms = found.value.rows.length > 0 ? found.value.rows : [alone(platform)]
  const values: PeerValue[] = []
  for (const [i, row] of platforms.entries()) {
    tell(i, platforms.length)
    const id = String(row.platform_id)
    const filters = { ...present.filters, platforms: [id] }
    const headline = await headlineUnder(calculator, indicator, present, filters, state, signal)
    if (headline?.value != null)
      values.push({ platform: id, name: String(row.name ?? id), value: headline.value })
  }
  const own = values.find(value => value.platform === platform)?.value ?? null
  const others = values.filter(value => value.platform !== platform).map(({ value }) => value)
  return success({
    tier: textOf(platforms[0]?.tier),
    type: textOf(platforms[0]?.type),
    values: values.toSorted((a, b) => a.value - b.value || (a.platform < b.platform ? -1 : 1)),
    without: platforms.length - values.length,
    own,
    median: median(others),
    percentile: own === null ? null : midRank(own, others),
  })
}

function alone(platform: string): Row {
  return { platform_id: platform, name: platform, tier: null, type: null }
}

function textOf(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** The share of the others below a value, ties counting half; null without others. */
export function midRank(own: number, others: readonly number[]): number | null {
  if (others.length === 0) return null
  const below = others.filter(other => other < own).length
  const level = others.filter(other => other === own).length
  return (below + level / 2) / others.length
}

/** The middle value, or the mean of the two middle ones; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? null : asNumber((low + high) / 2)
}
