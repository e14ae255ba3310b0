import fc from 'fast-check'
import type { Cells } from './testing.ts'

/** A month of a community; `month` as `2026-06`. */
export function communityRow(community_id: string, month: string, more: Cells): Cells {
  return { community_id, month: `${month}-01`, ...more }
}

/**
 * Of the three months that end with June 2026, a has all and b one, in which more are external than there are; c was last
 * heard of in 2025.
 */
export const communities: readonly Cells[] = [
  communityRow('c', '2025-01', { contributors: 7, merged: 40, merged_external: 40 }),
  communityRow('a', '2026-03', {
    contributors: 50,
    external_contributors: 60,
    merged: 10,
    merged_external: 1,
    platform_id: 'Q',
  }),
  communityRow('a', '2026-04', {
    ...{ contributors: 10, external_contributors: 4, merged: 20, merged_external: 8, platform_id: 'Q' },
  }),
  communityRow('a', '2026-05', {
    ...{ contributors: 12, external_contributors: 1, merged: 30, merged_external: 3, platform_id: 'Q' },
  }),
  communityRow('a', '2026-06', { contributors: 8, merged: 30, platform_id: 'Q' }),
  communityRow('b', '2026-04', {
    ...{ contributors: 5, external_contributors: 9, merged: 4, merged_external: 2, repo: 'r' },
  }),
]

/** The month a number of months after June 2026, as `2026-06`. */
export function lastMonth(offset: number): string {
  return new Date(Date.UTC(2026, 5 + offset, 1)).toISOString().slice(0, 7)
}

export interface DrawnMonth {
  readonly id: string
  readonly month: string
  readonly people: readonly number[]
  readonly external: number
}

/** Months of communities with the people of each, one row a community and month; some after June 2026. */
export const drawnCommunities: fc.Arbitrary<readonly DrawnMonth[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    month: fc.integer({ min: -9, max: 2 }).map(lastMonth),
    people: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
    external: fc.constant(0),
  }),
  { minLength: 1, maxLength: 16, selector: ({ id, month }) => `${id} ${month}` },
)
