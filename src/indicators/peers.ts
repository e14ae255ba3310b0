import { join, type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

export const peerPlatformsResult = { platform_id: 'text', name: 'text', tier: 'text', type: 'text' } as const

/** The platform and those of its tier and type (an absent one is one of its own kind), in the order of their ids. */
export function peerPlatforms({ platform }: Tables, id: string): Sql {
  return sql`
    with known as (
      select platform_id::varchar as platform_id, min(name) as name, min(tier)::varchar as tier, min(type)::varchar as type
      from ${platform} group by 1
    ), chosen as (select tier, type from known where platform_id = ${id})
    select known.* from known, chosen
    where known.tier is not distinct from chosen.tier and known.type is not distinct from chosen.type
    order by platform_id`
}

/** The result of `platformsSeen`. */
export const platformsSeenResult = { platform_id: 'text' } as const

/** The platforms of which any dated row lies in the period of the tables. */
export function platformsSeen(tables: Tables): Sql {
  const dated = [
    tables.conn_event,
    tables.ingest_batch,
    tables.device_snapshot,
    tables.telemetry,
    tables.usage,
  ]
  const parts = dated.map(table => sql`select platform_id::varchar as platform_id from ${table}`)
  return sql`select distinct platform_id from (${join(parts, ' union all by name ')})
    where platform_id is not null order by 1`
}
