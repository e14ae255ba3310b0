import { name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { asOf, asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present, previewValues } from '../raw-table.ts'

/** Azure IoT Hub: the bulk export `devices.txt`, and device identities or twins as the service API and queries give them. */
const azureIotHub: Adapter = {
  id: 'azure-iot-hub',
  version: 1,
  name: { zh: 'Azure IoT Hub 设备', en: 'Azure IoT Hub devices' },
  source: 'https://learn.microsoft.com/en-us/azure/iot-hub/iot-hub-bulk-identity-mgmt',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasOnlyStatuses(raw)) return 0
    if (hasColumns(raw, 'id', 'status') && firstColumn(raw, 'eTag', 'etag')) return 0.95
    return hasColumns(raw, 'deviceId', 'status', 'connectionState') ? 0.95 : 0
  },

  map(raw, options) {
    const id = firstColumn(raw, 'deviceId', 'id') ?? 'id'
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column(id) }
    const device: Target = {
      table: 'device',
      columns: { ...key, ...present(raw, { admin_state: 'status' }), ...edge(raw) },
    }
    const module = raw.columns.includes('moduleId')
      ? [
          {
            reason: 'not-a-device' as const,
            column: 'moduleId',
            when: sql`${lowerText('moduleId')} is not null`,
          },
        ]
      : []
    return { targets: [device, ...snapshot(raw, options, key)], refusals: module }
  },
}

export default azureIotHub

function hasOnlyStatuses(raw: RawTable): boolean {
  return previewValues(raw, 'status').every(status => /^(enabled|disabled)$/i.test(status))
}

/** `deviceScope` is the scope of the edge device a leaf sits behind, `ms-azure-iot-edge://<device>-<generation>`. */
function edge(raw: RawTable): Readonly<Record<string, Expression>> {
  const isEdge = raw.columns.includes('capabilities.iotEdge')
  const hasScope = raw.columns.includes('deviceScope')
  if (!isEdge || !hasScope) return {}
  const edgeFlag = sql`coalesce(${lowerText('capabilities.iotEdge')} = 'true', false)`
  const scope = sql`cast(${name('deviceScope')} as varchar)`
  const parent = sql`nullif(regexp_extract(${scope}, '^ms-azure-iot-edge://(.+)-[0-9]+$', 1), '')`
  const from = ['capabilities.iotEdge', 'deviceScope']
  return {
    node_type: {
      sql: sql`case when ${edgeFlag} then 'gateway' when ${parent} is not null then 'child' else 'direct' end`,
      from,
    },
    parent_id: { sql: sql`case when not ${edgeFlag} then ${parent} end`, from },
  }
}

/** `devices.txt` has no connection state: there is nothing to take a snapshot of, and no online rate to compute. */
function snapshot(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const times = ['lastActivityTime', 'connectionStateUpdatedTime', 'statusUpdatedTime', 'statusUpdateTime']
  const known = times.filter(time => raw.columns.includes(time))
  const as_of = asOf(options, known)
  if (!raw.columns.includes('connectionState') || !as_of) return []
  const state = lowerText('connectionState')
  const columns = {
    ...key,
    as_of,
    state: {
      sql: sql`case ${state} when 'connected' then 'online' when 'disconnected' then 'offline' else 'unknown' end`,
      from: ['connectionState'],
    },
    state_kind: constant('session'),
    ...present(raw, { last_seen: 'lastActivityTime' }),
  }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}
