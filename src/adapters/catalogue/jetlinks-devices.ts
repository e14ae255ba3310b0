import type { Adapter, RawTable } from '../adapter.ts'
import { firstFilled, known, type StateWords, snapshots, speaks, translated } from '../device-list.ts'
import { asOfOption, platformOption, zoneOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns } from '../raw-table.ts'

/**
 * `notActive` is printed 禁用 (disabled), and both a device that was never activated and one that was disabled are
 * `notActive`: which of the two cannot be told, so neither the state nor the administrative state is known.
 */
const states: StateWords = {
  在线: 'online',
  离线: 'offline',
  禁用: 'unknown',
  未激活: 'unknown',
  未启用: 'unknown',
  online: 'online',
  offline: 'offline',
  notactive: 'unknown',
}

const nodeTypes = {
  直连设备: 'direct',
  网关子设备: 'child',
  网关设备: 'gateway',
  device: 'direct',
  childrendevice: 'child',
  gateway: 'gateway',
}

/** The columns of the sheet, of the API, and of the table behind them; the first that is there is taken. */
const fields = {
  id: ['设备ID', 'id'],
  product: ['产品名称', '设备型号', 'productName', 'product_name'],
  parent: ['父设备ID', 'parentId', 'parent_id'],
  type: ['设备类型', 'deviceType.value', 'deviceType', 'deviceType.text'],
  org: ['所属机构', 'orgName', 'orgId', 'org_id'],
  state: ['状态', 'state.value', 'state', 'state.text'],
  created: ['createTime', 'create_time'],
  activated: ['registryTime', 'registry_time'],
} as const

/**
 * JetLinks: the sheet of devices (xlsx or CSV, one column per tag behind the fixed ones), and the devices that the API
 * answers. Built from the sources of the community edition; no export is public. The state is that of the session.
 */
const jetlinksDevices: Adapter = {
  id: 'jetlinks-devices',
  version: 1,
  name: { zh: 'JetLinks 设备', en: 'JetLinks devices' },
  source:
    'https://github.com/jetlinks/jetlinks-community jetlinks-manager/device-manager/src/main/java/org/jetlinks/community/device/web/excel/DeviceExcelInfo.java',
  options: { platform_id: platformOption, zone: zoneOption(() => '+08:00'), as_of: asOfOption },

  recognise(raw) {
    if (!isSheet(raw) && !isAnswer(raw)) return 0
    const state = fieldIn(raw, 'state')
    const type = fieldIn(raw, 'type')
    if (state === undefined || !speaks(raw, state, states)) return 0
    return type === undefined || speaks(raw, type, nodeTypes) ? 0.95 : 0
  },

  map(raw, options) {
    const at = (field: keyof typeof fields) => firstFilled(raw, fieldIn(raw, field) ?? '')
    const key = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: column(fieldIn(raw, 'id') ?? 'id'),
    }
    const type = fieldIn(raw, 'type')
    const device = {
      ...key,
      ...known({
        parent_id: at('parent'),
        node_type: type === undefined ? null : translated(type, nodeTypes),
        product: at('product'),
        org_id: at('org'),
        created_at: at('created'),
        activated_at: at('activated'),
      }),
    }
    const state = translated(fieldIn(raw, 'state') ?? 'state', states, 'unknown')
    const times = [...fields.created, ...fields.activated]
    const taken = snapshots(raw, options, { key, state, kind: 'session', lastSeen: null, times })
    return { targets: [{ table: 'device', columns: device }, ...taken], refusals: [] }
  },
}

export default jetlinksDevices

function isSheet(raw: RawTable): boolean {
  return hasColumns(raw, '设备ID', '设备名称', '父设备ID', '状态') && fieldIn(raw, 'product') !== undefined
}

function isAnswer(raw: RawTable): boolean {
  if (!hasColumns(raw, 'id', 'name') || !fieldIn(raw, 'product')) return false
  return firstColumn(raw, ...fields.activated) !== undefined || hasColumns(raw, 'state.text', 'state.value')
}

function fieldIn(raw: RawTable, field: keyof typeof fields): string | undefined {
  return firstColumn(raw, ...fields[field])
}
