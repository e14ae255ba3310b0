import { asNumber, type Row } from '../domain/table.ts'
import { weightedProportion, wilson } from '../statistics/statistics.ts'
import type { InputDeclaration } from './recipe.ts'

/** Size of an organisation -> the input that holds its share of the population. */
export const shareInputs = {
  大: 'share_large',
  中: 'share_medium',
  小: 'share_small',
  微: 'share_micro',
} as const

type Size = keyof typeof shareInputs
type ShareInput = (typeof shareInputs)[Size]

const sizeNames = {
  大: ['大型', 'large'],
  中: ['中型', 'medium'],
  小: ['小型', 'small'],
  微: ['微型', 'micro'],
} as const

function shareInput(size: Size) {
  const [zh, en] = sizeNames[size]
  return {
    kind: 'number',
    name: { zh: `总体中的${zh}企业`, en: `Population: ${en} enterprises` },
    unit: { zh: '%', en: '%' },
    min: 0,
    max: 100,
    step: 0.01,
    default: 0,
  } as const satisfies InputDeclaration
}

/** How the sample is weighted, and what of the population is of each size; percent, of whatever sum. */
export const weightingInputs = {
  weighting: {
    kind: 'choice',
    name: { zh: '加权', en: 'Weighting' },
    choices: {
      none: { zh: '不加权', en: 'None' },
      size: { zh: '按规模事后分层', en: 'Post-stratified by size' },
    },
    default: 'none',
  },
  share_large: shareInput('大'),
  share_medium: shareInput('中'),
  share_small: shareInput('小'),
  share_micro: shareInput('微'),
} as const

export type PopulationShares = Readonly<Record<ShareInput, number>>

/** A share with its interval; `effective`: Kish's effective sample size. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly effective: number
}

interface Stratum {
  readonly size: string | null
  readonly n: number
  readonly k: number
}

function strataOf(rows: readonly Row[]): readonly Stratum[] {
  return rows.map(({ size, enterprises, applying }) => ({
    size: typeof size === 'string' ? size : null,
    n: asNumber(enterprises) ?? 0,
    k: asNumber(applying) ?? 0,
  }))
}

/** k/n with Wilson's interval; null without enterprises. */
export function unweighted(rows: readonly Row[]): Estimate | null {
  const strata = strataOf(rows)
  const [n, k] = [sum(strata.map(one => one.n)), sum(strata.map(one => one.k))]
  const limits = wilson(k, n)
  return limits && { value: k / n, ...limits, n, effective: n }
}

/** The population share of a size as a ratio; 0 where the size is not known or no share is given. */
export function populationShare(size: string | null, shares: PopulationShares): number {
  const all = sum(Object.values(shareInputs).map(name => shares[name]))
  if (all === 0 || size === null || !Object.hasOwn(shareInputs, size)) return 0
  return shares[shareInputs[size as Size]] / all
}

/**
 * Σ W_h p_h: each enterprise weighs as its size has shares in the population over enterprises in the sample. Null where no
 * share is given, or a size that has one is not in the sample.
 */
export function postStratified(rows: readonly Row[], shares: PopulationShares): Estimate | null {
  const strata = strataOf(rows).map(one => ({ ...one, share: populationShare(one.size, shares) }))
  const weighed = strata.filter(({ n, share }) => n > 0 && share > 0)
  const covered = sum(weighed.map(({ share }) => share))
  if (Math.abs(covered - 1) > 1e-9) return null
  const values = weighed.flatMap(({ n, k }) => Array.from({ length: n }, (_, i) => (i < k ? 1 : 0)))
  const weights = weighed.flatMap(({ n, share }) => Array.from({ length: n }, () => share / n))
  const found = weightedProportion(values, weights)
  return (
    found && {
      value: found.value,
      low: found.low,
      high: found.high,
      n: found.count,
      effective: found.effective,
    }
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
