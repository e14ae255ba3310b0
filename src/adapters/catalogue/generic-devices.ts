import { name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, AdapterOption, Expression, RawTable, Target } from '../adapter.ts'
import { isWord, meaningOf, stateWords, truthWords } from '../connection-words.ts'
import {
  deviceKey,
  fromRoles,
  genericPlatformOption,
  genericZoneOption,
  repeats,
} from '../generic-options.ts'
import { asOf, asOfOption } from '../options.ts'
import { blankAsNull, column, constant, previewValues } from '../raw-table.ts'
import { plainHeader, type Role, rolesOf, share } from '../roles.ts'

const stateKindOption: AdapterOption = {
  name: { zh: '状态的含义', en: 'What the state says' },
  help: {
    zh: '状态列说的是哪一种？会话：与平台的连接是否建立。活跃：最近一段时间是否有数据。管理：是否被允许接入（启用/禁用），不代表在线。三者不能混用。',
    en: 'Which kind of state does the column show? Session: connected to the platform or not. Activity: heard of lately or not. Administrative: allowed to connect or not, which does not say whether it is online. The three are never mixed.',
  },
  asked: raw => rolesOfDevices(raw).has('state'),
  proposal: raw => stateKind(raw),
  choices: [
    { value: 'session', name: { zh: '会话状态', en: 'Session' } },
    { value: 'activity', name: { zh: '活跃状态', en: 'Activity' } },
    { value: 'admin', name: { zh: '管理状态', en: 'Administrative' } },
  ],
}

/**
 * Any list of devices, known by the roles of its columns: one row per device. A state of the session or activity kind
 * gives a snapshot, an administrative one does not; a state that no word is known for is a reject, which an alias heals.
 * Where devices come again with another time, the table is of states over time and gives snapshots alone.
 */
const genericDevices: Adapter = {
  id: 'generic-devices',
  version: 2,
  name: { zh: '设备清单或状态（按列识别）', en: 'Device list or states (by column roles)' },
  source: 'src/adapters/role-names.ts',
  options: {
    platform_id: genericPlatformOption,
    state_kind: stateKindOption,
    zone: genericZoneOption,
    as_of: asOfOption,
  },

  recognise(raw) {
    const roles = rolesOfDevices(raw)
    const device = roles.get('device')
    if (device === undefined || roles.has('kind')) return 0
    if (isOverTime(raw, roles)) return 0.4
    if (repeats(raw, device) > 0.1) return 0
    const known = telling.filter(role => roles.has(role)).length
    if (known < 2 || (isAnyNumber(device) && !ofDevices.some(role => roles.has(role)))) return 0
    return roles.has('time') && roles.has('value') ? 0.3 : Math.min(0.35 + 0.03 * known, 0.48)
  },

  map(raw, options) {
    const roles = rolesOfDevices(raw)
    const key = deviceKey(roles, options)
    const snapshots = snapshot(raw, roles, options, key)
    if (isOverTime(raw, roles) && snapshots.length > 0) return { targets: snapshots, refusals: [] }
    const columns = { ...key, ...fromRoles(roles, deviceColumns), ...adminState(raw, roles, options) }
    return { targets: [{ table: 'device', columns }, ...snapshots], refusals: [] }
  },
}

export default genericDevices

/** Roles that only a list of devices has; a table needs two of them. */
const telling: readonly Role[] = [
  ...(['state', 'lastSeen', 'created', 'activated', 'retired', 'product', 'nodeType'] as const),
  ...(['protocol', 'province', 'industry', 'organisation', 'parent', 'name'] as const),
]

/** Those that lists of places, persons or documents do not have. */
const ofDevices: readonly Role[] = [
  'state',
  'lastSeen',
  'activated',
  'product',
  'nodeType',
  'protocol',
  'parent',
]

/** A header that also numbers rows and things other than devices. */
function isAnyNumber(header: string): boolean {
  return /^(sn|sn码|序列号|serialnumber|serialno|assetid|clientid)$/.test(plainHeader(header))
}

const deviceColumns: Readonly<Record<string, Role>> = {
  parent_id: 'parent',
  product: 'product',
  protocol: 'protocol',
  province_code: 'province',
  industry_code: 'industry',
  org_id: 'organisation',
  created_at: 'created',
  activated_at: 'activated',
  retired_at: 'retired',
}

