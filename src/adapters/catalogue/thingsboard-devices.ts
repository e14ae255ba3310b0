import { sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { asOf, asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present, previewValues } from '../raw-table.ts'

/** ThingsBoard: the device list (`DeviceInfo`) of the REST API or the console. */
const thingsboardDevices: Adapter = {
  id: 'thingsboard-devices',
  version: 1,
  name: { zh: 'ThingsBoard 设备', en: 'ThingsBoard devices' },
  source:
    'https://github.com/thingsboard/thingsboard common/data/src/main/java/org/thingsboard/server/common/data/DeviceInfo.java',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasColumns(raw, 'id.id', 'createdTime', 'name', 'type')) return 0
    if (previewValues(raw, 'id.entityType').some(kind => kind !== 'DEVICE')) return 0
    return firstColumn(raw, 'id.entityType', 'deviceProfileId.id', 'deviceProfileName') ? 0.95 : 0
  },

  map(raw, options) {
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column('id.id') }
    const known = {
      product: firstColumn(raw, 'deviceProfileName', 'type'),
      org_id: firstColumn(raw, 'customerTitle', 'ownerName'),
      created_at: 'createdTime',
    }
    const device: Target = { table: 'device', columns: { ...key, ...present(raw, known), ...gateway(raw) } }
    return { targets: [device, ...snapshot(raw, options, key)], refusals: [] }
  },
}

export default thingsboardDevices

/** Only gateways are marked; a device without the mark may be direct or behind one. */
function gateway(raw: RawTable): Readonly<Record<string, Expression>> {
  const mark = 'additionalInfo.gateway'
  if (!raw.columns.includes(mark)) return {}
  return { node_type: { sql: sql`case when ${lowerText(mark)} = 'true' then 'gateway' end`, from: [mark] } }
}

/** `active` is activity within the device's inactivity timeout, not a session. */
function snapshot(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const times = ['createdTime', 'lastActivityTime', 'lastConnectTime', 'lastDisconnectTime']
  const as_of = asOf(
    options,
    times.filter(time => raw.columns.includes(time)),
  )
  if (!raw.columns.includes('active') || !as_of) return []
  const columns = {
    ...key,
    as_of,
    state: {
      sql: sql`case ${lowerText('active')} when 'true' then 'online' when 'false' then 'offline' else 'unknown' end`,
      from: ['active'],
    },
    state_kind: constant('activity'),
    ...present(raw, { last_seen: 'lastActivityTime' }),
  }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}
