import { monthStart, months } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Random } from './random.ts'

export type CommunityMonth = CanonicalRow<'community'>

export const communityCount = 8

const themes = ['edge-gateway', 'device-driver', 'model-library', 'low-code', 'opcua-stack'] as const

/** Two years of contributions to open-source communities of leading platforms, the last one without a platform. */
export function makeCommunities(
  draw: Random,
  platforms: readonly PlatformProfile[],
): readonly CommunityMonth[] {
  const leading = platforms.filter(({ row }) => row.tier === '引领' || row.tier === '生态')
  return Array.from({ length: communityCount }, (_, i) => {
    const isOwned = i < communityCount - 1
    const owner = isOwned && leading.length > 0 ? draw.pick(leading).row.platform_id : null
    return makeCommunity(draw, `OSC${i + 1}`, owner)
  }).flat()
}

function makeCommunity(
  draw: Random,
  community_id: string,
  platform_id: string | null,
): readonly CommunityMonth[] {
  const first = draw.chance(0.7) ? -months : draw.integer(-months, -1)
  const size = draw.lognormal(16, 0.7)
  const openness = draw.between(0.15, 0.6)
  const repo = `sample/${draw.pick(themes)}`
  return Array.from({ length: months - first }, (_, i) => {
    const contributors = Math.max(1, Math.round(size * (1 + i / 40) * draw.between(0.8, 1.2)))
    const merged = Math.round(contributors * draw.between(1.2, 3.5))
    return {
      community_id,
      month: monthStart(first + i),
      platform_id,
      repo,
      contributors,
      external_contributors: Math.round(contributors * openness * draw.between(0.8, 1.2)),
      merged,
      merged_external: Math.round(merged * openness * draw.between(0.5, 1)),
    }
  })
}
