import { asNumber, type Row } from '../domain/table.ts'
import { type Component, componentIds } from './index-components.ts'

/** A component in one period. */
export interface Level {
  /** µs UTC, the first day. */
  readonly period: number
  readonly row: Row
  /** Growth from the period before (the last with data) as a ratio; null for the first, and where nothing links them. */
  readonly link: number | null
}

/** How links are made: on platforms present in both periods, or on totals. */
export type Linking = 'matched' | 'totals'

/** The periods of each component in order; empty where it has none. */
export function levelsOf(rows: readonly Row[], linking: Linking): ReadonlyMap<Component, readonly Level[]> {
  return new Map(
    componentIds.map(component => {
      const own = rows.filter(one => one.component === component)
      return [
        component,
        own.map((row, i) => ({
          period: asNumber(row.period) ?? 0,
          row,
          link: linkOf(row, own[i - 1], linking),
        })),
      ]
    }),
  )
}

function linkOf(row: Row, before: Row | undefined, linking: Linking): number | null {
  if (!before) return null
  const [from, to] =
    linking === 'matched'
      ? [asNumber(row.matched_before), asNumber(row.matched_after)]
      : [asNumber(before.total), asNumber(row.total)]
  if (from === null || to === null || !(from > 0) || !(to > 0)) return null
  const link = to / from
  return Number.isFinite(link) && link > 0 ? link : null
}

/** Period -> value relative to the base, x_t / x_0; only as far as unbroken links reach from the base. */
export function relatives(levels: readonly Level[], base: number): ReadonlyMap<number, number> {
  const at = levels.findIndex(({ period }) => period === base)
  const found = new Map<number, number>()
  if (at < 0) return found
  found.set(base, 1)
  for (let i = at + 1, value = 1; i < levels.length; i++) {
    const [level, link] = [levels[i], levels[i]?.link ?? null]
    if (!level || link === null) break
    value *= link
    if (!usable(value)) break
    found.set(level.period, value)
  }
  for (let i = at, value = 1; i > 0; i--) {
    const [level, link] = [levels[i - 1], levels[i]?.link ?? null]
    if (!level || link === null) break
    value /= link
    if (!usable(value)) break
    found.set(level.period, value)
  }
  return found
}

function usable(value: number): boolean {
  return Number.isFinite(value) && value > 0
}

/** The first period in which all of these components exist; null where there is none. */
export function firstCommon(all: readonly (readonly Level[])[]): number | null {
  const [one, ...others] = all.map(levels => new Set(levels.map(({ period }) => period)))
  const common = [...(one ?? [])].filter(period => others.every(periods => periods.has(period)))
  return common.length === 0 ? null : Math.min(...common)
}

/** 100·Σ w_k x_kt/x_k0 for the periods in which every component has a value; weights sum to anything above 0. */
export function composite(
  parts: readonly { readonly weight: number; readonly relative: ReadonlyMap<number, number> }[],
): ReadonlyMap<number, number> {
  const all = parts.reduce((sum, { weight }) => sum + weight, 0)
  const [first, ...others] = parts
  const periods = [...(first?.relative.keys() ?? [])]
    .filter(period => others.every(({ relative }) => relative.has(period)))
    .sort((a, b) => a - b)
  return new Map(
    periods.map(period => [
      period,
      (100 * parts.reduce((sum, { weight, relative }) => sum + weight * (relative.get(period) ?? 0), 0)) /
        all,
    ]),
  )
}
