import { name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { asOf, asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present, previewValues } from '../raw-table.ts'

/**
 * EMQX: the clients that have a session (`GET /clients`), connected or kept for their return. Session state; a client
 * without a session is not in the list, so nothing can be said to have never connected. `created_at` is when the session
 * began, not the device. EMQX 4 writes times in the zone of its server without saying it. User names, addresses and
 * counters are not mapped.
 */
const emqxClients: Adapter = {
  id: 'emqx-clients',
  version: 1,
  name: { zh: 'EMQX 客户端列表', en: 'EMQX clients' },
  source: 'https://docs.emqx.com/en/emqx/latest/admin/api-docs.html',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasColumns(raw, 'clientid', 'connected')) return 0
    const states = previewValues(raw, 'connected')
    if (states.some(state => !/^(true|false)$/i.test(state))) return 0
    return firstColumn(raw, 'proto_name', 'proto_ver', 'is_bridge', 'clean_start', 'subscriptions_cnt')
      ? 0.95
      : 0
  },

  map(raw, options) {
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column('clientid') }
    const device: Target = {
      table: 'device',
      columns: { ...key, ...present(raw, { protocol: 'proto_name' }) },
    }
    return { targets: [device, ...snapshot(raw, options, key)], refusals: [] }
  },
}

export default emqxClients

function snapshot(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const times = ['connected_at', 'disconnected_at', 'created_at'].filter(time => raw.columns.includes(time))
  const as_of = asOf(options, times)
  if (!as_of) return []
  const state = sql`case ${lowerText('connected')} when 'true' then 'online' when 'false' then 'offline' else 'unknown' end`
  const columns = {
    ...key,
    as_of,
    state: { sql: state, from: ['connected'] },
    state_kind: constant('session'),
    last_seen: lastSeen(raw, as_of),
  }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}

/** A connected client is there as the list is made; one that left was there until then. */
function lastSeen(raw: RawTable, as_of: Expression): Expression {
  const left = raw.columns.includes('disconnected_at')
    ? sql`cast(${name('disconnected_at')} as varchar)`
    : sql`cast(null as varchar)`
  return {
    sql: sql`case ${lowerText('connected')} when 'true' then cast(${as_of.sql} as varchar)
      when 'false' then ${left} end`,
    from: ['connected', ...(raw.columns.includes('disconnected_at') ? ['disconnected_at'] : [])],
  }
}
