import { mainlandProvinces } from '../../src/domain/province.ts'
import { apportion } from './apportion.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { makeCustomer, makeOperator, type Organisation } from './organisations.ts'
import { at, type Choices, type Random } from './random.ts'
import { provinceChoices } from './vocabulary.ts'

export type Platform = CanonicalRow<'platform'>

/** What a platform is like and what it exports; only `row` and `operator` become rows. */
export interface PlatformProfile {
  readonly row: Platform
  readonly operator: Organisation
  /** Relative number of devices. */
  readonly weight: number
  /** The kind of state its snapshot tells; null where it exports no snapshot. */
  readonly snapshot: CanonicalRow<'device_snapshot'>['state_kind'] | null
  readonly exportsEvents: boolean
  readonly dialect: 'aws' | 'emqx'
}

type Tier = NonNullable<Platform['tier']>

const tierSizes: Readonly<Record<Tier, number>> = { 基础: 190, 成长: 100, 引领: 38, 生态: 12 }
const tierWeights: Readonly<Record<Tier, number>> = { 基础: 1, 成长: 2, 引领: 5, 生态: 12 }
const types: Choices<Platform['type']> = [
  ['专业', 55],
  ['行业', 32],
  ['协作', 13],
]
const snapshotKinds: Choices<PlatformProfile['snapshot']> = [
  ['session', 74],
  ['activity', 14],
  ['admin', 5],
  [null, 7],
]

export const customerCount = 1460

/** How many platforms the bundled sample has. */
export const platformCount = Object.values(tierSizes).reduce((sum, size) => sum + size, 0)

/** Platforms, more of the lower tiers than of the higher, at least one in each of the 31 mainland provinces if so many. */
export function makePlatforms(draw: Random, count: number): readonly PlatformProfile[] {
  const tiers = shuffle(
    draw,
    Object.entries(sizesOf(count)).flatMap(([tier, size]) =>
      Array.from({ length: size }, () => tier as Tier),
    ),
  )
  return tiers.map((tier, i) => {
    const province = mainlandProvinces[i]?.code ?? draw.weighted(provinceChoices)
    return makePlatform(draw, i + 1, tier, province)
  })
}

/** The tiers in the proportions of the bundled sample. */
function sizesOf(count: number): Readonly<Record<string, number>> {
  if (count === platformCount) return tierSizes
  const sizes = apportion(Object.values(tierSizes), count)
  return Object.fromEntries(Object.keys(tierSizes).map((tier, i) => [tier, sizes[i] ?? 0]))
}

export function makeCustomers(draw: Random, operators: number): readonly Organisation[] {
  return Array.from({ length: customerCount }, (_, i) => makeCustomer(draw, operators + i + 1))
}

function makePlatform(draw: Random, number: number, tier: Tier, province: string): PlatformProfile {
  const label = String(number).padStart(3, '0')
  const operator = makeOperator(draw, number, province)
  const snapshot = draw.weighted(snapshotKinds)
  const row: Platform = {
    platform_id: `P${label}`,
    name: `示例平台 ${label} / Sample platform ${label}`,
    type: draw.weighted(types),
    tier,
    legacy_class: legacyClass(draw, tier),
    org_id: operator.org_id,
    province_code: province,
    is_key: draw.chance(tier === '基础' ? 0.15 : 0.6),
    is_influential: number % 170 === 0 ? null : number % 113 !== 0,
  }
  const exportsEvents = snapshot === null || (snapshot !== 'admin' && draw.chance(0.9))
  const weight = draw.lognormal(tierWeights[tier], 1.1)
  return { row, operator, weight, snapshot, exportsEvents, dialect: draw.pick(['aws', 'emqx']) }
}

function legacyClass(draw: Random, tier: Tier): string | null {
  if (tier === '生态') return '双跨'
  if (tier === '引领') return draw.chance(0.6) ? '特色专业型' : null
  return draw.chance(0.08) ? '省级重点' : null
}

function shuffle<T>(draw: Random, items: readonly T[]): readonly T[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = draw.integer(0, i)
    const held = at(shuffled, i)
    shuffled[i] = at(shuffled, j)
    shuffled[j] = held
  }
  return shuffled
}
