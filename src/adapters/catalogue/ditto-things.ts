import { name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable, Target } from '../adapter.ts'
import { named } from '../named.ts'
import { asOf, asOfOption, platformOption, utcOption } from '../options.ts'
import { column, constant, hasColumns, present, previewValues } from '../raw-table.ts'
import { textToTimestamp, withoutSentinels } from '../times.ts'

/**
 * Eclipse Ditto things, as lists and search pages (`items[]`) give them. Attributes and the other features are free of
 * form and are not mapped. The snapshot is of the session that the feature `ConnectionStatus` tells of.
 */
const dittoThings: Adapter = {
  id: 'ditto-things',
  version: 1,
  name: { zh: 'Eclipse Ditto 物', en: 'Eclipse Ditto things' },
  source: 'https://eclipse.dev/ditto/connectivity-mapping.html#connectionstatus-mapper',
  options: { platform_id: platformOption, zone: utcOption, as_of: asOfOption },

  recognise(raw) {
    if (!hasColumns(raw, 'thingId')) return 0
    const ids = previewValues(raw, 'thingId')
    if (ids.length === 0 || !ids.every(id => /^[A-Za-z][\w.-]*:.+$|^:.+$/.test(id))) return 0
    return raw.columns.some(isOfThing) ? 0.95 : 0
  },

  map(raw, options) {
    const key = { platform_id: constant(options.platform_id ?? ''), device_id: column('thingId') }
    const known = present(raw, { product: 'definition', created_at: '_created' })
    const device: Target = { table: 'device', columns: { ...key, ...known } }
    return { targets: [device, ...snapshot(raw, options, key)], refusals: [] }
  },
}

export default dittoThings

function isOfThing(header: string): boolean {
  return /^(policyId|definition|_policy|_revision|_modified)$|^(attributes|features)(\.|$)/.test(header)
}

/** `readySince` or `readyUntil`, in the feature's `status` or, as its WoT model has it, right in its properties. */
function statusColumn(raw: RawTable, field: string): string | undefined {
  const ends = [`.ConnectionStatus.properties.status.${field}`, `.ConnectionStatus.properties.${field}`]
  const named = raw.columns.find(header => ends.some(end => `.${header}`.endsWith(end)))
  return (
    named ??
    raw.columns.find(header => new RegExp(`^features\\..+\\.properties\\.(status\\.)?${field}$`).test(header))
  )
}

/**
 * A connection is there until `readyUntil`, which is 9999-12-31T23:59:59Z for one without a planned end and the time of
 * the disconnect for one that ended. It may lie ahead, so the time of the snapshot is proposed without it: the latest
 * connect or change in the file, at which every state given here was true.
 */
function snapshot(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  key: Readonly<Record<string, Expression>>,
): readonly Target[] {
  const since = statusColumn(raw, 'readySince')
  const until = statusColumn(raw, 'readyUntil')
  const times = [since, '_modified', '_created'].filter(
    time => time !== undefined && raw.columns.includes(time),
  )
  const as_of = asOf(options, times as readonly string[])
  if (until === undefined || !as_of) return []
  const zone = options.zone ?? '+00:00'
  const at = as_of.type ? sql`cast(${as_of.sql} as timestamp)` : textToTimestamp(as_of.sql, zone)
  const end = endTime(until, zone)
  const begin = since === undefined ? sql`cast(null as timestamp)` : time(since, zone)
  const from = since === undefined ? [until] : [until, since]
  const moments = sql`struct_pack(ended := ${end}, began := ${begin}, at := ${at})`
  const last = sql`case when m.ended <= m.at then m.ended else m.began end`
  const seen = named(sql`m`, moments, () => withoutSentinels(last, zone))
  const columns = {
    ...key,
    as_of,
    state: {
      sql: named(
        sql`m`,
        moments,
        () => sql`case when m.ended is null or m.began > m.at then 'unknown'
          when m.ended > m.at then 'online' else 'offline' end`,
      ),
      from,
    },
    state_kind: constant('session'),
    last_seen: {
      sql: sql`cast(${seen} as timestamptz)`,
      type: 'timestamp' as const,
      from,
    },
  }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}

function time(header: string, zone: string): Sql {
  return textToTimestamp(sql`cast(${name(header)} as varchar)`, zone)
}

/** 9999-12-31 is a promise here and stays; 0001-01-01 and the epoch are no times. */
function endTime(header: string, zone: string): Sql {
  return named(
    sql`promised`,
    time(header, zone),
    end =>
      sql`case when ${end} >= timestamp '9999-12-30' then ${end} else ${withoutSentinels(end, zone)} end`,
  )
}
