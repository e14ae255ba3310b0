import { join, name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable } from '../adapter.ts'
import { known, speaks } from '../device-list.ts'
import { platformOption, utcOption } from '../options.ts'
import { blankAsNull, column, constant, firstColumn, present, previewValues } from '../raw-table.ts'
import { reasonClass } from '../reasons.ts'

/** What the client itself does shows that it is alive; what is delivered to it does not. */
const kinds = {
  'client.connected': 'connect',
  'client.disconnected': 'disconnect',
  'session.subscribed': 'activity',
  'session.unsubscribed': 'activity',
  'client.subscribe': 'activity',
  'client.unsubscribe': 'activity',
  'message.publish': 'activity',
  'message.acked': 'activity',
  'client.ping': 'activity',
} as const

/** Events of the rule engine that are no connection, disconnection or activity of the client: rejects. */
const others = {
  'client.connack': '',
  'client.connect': '',
  'client.check.authz.complete': '',
  'client.check.authn.complete': '',
  'client.check.acl.complete': '',
  'session.terminated': '',
  'message.delivered': '',
  'message.dropped': '',
  'delivery.dropped': '',
}

/**
 * EMQX events of clients, stored by a rule (`event`, `$events/client_connected`), a webhook of EMQX 4 (`action`) or the
 * presence messages of `$SYS` (neither: `disconnected_at` tells them apart). Session events: `connected_at` or
 * `disconnected_at` is the event, `timestamp` (`ts`) when the broker told it. There is no session id and no sequence.
 * User names, addresses and client attributes are not mapped.
 */
const emqxEvents: Adapter = {
  id: 'emqx-events',
  version: 1,
  name: { zh: 'EMQX 客户端事件', en: 'EMQX client events' },
  source: 'https://docs.emqx.com/en/emqx/latest/data-integration/rule-sql-events-and-fields.html',
  options: { platform_id: platformOption, zone: utcOption },

  recognise(raw) {
    if (!raw.columns.includes('clientid') || raw.columns.includes('connected')) return 0
    const event = eventColumn(raw)
    if (event !== undefined) return speaksEmqx(raw, event) ? 0.95 : 0
    const time = firstColumn(raw, 'connected_at', 'disconnected_at')
    const mark = firstColumn(raw, 'reason', 'proto_ver', 'keepalive', 'peername', 'ts')
    return time !== undefined && mark !== undefined ? 0.85 : 0
  },

  map(raw, options) {
    const columns = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: column('clientid'),
      kind: kindOf(raw),
      ...known(times(raw)),
      ...present(raw, { reason_raw: 'reason', node: 'node' }),
      ...(raw.columns.includes('reason') ? { reason_class: reasonClass('reason') } : {}),
    }
    return { targets: [{ table: 'conn_event', columns }], refusals: [] }
  },
}

export default emqxEvents

function eventColumn(raw: RawTable): string | undefined {
  return firstColumn(raw, 'event', 'action')
}

function speaksEmqx(raw: RawTable, event: string): boolean {
  const spelled = previewValues(raw, event).map(value => [
    value.toLowerCase().replace('$events/', '').replaceAll(/[/_]/g, '.'),
  ])
  if (spelled.length === 0) return false
  return speaks({ ...raw, columns: [event], preview: spelled }, event, { ...kinds, ...others })
}

/** `$events/client_connected`, `client_connected`, `$events/client/connected` and `client.connected` are one event. */
function spelling(event: string): Sql {
  const text = sql`lower(trim(cast(${name(event)} as varchar)))`
  return sql`translate(replace(${text}, '$events/', ''), '/_', '..')`
}

function kindOf(raw: RawTable): Expression {
  const event = eventColumn(raw)
  if (event === undefined) {
    const left = text(raw, 'disconnected_at')
    const kind = sql`case when ${left} is not null then 'disconnect'
      when ${text(raw, 'connected_at')} is not null then 'connect' end`
    return { sql: kind, type: 'text', from: timeColumns(raw) }
  }
  const cases = Object.entries(kinds).map(([word, kind]) => sql`when ${word} then ${kind}`)
  return { sql: sql`case ${spelling(event)} ${join(cases, ' ')} else ${text(raw, event)} end`, from: [event] }
}

/** The event's own time, else the broker's; the broker's is told apart only where the event's own is there. */
function times(raw: RawTable): Readonly<Record<string, Expression | null>> {
  const kind = kindOf(raw).sql
  const own = sql`case ${kind} when 'disconnect' then ${text(raw, 'disconnected_at')}
    when 'connect' then ${text(raw, 'connected_at')} end`
  const told = firstColumn(raw, 'timestamp', 'ts')
  const from = timeColumns(raw)
  if (told === undefined) return { ts_event: { sql: own, from }, ts_ingest: null }
  return {
    ts_event: { sql: sql`coalesce(${own}, ${text(raw, told)})`, from: [...from, told] },
    ts_ingest: { sql: sql`case when ${own} is not null then ${text(raw, told)} end`, from: [told] },
  }
}

function timeColumns(raw: RawTable): readonly string[] {
  return ['connected_at', 'disconnected_at'].filter(time => raw.columns.includes(time))
}

/** A column as text, blank as null; null where it is not there. */
function text(raw: RawTable, header: string): Sql {
  if (!raw.columns.includes(header)) return sql`cast(null as varchar)`
  return blankAsNull(header)
}
