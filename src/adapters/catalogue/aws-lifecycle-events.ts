import { name, sql } from '../../sql/sql.ts'
import type { Adapter, AdapterOption, Expression, RawTable } from '../adapter.ts'
import { firstFilled, known, speaks, translated } from '../device-list.ts'
import { platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present, previewValues } from '../raw-table.ts'
import { reasonClass } from '../reasons.ts'

const kinds = {
  connected: 'connect',
  disconnected: 'disconnect',
  subscribed: 'activity',
  unsubscribed: 'activity',
} as const

const deviceOption: AdapterOption = {
  name: { zh: '设备编号取自', en: 'Device id from' },
  help: {
    zh: '设备清单以物品名称为准；仅当客户端启用“专有物品”时事件才带物品名称，否则使用客户端编号。',
    en: 'Lists of things go by thing name, which events carry for exclusive things alone; others keep the client id.',
  },
  proposal: () => 'clientId',
  choices: raw => [
    { value: 'clientId', name: { zh: '客户端编号（clientId）', en: 'Client id (clientId)' } },
    ...(raw.columns.includes('thingName')
      ? [{ value: 'thingName', name: { zh: '物品名称（thingName）', en: 'Thing name (thingName)' } }]
      : []),
  ],
}

/**
 * AWS IoT Core lifecycle events (`$aws/events/presence/…`, `$aws/events/subscriptions/…`) as a rule stores them. Session
 * events; subscribing counts as activity. They may be disordered and delivered twice: every delivery is kept, `seq` is
 * `versionNumber`, which the connect and the disconnect of one connection share. A failed attempt to connect is no
 * connection and becomes a reject. `timestamp` is accurate to two minutes. Addresses and principals are not mapped.
 */
const awsLifecycleEvents: Adapter = {
  id: 'aws-lifecycle-events',
  version: 1,
  name: { zh: 'AWS IoT 生命周期事件', en: 'AWS IoT lifecycle events' },
  source: 'https://docs.aws.amazon.com/iot/latest/developerguide/life-cycle-events.html',
  options: { platform_id: platformOption, device: deviceOption, zone: utcOption },

  recognise(raw) {
    if (!hasColumns(raw, 'clientId', 'eventType', 'timestamp')) return 0
    if (previewValues(raw, 'eventType').length === 0) return 0
    if (!speaks(raw, 'eventType', { ...kinds, connect_failed: '' })) return 0
    return firstColumn(raw, 'sessionIdentifier', 'principalIdentifier', 'versionNumber') ? 0.95 : 0
  },

  map(raw, options) {
    const device = options.device === 'thingName' ? firstFilled(raw, 'thingName', 'clientId') : null
    const columns = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: device ?? column('clientId'),
      ts_event: column('timestamp'),
      kind: translated('eventType', kinds),
      ...present(raw, {
        session_id: 'sessionIdentifier',
        seq: 'versionNumber',
        reason_raw: 'disconnectReason',
      }),
      ...known({ reason_class: reason(raw) }),
    }
    return { targets: [{ table: 'conn_event', columns }], refusals: [] }
  },
}

export default awsLifecycleEvents

/** Where no reason is given, `clientInitiatedDisconnect` still tells that the client meant to go. */
function reason(raw: RawTable): Expression | null {
  const given = raw.columns.includes('disconnectReason') ? reasonClass('disconnectReason') : null
  const flag = 'clientInitiatedDisconnect'
  if (!raw.columns.includes(flag)) return given
  const meant = sql`case when ${lowerText(flag)} = 'true' and ${isDisconnect} then 'planned' end`
  return {
    sql: given ? sql`coalesce(${given.sql}, ${meant})` : meant,
    type: 'text',
    from: [...(given?.from ?? []), flag],
  }
}

const isDisconnect = sql`lower(cast(${name('eventType')} as varchar)) = 'disconnected'`
