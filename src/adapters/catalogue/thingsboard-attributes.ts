import { join, name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, RawTable, Target } from '../adapter.ts'
import { firstFilled, snapshots, speaks } from '../device-list.ts'
import { columnOr, deviceOption } from '../generic-options.ts'
import { measured } from '../measured.ts'
import { asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText } from '../raw-table.ts'
import { entityColumn, isEpochMillis } from '../thingsboard.ts'

const stateTimes = ['lastActivityTime', 'lastConnectTime', 'lastDisconnectTime', 'inactivityAlarmTime']

/**
 * ThingsBoard attributes. Wide, one row per device with the server's attributes as columns (an entity table): snapshots
 * of the activity kind, since `active` means heard of within the inactivity timeout, not connected. Long, one row per
 * attribute (`[{"lastUpdateTs":…,"key":"active","value":true}]`, of one device that the answer does not name): each
 * attribute becomes a value at the time of its last change, `active` as text among them. No snapshots come of the long
 * form, for that would take several rows at once.
 */
const thingsboardAttributes: Adapter = {
  id: 'thingsboard-attributes',
  version: 1,
  name: { zh: 'ThingsBoard 属性', en: 'ThingsBoard attributes' },
  source: 'https://thingsboard.io/docs/user-guide/device-connectivity-status/',
  options: { platform_id: platformOption, device_id: deviceOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (isLong(raw)) return isEpochMillis(raw, 'lastUpdateTs') ? 0.95 : 0
    if (!raw.columns.includes('active') || entityColumn(raw) === undefined) return 0
    return firstColumn(raw, ...stateTimes) && speaks(raw, 'active', { true: '', false: '' }) ? 0.9 : 0
  },

  map(raw, options) {
    const key = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: columnOr(entityColumn(raw), options.device_id),
    }
    return { targets: isLong(raw) ? long(key) : wide(raw, options, key), refusals: [] }
  },
}

export default thingsboardAttributes

function isLong(raw: RawTable): boolean {
  return hasColumns(raw, 'lastUpdateTs', 'key', 'value')
}

function long(key: Target['columns']): readonly Target[] {
  const columns = { ...key, metric: column('key'), ts_event: column('lastUpdateTs'), ...measured('value') }
  return [{ table: 'telemetry', columns }]
}

function wide(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Target['columns'],
): readonly Target[] {
  const state = sql`case
    when ${lowerText('active')} = 'true' then 'online'
    when ${lowerText('active')} = 'false' and ${neverHeardOf(raw)} then 'never'
    when ${lowerText('active')} = 'false' then 'offline'
    else 'unknown' end`
  return snapshots(raw, options, {
    key,
    state: { sql: state, from: ['active'] },
    kind: 'activity',
    lastSeen: firstFilled(raw, 'lastActivityTime'),
    times: stateTimes,
  })
}

/** ThingsBoard keeps 0 as the last activity of a device that it never heard of. */
function neverHeardOf(raw: RawTable): Sql {
  if (!raw.columns.includes('lastActivityTime')) return sql`false`
  const times = ['lastActivityTime', 'lastConnectTime'].filter(time => raw.columns.includes(time))
  const isNone = (time: string) => sql`coalesce(cast(${name(time)} as varchar), '') in ${['', '0']}`
  return sql`(${join(times.map(isNone), ' and ')})`
}