/** A bare `id` is a device's only in a table that says what it is, and when it was last seen or whether it is online. */
function rolesOfDevices(raw: RawTable): ReadonlyMap<Role, string> {
  const roles = rolesOf(raw)
  const id = raw.columns.find(header => /^(id|编号|编码)$/.test(plainHeader(header)))
  const named = roles.get('device')
  const isOfDevices = named !== undefined || roles.has('product') || roles.has('protocol')
  const hasLife = roles.has('state') || roles.has('lastSeen')
  if (id === undefined || !isOfDevices || !hasLife || (named && !isName(named))) return roles
  return new Map([...roles, ['device', id]])
}

function isName(header: string): boolean {
  return /^(devicename|设备名称|设备名)$/.test(plainHeader(header))
}

/** States at times: devices come again, or (in a long table the preview cannot tell) nothing else is said of them. */
function isOverTime(raw: RawTable, roles: ReadonlyMap<Role, string>): boolean {
  const device = roles.get('device')
  if (device === undefined || !roles.has('time') || !roles.has('state')) return false
  const saysMore = telling.some(role => role !== 'state' && role !== 'name' && roles.has(role))
  return !saysMore || repeats(raw, device) > 0.1
}

function stateKind(raw: RawTable): string {
  const header = rolesOfDevices(raw).get('state')
  if (header === undefined) return 'session'
  const values = previewValues(raw, header)
  const admin = [...stateWords.enabled, ...stateWords.disabled]
  if (/启用|enable/.test(plainHeader(header)) || share(values, value => isWord(admin, value)) === 1)
    return 'admin'
  const activity: readonly string[] = [...stateWords.active, '不活跃', '非活跃']
  const says = (words: readonly string[]) => values.some(value => isWord(words, value))
  return /活跃|active|activity/.test(plainHeader(header)) || says(activity) ? 'activity' : 'session'
}

function adminState(
  raw: RawTable,
  roles: ReadonlyMap<Role, string>,
  { state_kind }: Readonly<Record<string, string>>,
): Readonly<Record<string, Expression>> {
  const header = roles.get('state')
  if (header === undefined) return {}
  const text = sql`cast(${name(header)} as varchar)`
  const { enabled, disabled } = stateWords
  const { yes, no } = isTruth(raw, header) ? truthWords : { yes: [], no: [] }
  if (state_kind === 'admin') {
    const words = { enabled: [...enabled, ...yes], disabled: [...disabled, ...no] }
    return { admin_state: { sql: meaningOf(text, words), from: [header] } }
  }
  const is = sql`lower(trim(${text}))`
  const told = sql`case when ${is} in ${disabled} then 'disabled' when ${is} in ${enabled} then 'enabled' end`
  return { admin_state: { sql: told, from: [header] } }
}

function snapshot(
  raw: RawTable,
  roles: ReadonlyMap<Role, string>,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const header = roles.get('state')
  const times = (['lastSeen', 'activated', 'created'] as const).flatMap(role => roles.get(role) ?? [])
  const at = roles.get('time')
  const as_of = at === undefined || options.as_of?.trim() ? asOf(options, times) : column(at)
  if (header === undefined || options.state_kind === 'admin' || !as_of) return []
  const columns = {
    ...key,
    as_of,
    state: { sql: state(raw, header, options.state_kind), from: [header] },
    state_kind: constant(options.state_kind ?? 'session'),
    ...fromRoles(roles, { last_seen: 'lastSeen' }),
  }
  const known = at === undefined ? { when: sql`${as_of.sql} is not null` } : {}
  return [{ table: 'device_snapshot', ...known, columns }]
}

/** A device that is disabled, or about which nothing is said, is neither online nor offline. */
function state(raw: RawTable, header: string, kind: string | undefined): Sql {
  const { online, offline, never, unknown, enabled, disabled, active, inactive } = stateWords
  const { yes, no } = isTruth(raw, header) ? truthWords : { yes: [], no: [] }
  const lapsed = kind === 'activity' ? inactive : []
  const text = sql`coalesce(${blankAsNull(header)}, 'unknown')`
  return meaningOf(text, {
    online: [...online, ...active, ...yes],
    offline: [...offline, ...lapsed, ...no],
    never: kind === 'activity' ? never : [...never, ...inactive],
    unknown: [...unknown, ...enabled, ...disabled],
  })
}

/** Numbers are truth values only in a column that has nothing else. */
function isTruth(raw: RawTable, header: string): boolean {
  const truths: readonly string[] = [...truthWords.yes, ...truthWords.no]
  return share(previewValues(raw, header), value => isWord(truths, value)) === 1
}
