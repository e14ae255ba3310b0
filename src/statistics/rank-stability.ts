import { dirichlet, seededRandom } from './random.ts'
import { kendallTauB } from './rank-correlation.ts'

export interface RankStabilityOptions {
  readonly replicates?: number
  /**
   * How closely the drawn weights keep to the given ones: each has the variance w(1 − w)/(concentration + 1). 100 lets
   * a weight of 0.2 vary by about ± 0.04.
   */
  readonly concentration?: number
  readonly seed?: number | string
}

export interface ItemRanks {
  /** Under the given weights; 1 is the highest score, items of the same score share the better rank. */
  readonly rank: number
  readonly score: number
  /** The ranks that were drawn, in order, each with the share of draws; the shares sum to 1. */
  readonly ranks: readonly { readonly rank: number; readonly share: number }[]
}

export interface RankStability {
  /** In the order of the items. */
  readonly items: readonly ItemRanks[]
  /** Share of draws in which another set of items is first. */
  readonly topChanges: number
  /** Share of draws in which any item has another rank. */
  readonly orderChanges: number
  /** Mean of Kendall's tau-b between the given and the drawn ranks; null where one of them has no order. */
  readonly meanTau: number | null
  readonly replicates: number
}

/**
 * How far a ranking by a weighted sum depends on the weights: draws weights from a Dirichlet distribution around the
 * given ones (Saisana, Saltelli & Tarantola 2005, J. R. Stat. Soc. A 168, 307–323) and ranks again. `scores` has a row
 * of finite numbers for each item, one for each weight; a weight of 0 stays 0. Null without items, or where the weights
 * sum to 0. RangeError for a matrix of another shape, a value that is not finite, a negative weight, or options of 0 or less.
 */
export function rankStability(
  scores: readonly (readonly number[])[],
  weights: readonly number[],
  { replicates = 1000, concentration = 100, seed = 1 }: RankStabilityOptions = {},
): RankStability | null {
  check(scores, weights)
  if (!(concentration > 0 && replicates >= 1))
    throw new RangeError('concentration and replicates are above 0')
  const sum = weights.reduce((whole, weight) => whole + weight, 0)
  if (scores.length === 0 || sum === 0) return null
  const random = seededRandom(seed)
  const given = weights.map(weight => weight / sum)
  const alphas = given.map(weight => concentration * weight)
  const base = drawOf(scores, given)
  const tally = emptyTally(scores.length)
  for (let i = 0; i < replicates; i++) count(tally, base, drawOf(scores, dirichlet(random, alphas) ?? given))
  return summary(base, tally, replicates)
}

/** The weighted scores of the items and their ranks. */
interface Draw {
  readonly scores: readonly number[]
  readonly ranks: readonly number[]
}

function drawOf(matrix: readonly (readonly number[])[], weights: readonly number[]): Draw {
  const scores = matrix.map(row => row.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0))
  return { scores, ranks: ranksOf(scores) }
}

/** 1 plus the number of higher scores. Scores that differ by rounding alone count as equal. */
function ranksOf(scores: readonly number[]): readonly number[] {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const largest = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0)
  const ranks = new Array<number>(scores.length).fill(1)
  order.forEach((item, i) => {
    const above = order[i - 1] ?? item
    const same = (scores[above] ?? 0) - (scores[item] ?? 0) <= 1e-12 * largest
    ranks[item] = same && i > 0 ? (ranks[above] ?? 1) : i + 1
  })
  return ranks
}

interface Tally {
  readonly ranks: readonly Map<number, number>[]
  topChanges: number
  orderChanges: number
  taus: number
  tauSum: number
}

function emptyTally(items: number): Tally {
  const ranks = Array.from({ length: items }, () => new Map<number, number>())
  return { ranks, topChanges: 0, orderChanges: 0, taus: 0, tauSum: 0 }
}

function count(tally: Tally, base: Draw, draw: Draw): void {
  draw.ranks.forEach((rank, item) => {
    tally.ranks[item]?.set(rank, (tally.ranks[item].get(rank) ?? 0) + 1)
  })
  if (draw.ranks.some((rank, item) => (rank === 1) !== (base.ranks[item] === 1))) tally.topChanges++
  if (draw.ranks.some((rank, item) => rank !== base.ranks[item])) tally.orderChanges++
  const tau = kendallTauB(base.ranks, draw.ranks)
  if (tau === null) return
  tally.taus++
  tally.tauSum += tau
}

function summary(base: Draw, tally: Tally, replicates: number): RankStability {
  const shares = (ranks: ReadonlyMap<number, number>) =>
    [...ranks].sort(([a], [b]) => a - b).map(([rank, times]) => ({ rank, share: times / replicates }))
  return {
    items: base.ranks.map((rank, item) => ({
      rank,
      score: base.scores[item] ?? 0,
      ranks: shares(tally.ranks[item] ?? new Map()),
    })),
    topChanges: tally.topChanges / replicates,
    orderChanges: tally.orderChanges / replicates,
    meanTau: tally.taus === 0 ? null : tally.tauSum / tally.taus,
    replicates,
  }
}

function check(scores: readonly (readonly number[])[], weights: readonly number[]): void {
  if (!weights.every(weight => weight >= 0 && weight < Number.POSITIVE_INFINITY))
    throw new RangeError('a weight is finite and not below 0')
  if (!scores.every(row => row.length === weights.length && row.every(Number.isFinite)))
    throw new RangeError('scores must be finite, one for each weight')
}
