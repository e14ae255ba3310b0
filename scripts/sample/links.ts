import { asOf, day, instant } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Plant } from './planted.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Choices, Random } from './random.ts'

export type Link = CanonicalRow<'platform_link'>

const kinds: Choices<Link['kind']> = [
  ['interconnect', 46],
  ['data_share', 34],
  ['model_reuse', 20],
]
const drawnTo = { 基础: 1, 成长: 3, 引领: 10, 生态: 30 } as const

/** Links between platforms, mostly of the higher tiers; some are told from both ends, which is still one link. */
export function makeLinks(
  draw: Random,
  platforms: readonly PlatformProfile[],
  plant: Plant,
): readonly Link[] {
  const ends: Choices<string> = platforms.map(({ row }) => [row.platform_id, drawnTo[row.tier ?? '基础']])
  const found = new Map<string, Link>()
  for (let i = 0; i < Math.round(platforms.length * 0.5); i++) {
    const [from, to] = [draw.weighted(ends), draw.weighted(ends)]
    const [kind, since] = [draw.weighted(kinds), drawDay(draw)]
    const both = draw.chance(0.08)
    if (from === to || found.has(key(from, to, kind)) || found.has(key(to, from, kind))) continue
    found.set(key(from, to, kind), { from, to, kind, since })
    if (!both) continue
    found.set(key(to, from, kind), { from: to, to: from, kind, since })
    plant.add('mirrored_links')
  }
  return [...found.values()]
}

function key(from: string, to: string, kind: string): string {
  return `${from} ${to} ${kind}`
}

function drawDay(draw: Random): number | null {
  const time = draw.between(instant('2020-01-01T00:00:00Z'), asOf)
  return draw.chance(0.95) ? Math.floor(time / day) * day : null
}
