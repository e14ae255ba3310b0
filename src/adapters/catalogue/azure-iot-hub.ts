import { name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { type Snapshot, snapshots, speaks } from '../device-list.ts'
import { asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present } from '../raw-table.ts'

const statuses = { enabled: 'enabled', disabled: 'disabled' }
const connectionStates = { connected: 'online', disconnected: 'offline' }

/** Columns beside `connectionState` that only identities and twins have. */
const marks = ['status', 'etag', 'deviceEtag', 'authenticationType', 'cloudToDeviceMessageCount']
const times = ['lastActivityTime', 'connectionStateUpdatedTime', 'statusUpdatedTime', 'statusUpdateTime']

/**
 * Azure IoT Hub: the bulk export `devices.txt`, and device identities or twins as the service API, queries and
 * `az iot hub device-identity list` give them. `devices.txt` has no connection state: there is nothing to take a
 * snapshot of, and no online rate to compute. A connection state is that of the session.
 */
const azureIotHub: Adapter = {
  id: 'azure-iot-hub',
  version: 2,
  name: { zh: 'Azure IoT Hub 设备', en: 'Azure IoT Hub devices' },
  source: 'https://learn.microsoft.com/en-us/azure/iot-hub/iot-hub-bulk-identity-mgmt',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!speaks(raw, 'status', statuses) || !speaks(raw, 'connectionState', connectionStates)) return 0
    if (hasColumns(raw, 'id', 'status') && firstColumn(raw, 'eTag', 'etag')) return 0.95
    if (!hasColumns(raw, 'deviceId', 'connectionState')) return 0
    return firstColumn(raw, ...marks, ...times) ? 0.95 : 0
  },

  map(raw, options) {
    const id = firstColumn(raw, 'deviceId', 'id') ?? 'id'
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column(id) }
    const known = { product: 'modelId', admin_state: 'status' }
    const device: Target = { table: 'device', columns: { ...key, ...present(raw, known), ...edge(raw) } }
    const module = raw.columns.includes('moduleId')
      ? [
          {
            reason: 'not-a-device' as const,
            column: 'moduleId',
            when: sql`${lowerText('moduleId')} is not null`,
          },
        ]
      : []
    const taken = raw.columns.includes('connectionState') ? snapshots(raw, options, snapshotOf(raw, key)) : []
    return { targets: [device, ...taken], refusals: module }
  },
}

export default azureIotHub

/**
 * A scope is `ms-azure-iot-edge://<device>-<generation>`: `deviceScope` is an edge device's own, or that of the edge
 * device a leaf sits behind; `parentScopes` holds the parent's also for edge devices behind others.
 */
function edge(raw: RawTable): Readonly<Record<string, Expression>> {
  const flag = 'capabilities.iotEdge'
  if (!raw.columns.includes(flag)) return {}
  const isEdge = sql`coalesce(${lowerText(flag)} = 'true', false)`
  const ofLeaf = edgeIn(raw, 'deviceScope')
  const ofEdge = edgeIn(raw, 'parentScopes')
  const from = [flag, 'deviceScope', 'parentScopes'].filter(header => raw.columns.includes(header))
  return {
    node_type: {
      sql: sql`case when ${isEdge} then 'gateway' when coalesce(${ofLeaf}, ${ofEdge}) is not null then 'child' else 'direct' end`,
      from,
    },
    parent_id: { sql: sql`case when ${isEdge} then ${ofEdge} else coalesce(${ofLeaf}, ${ofEdge}) end`, from },
  }
}

/** The edge device that a scope, or the first of a JSON list of scopes, is of. */
function edgeIn(raw: RawTable, header: string): Sql {
  if (!raw.columns.includes(header)) return sql`null`
  const scope = sql`regexp_extract(cast(${name(header)} as varchar), 'ms-azure-iot-edge://([^]",]+)', 1)`
  return sql`nullif(regexp_extract(${scope}, '^(.+)-[0-9]+$', 1), '')`
}

/** Disconnected with the time of the last activity still at .NET's zero is a device that never connected. */
function snapshotOf(raw: RawTable, key: Readonly<Record<string, Expression>>): Snapshot {
  const last = firstColumn(raw, 'lastActivityTime')
  const isUnused = last ? sql`starts_with(cast(${name(last)} as varchar), '0001-01-01')` : sql`false`
  return {
    key,
    state: {
      sql: sql`case ${lowerText('connectionState')}
        when 'connected' then 'online'
        when 'disconnected' then case when ${isUnused} then 'never' else 'offline' end
        else coalesce(${lowerText('connectionState')}, 'unknown')
      end`,
      from: last ? ['connectionState', last] : ['connectionState'],
    },
    kind: 'session',
    lastSeen: last ? column(last) : null,
    times,
  }
}
