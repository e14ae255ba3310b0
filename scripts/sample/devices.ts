import { asOf, begin, connectedWindow, day, hour, instant, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Organisation } from './organisations.ts'
import type { PlatformProfile } from './platforms.ts'
import { at, type Choices, type Random } from './random.ts'
import { productChoices, protocolChoices, unconnectedProvinces } from './vocabulary.ts'

export type Device = CanonicalRow<'device'>

/**
 * What becomes of a device: `active` ones were heard of within the connected window, `dormant` ones within the year
 * but not lately, `silent` ones only before the year; `retired` ones are gone, `never` ones were never switched on.
 */
export type Fate = 'active' | 'dormant' | 'silent' | 'retired' | 'never'

/** A device with what its row does not say. */
export interface DeviceLife {
  readonly row: Device
  readonly fate: Fate
  /** Start of service, microseconds UTC, whether or not the platform exports it. */
  readonly start: number
}

interface Lifetime {
  readonly created: number
  readonly activated: number | null
  readonly retired: number | null
}

/** The devices of one platform: gateways first, then what stands behind them or connects directly. */
export function makeFleet(
  draw: Random,
  platform: PlatformProfile,
  count: number,
  customers: readonly Organisation[],
): readonly DeviceLife[] {
  const gateways = count < 5 ? 0 : Math.round(count * draw.between(0.02, 0.08))
  const width = Math.max(4, String(count).length)
  const name = (index: number) => `D${String(index + 1).padStart(width, '0')}`
  return Array.from({ length: count }, (_, index) => {
    const gateway = index < gateways
    const parent = !gateway && gateways > 0 && draw.chance(0.4) ? name(draw.integer(0, gateways - 1)) : null
    const owner = at(customers, Math.floor(draw.uniform() ** 2 * customers.length))
    const node_type = gateway ? 'gateway' : parent === null ? 'direct' : 'child'
    return makeDevice(draw, platform, { device_id: name(index), parent_id: parent, node_type }, owner)
  })
}

/** The organisations a platform serves: mostly from its own province. */
export function chooseCustomers(
  draw: Random,
  platform: PlatformProfile,
  count: number,
  all: readonly Organisation[],
): readonly Organisation[] {
  const near = all.filter(({ province_code }) => province_code === platform.row.province_code)
  const wanted = 1 + Math.floor(count / draw.between(4, 14))
  return Array.from({ length: wanted }, () =>
    near.length > 0 && draw.chance(0.55) ? draw.pick(near) : draw.pick(all),
  )
}

function makeDevice(
  draw: Random,
  platform: PlatformProfile,
  place: Pick<Device, 'device_id' | 'parent_id' | 'node_type'>,
  owner: Organisation,
): DeviceLife {
  const province = drawProvince(draw, owner)
  const admin_state = draw.chance(0.97) ? 'enabled' : 'disabled'
  const reachable = admin_state === 'enabled' && !(province !== null && unconnectedProvinces.has(province))
  const life = reachable ? drawLifetime(draw) : endBeforeWindow(drawLifetime(draw))
  const exportsTimes = platform.snapshot !== 'admin'
  const row: Device = {
    platform_id: platform.row.platform_id,
    ...place,
    product: place.node_type === 'gateway' ? '工业网关' : draw.weighted(productChoices),
    protocol: draw.weighted(protocolChoices),
    is_industrial: draw.weighted(industrialChoices),
    industry_code: draw.chance(0.98) ? owner.industry_code : null,
    province_code: province,
    org_id: draw.chance(0.99) ? owner.org_id : null,
    created_at: exportsTimes ? life.created : null,
    activated_at: exportsTimes ? life.activated : null,
    retired_at: life.retired,
    admin_state,
  }
  return { row, fate: drawFate(draw, life, reachable), start: life.activated ?? life.created }
}

const industrialChoices: Choices<boolean | null> = [
  [true, 93],
  [false, 5],
  [null, 2],
]

function drawProvince(draw: Random, owner: Organisation): string | null {
  if (draw.chance(0.015)) return null
  return draw.chance(0.0015) ? '81' : owner.province_code
}

/** About 14 % of the devices are of the last year and 4 % left in it, so that the stock grows by about a tenth. */
function drawLifetime(draw: Random): Lifetime {
  const isNew = draw.chance(0.135)
  const first = instant('2018-01-01T00:00:00Z')
  const created = isNew
    ? draw.between(begin, asOf - day)
    : first + Math.sqrt(draw.uniform()) * (begin - first)
  const activated = created + draw.between(0.01, 18) * day
  if (draw.chance(0.06) || activated > asOf - hour)
    return { created: toMillisecond(created), activated: null, retired: null }
  return {
    created: toMillisecond(created),
    activated: toMillisecond(activated),
    retired: isNew ? null : drawRetirement(draw, activated),
  }
}

function drawRetirement(draw: Random, activated: number): number | null {
  if (draw.chance(0.045)) return toMillisecond(draw.between(begin + 20 * day, asOf - day))
  return activated < begin && draw.chance(0.015) ? toMillisecond(draw.between(activated, begin)) : null
}

/** A life without contact in the connected window: nothing was switched on or taken out of service in it. */
function endBeforeWindow({ created, activated, retired }: Lifetime): Lifetime {
  const lately = asOf - connectedWindow - 10 * day
  if (activated !== null && activated >= lately) return { created, activated: null, retired: null }
  return { created, activated, retired: retired !== null && retired >= lately ? null : retired }
}

function drawFate(draw: Random, { activated, retired }: Lifetime, reachable: boolean): Fate {
  if (activated === null) return 'never'
  if (retired !== null) return 'retired'
  const isRecent = activated >= asOf - connectedWindow - 10 * day
  if (isRecent || (reachable && draw.chance(0.88))) return 'active'
  return activated < begin && draw.chance(0.35) ? 'silent' : 'dormant'
}
