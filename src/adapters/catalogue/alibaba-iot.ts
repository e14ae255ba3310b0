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
import { asOfOption, platformOption, zoneOption } from '../options.ts'
import { column, constant, firstColumn, previewValues } from '../raw-table.ts'

/**
 * The words of answers and the codes of queries. UNACTIVE never connected; DISABLE is what an administrator did, and
 * hides whether the device was connected.
 */
const states: StateWords = {
  online: 'online',
  offline: 'offline',
  unactive: 'never',
  disable: 'unknown',
  '1': 'online',
  '3': 'offline',
  '0': 'never',
  '8': 'unknown',
}

const nodeTypes = { '0': 'device', '1': 'gateway' }
const events = ['Create', 'Modified', 'Active', 'Online']
const marks = ['IotId', 'Status', 'DeviceStatus', 'NodeType', 'UtcCreate', 'GmtCreate']

/**
 * Alibaba Cloud IoT Platform: devices as `QueryDevice`, `QueryDeviceByStatus`, `BatchQueryDeviceDetail` and
 * `QueryDeviceDetail` answer in JSON, or as a sheet with the same headers. Built from the documented field names; no
 * export is public. Answers in XML are not read. The state is that of the session.
 *
 * `Gmt…` times are documented as GMT, but the documented examples are those of the `Utc…` times plus eight hours: the
 * `Utc…` times are taken where they are, and the others in the zone that the person confirms.
 */
const alibabaIot: Adapter = {
  id: 'alibaba-iot',
  version: 1,
  name: { zh: '阿里云物联网平台设备', en: 'Alibaba Cloud IoT devices' },
  source: 'https://help.aliyun.com/document_detail/123470.htm',
  options: { platform_id: platformOption, zone: zoneOption(() => '+08:00'), as_of: asOfOption },

  recognise(raw) {
    const at = fieldOf(raw)
    if (!raw.columns.includes(at('DeviceName')) || !raw.columns.includes(at('ProductKey'))) return 0
    if (!firstColumn(raw, ...marks.map(at))) return 0
    const isStatus = ['Status', 'DeviceStatus'].every(status => speaks(raw, at(status), states))
    return isStatus && speaks(raw, at('NodeType'), nodeTypes) ? 0.95 : 0
  },

  map(raw, options) {
    const at = fieldOf(raw)
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: deviceId(raw, at) }
    const status = firstColumn(raw, at('Status'), at('DeviceStatus'))
    const time = (event: string) => firstFilled(raw, at(`Utc${event}`), at(`Gmt${event}`))
    const device = {
      ...key,
      ...nodeType(raw, at('NodeType')),
      ...known({
        product: firstFilled(raw, at('ProductName'), at('ProductKey')),
        created_at: time('Create'),
        activated_at: time('Active'),
        admin_state: status ? adminState(status, ['disable', '8']) : null,
      }),
    }
    const taken = status
      ? snapshots(raw, options, {
          key,
          state: translated(status, states, 'unknown'),
          kind: 'session',
          lastSeen: time('Online'),
          times: events.flatMap(event => [at(`Utc${event}`), at(`Gmt${event}`)]),
        })
      : []
    return { targets: [{ table: 'device', columns: device }, ...taken], refusals: [] }
  },
}

export default alibabaIot

/** Where a field is: the answer about a single device has them all under `Data`. */
function fieldOf(raw: RawTable): (field: string) => string {
  const isSingle = raw.columns.includes('Data.DeviceName')
  return field => (isSingle ? `Data.${field}` : field)
}

/** `DeviceName` is unique within its product only; `ProductKey` and `DeviceName` together are as good as `IotId`. */
function deviceId(raw: RawTable, at: (field: string) => string): Expression {
  if (previewValues(raw, at('IotId')).length > 0) return column(at('IotId'))
  const [product, device] = [at('ProductKey'), at('DeviceName')]
  return { sql: sql`${name(product)} || '/' || nullif(${name(device)}, '')`, from: [product, device] }
}

/** 1 is a gateway; 0 may be connected directly or behind one. */
function nodeType(raw: RawTable, field: string): Readonly<Record<string, Expression>> {
  if (!raw.columns.includes(field)) return {}
  const isGateway = sql`cast(${name(field)} as varchar) = '1'`
  return { node_type: { sql: sql`case when ${isGateway} then 'gateway' end`, from: [field] } }
}
