import { name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable } from '../adapter.ts'
import {
  adminState,
  firstFilled,
  known,
  type StateWords,
  snapshots,
  speaks,
  translated,
} from '../device-list.ts'
import { asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns } from '../raw-table.ts'

/**
 * INACTIVE is registered but never connected. ABNORMAL exists for devices on short connections (NB-IoT) alone: nothing
 * was reported for 25 hours, after 49 they become OFFLINE; in between nobody knows. FROZEN is what an administrator
 * did, and hides whether the device is connected; messages that the platform pushes spell it FREEZED.
 */
const states: StateWords = {
  online: 'online',
  offline: 'offline',
  inactive: 'never',
  abnormal: 'unknown',
  frozen: 'unknown',
  freezed: 'unknown',
}

const nodeTypes = { endpoint: 'ENDPOINT', gateway: 'GATEWAY', unknown: 'UNKNOWN' }

/** Of these, the page of devices has none and a device's details have all. */
const times = ['create_time', 'active_time', 'connection_status_update_time']

/**
 * Huawei Cloud IoTDA: the devices that `ListDevices` gives page by page, or `ShowDevice` one by one. Built from the
 * documented field names; no export is public. The state is that of the session for devices on long connections
 * (MQTT); short connections are online while they reported within 25 hours, and the list does not say which is which.
 */
const huaweiIotda: Adapter = {
  id: 'huawei-iotda',
  version: 1,
  name: { zh: '华为云 IoTDA 设备', en: 'Huawei Cloud IoTDA devices' },
  source: 'https://support.huaweicloud.com/api-iothub/iot_06_v5_0048.html',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasColumns(raw, 'device_id', 'node_id', 'product_id')) return 0
    if (!firstColumn(raw, 'gateway_id', 'node_type', 'app_id')) return 0
    return speaks(raw, 'status', states) && speaks(raw, 'node_type', nodeTypes) ? 0.95 : 0
  },

  map(raw, options) {
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column('device_id') }
    const status = raw.columns.includes('status') ? 'status' : null
    const device = {
      ...key,
      ...place(raw),
      ...known({
        product: firstFilled(raw, 'product_name', 'product_id'),
        created_at: firstFilled(raw, 'create_time'),
        activated_at: firstFilled(raw, 'active_time'),
        admin_state: status && adminState(status, ['frozen', 'freezed']),
      }),
    }
    const taken = status
      ? snapshots(raw, options, {
          key,
          state: translated(status, states, 'unknown'),
          kind: 'session',
          lastSeen: null,
          times,
        })
      : []
    return { targets: [{ table: 'device', columns: device }, ...taken], refusals: [] }
  },
}

export default huaweiIotda

/**
 * `gateway_id` is the device itself where it is connected directly, else its parent. `node_type` GATEWAY stands for
 * both directly connected devices and gateways: a gateway is here what another device of the file names as its parent.
 */
function place(raw: RawTable): Readonly<Record<string, Expression>> {
  const parent = sql`nullif(cast(${name('gateway_id')} as varchar), '')`
  const own = sql`cast(${name('device_id')} as varchar)`
  if (!raw.columns.includes('gateway_id')) return nodeType(raw)
  const children = sql`count_if(${parent} <> ${own}) over (partition by ${name('gateway_id')})`
  const from = ['gateway_id', 'device_id']
  return {
    parent_id: { sql: sql`case when ${parent} <> ${own} then ${parent} end`, from },
    node_type: {
      sql: sql`case
        when ${parent} <> ${own} then 'child'
        when ${parent} = ${own} then case when ${children} > 0 then 'gateway' else 'direct' end
      end`,
      from,
    },
  }
}

/** Without `gateway_id`, ENDPOINT alone is certain. */
function nodeType(raw: RawTable): Readonly<Record<string, Expression>> {
  if (!raw.columns.includes('node_type')) return {}
  const isEndpoint = sql`lower(cast(${name('node_type')} as varchar)) = 'endpoint'`
  return { node_type: { sql: sql`case when ${isEndpoint} then 'child' end`, from: ['node_type'] } }
}
