import { type Sql, sql } from '../sql/sql.ts'
import { type connectedInputs, deviceEvidence } from './connected.ts'
import { platformNames } from './device-group.ts'
import type { Context, InputValues, Tables } from './recipe.ts'

/** The columns of `unplacedDevices`. */
export const unplacedResult = {
  platform_id: 'text',
  platform_name: 'text',
  connected: 'integer',
  unknown_devices: 'integer',
  outside_devices: 'integer',
} as const

/**
 * One row a platform with connected devices (CON-01) that cover nothing: those whose `column` of `device` is not known, and
 * those whose code is none of `codes` (in brackets); the most first.
 */
export function unplacedDevices(
  tables: Tables,
  inputs: InputValues<typeof connectedInputs>,
  context: Context,
  { column, codes }: { readonly column: Sql; readonly codes: Sql },
): Sql {
  return sql`
    with placed as (
      select platform_id::varchar as platform_id, ${column}::varchar as code
      from ${deviceEvidence(tables, inputs, context)} where counted and seen
    ), tallied as (
      select platform_id, count(*) as connected, count(*) filter (code is null) as unknown_devices,
        count(*) filter (code not in ${codes}) as outside_devices
      from placed group by platform_id
    )
    select platform_id, platform_name, connected, unknown_devices, outside_devices
    from tallied left join ${platformNames(tables)} using (platform_id)
    where unknown_devices + outside_devices > 0
    order by unknown_devices + outside_devices desc, platform_id nulls last`
}
