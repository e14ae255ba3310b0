import { name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { asOf, asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, lowerText, present } from '../raw-table.ts'

const connected = 'connectivity.connected'
const changedAt = 'connectivity.timestamp'

/** AWS IoT fleet index: the things that `search-index` on `AWS_Things` gives. */
const awsFleetIndex: Adapter = {
  id: 'aws-fleet-index',
  version: 1,
  name: { zh: 'AWS IoT 设备索引', en: 'AWS IoT fleet index' },
  source: 'https://docs.aws.amazon.com/iot/latest/apireference/API_SearchIndex.html',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasColumns(raw, 'thingName')) return 0
    return firstColumn(raw, 'thingId', 'thingTypeName', connected) ? 0.95 : 0
  },

  map(raw, options) {
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column('thingName') }
    const device: Target = {
      table: 'device',
      columns: { ...key, ...present(raw, { product: 'thingTypeName' }) },
    }
    return { targets: [device, ...snapshot(raw, options, key)], refusals: [] }
  },
}

export default awsFleetIndex

function snapshot(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const as_of = asOf(
    options,
    [changedAt].filter(time => raw.columns.includes(time)),
  )
  if (!raw.columns.includes(connected) || !as_of) return []
  const columns = {
    ...key,
    as_of,
    state: state(raw),
    state_kind: constant('session'),
    ...present(raw, { last_seen: changedAt }),
  }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}

/**
 * A thing that never connected is shown as disconnected, without the time of the change; the service may also leave
 * that time out a while after a disconnect, and the export cannot tell the two apart.
 */
function state(raw: RawTable): Expression {
  const hasTime = raw.columns.includes(changedAt)
  const changed = hasTime ? sql`cast(${name(changedAt)} as varchar)` : sql`null`
  return {
    sql: sql`case
      when ${lowerText(connected)} = 'true' then 'online'
      when ${lowerText(connected)} = 'false' and coalesce(${changed}, '') in ${['', '0']} then 'never'
      when ${lowerText(connected)} = 'false' then 'offline'
      else 'unknown'
    end`,
    from: hasTime ? [connected, changedAt] : [connected],
  }
}
