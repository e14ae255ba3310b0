import { same } from '../../domain/phrase.ts'
import { join, name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, AdapterOption, Expression, RawTable, Target } from '../adapter.ts'
import { deviceOption } from '../generic-options.ts'
import { measured } from '../measured.ts'
import { platformOption, utcOption } from '../options.ts'
import { column, constant, hasColumns, previewValues } from '../raw-table.ts'

/** Names of tags that usually say the device, the most telling first. */
const deviceTags = [
  ...['device_id', 'deviceid', 'device', 'dev_id', 'devid', 'device_name', 'devicename', '设备编号', '设备'],
  ...['sensor_id', 'sensorid', 'sensor', 'machine_id', 'machine', 'equipment_id', 'equipment'],
  ...['asset_id', 'asset', 'thing', 'node_id', 'node', 'unit_id', 'station', 'host', 'hostname', 'id'],
]

const tagOption: AdapterOption = {
  name: { zh: '设备标签', en: 'Device tag' },
  help: {
    zh: '哪个标签是设备编号。选“无”时，所有数据都属于下面填写的设备。',
    en: 'The tag that says which device a point is of. With none, all points are of the device named below.',
  },
  proposal: raw => proposedTag(tagsOf(raw)),
  choices: raw => [
    { value: '', name: { zh: '无', en: 'None' } },
    ...tagsOf(raw).map(tag => ({ value: tag, name: same(tag) })),
  ],
}

/**
 * InfluxDB: results of queries as annotated CSV, the same without annotations or pivoted to one column per field, and
 * line protocol. The device is one tag, chosen by the person; the metric is `measurement.field`, followed by the name of
 * the result where the file holds several results of the same fields. A value goes by its declared type: a string stays
 * text even where it looks like a number. Points without a time, as aggregates give them, are rejects.
 */
const influxdb: Adapter = {
  id: 'influxdb',
  version: 1,
  name: { zh: 'InfluxDB 数据', en: 'InfluxDB data' },
  source: 'https://docs.influxdata.com/influxdb/v2/reference/syntax/annotated-csv/',
  options: { platform_id: platformOption, tag: tagOption, device_id: deviceOption, zone: utcOption },

  recognise(raw) {
    if (raw.format === 'line-protocol') return hasColumns(raw, 'measurement', 'time', 'field') ? 1 : 0
    if (hasColumns(raw, '_time', '_value', '_field')) return 0.98
    const isPivoted = hasColumns(raw, '_time', '_measurement') || hasColumns(raw, '_time', 'result', 'table')
    return isPivoted && fieldsOf(raw).length > 0 ? 0.9 : 0
  },

  map(raw, options) {
    const tag = options.tag && raw.columns.includes(options.tag) ? options.tag : null
    const key = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: tag === null ? constant(options.device_id ?? '') : column(tag),
    }
    const names = namesOf(raw)
    return { targets: [isLong(raw) ? long(raw, key, names) : pivoted(raw, key, tag)], refusals: [] }
  },
}

export default influxdb

type Columns = Readonly<Record<string, Expression>>

interface Names {
  readonly measurement: string
  readonly field: string
  readonly value: string
  readonly time: string
  readonly type: string
}

const lineNames: Names = {
  measurement: 'measurement',
  field: 'field',
  value: 'value',
  time: 'time',
  type: 'datatype',
}
const queryNames: Names = {
  measurement: '_measurement',
  field: '_field',
  value: '_value',
  time: '_time',
  type: '_datatype',
}

function namesOf(raw: RawTable): Names {
  return raw.format === 'line-protocol' ? lineNames : queryNames
}

function isLong(raw: RawTable): boolean {
  const { value, field } = namesOf(raw)
  return hasColumns(raw, value, field)
}

/** Columns that are neither the service's own nor without a name. */
function ownColumns(raw: RawTable): readonly string[] {
  const fixed: readonly string[] =
    raw.format === 'line-protocol'
      ? Object.values(lineNames)
      : ['result', 'table', ...Object.values(queryNames)]
  const isPlain = (header: string) => !fixed.includes(header) && header !== '_start' && header !== '_stop'
  return raw.columns.filter(header => isPlain(header) && !/^column_\d+$/.test(header))
}

/** Pivoted results do not tell fields from tags: columns of numbers or truth values are taken for fields. */
function fieldsOf(raw: RawTable): readonly string[] {
  const isMeasured = (text: string) => /^([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|true|false)$/i.test(text)
  return ownColumns(raw).filter(header => {
    const values = previewValues(raw, header).filter(text => text !== '')
    return values.length > 0 && values.every(isMeasured) && !deviceTags.includes(header.toLowerCase())
  })
}

function tagsOf(raw: RawTable): readonly string[] {
  const fields = isLong(raw) ? [] : fieldsOf(raw)
  return ownColumns(raw).filter(header => !fields.includes(header))
}

function proposedTag(tags: readonly string[]): string {
  const known = deviceTags.flatMap(wanted => tags.find(tag => tag.toLowerCase() === wanted) ?? [])
  return known[0] ?? (tags.length === 1 ? (tags[0] ?? '') : '')
}

function long(raw: RawTable, key: Columns, names: Names): Target {
  return {
    table: 'telemetry',
    columns: { ...key, metric: metric(raw, names), ts_event: column(names.time), ...value(raw, names) },
  }
}

function metric(raw: RawTable, { measurement, field }: Names): Expression {
  const from = [measurement, field].filter(header => raw.columns.includes(header))
  const path = sql`concat_ws('.', ${join(from.map(text))})`
  const full = raw.columns.includes('result') ? sql`${path} || ${resultSuffix}` : path
  return { sql: sql`case when ${text(field)} is not null then ${full} end`, type: 'text', from }
}

/** Several results of one query may hold the same fields, a mean and a maximum for instance. */
const resultSuffix = sql`case
  when min(${text('result')}) over () <> max(${text('result')}) over () then ' (' || ${text('result')} || ')' else '' end`

function value(raw: RawTable, { value: header, type }: Names): Columns {
  const { value_num, value_text } = measured(header)
  if (!raw.columns.includes(type)) return { value_num, value_text }
  const isString = sql`coalesce(${text(type)} = 'string', false)`
  return {
    value_num: {
      ...value_num,
      sql: sql`case when not ${isString} then ${value_num.sql} end`,
      from: [header, type],
    },
    value_text: {
      ...value_text,
      sql: sql`case when ${isString} then cast(${name(header)} as varchar) else ${value_text.sql} end`,
      from: [header, type],
    },
  }
}

/** The measurement of a pivoted table can be part of the metric only where the whole table is of one. */
function pivoted(raw: RawTable, key: Columns, tag: string | null): Target {
  const measurements = [...new Set(previewValues(raw, '_measurement'))]
  const [only] = measurements
  const prefix = measurements.length === 1 && only !== undefined ? `${only}.` : ''
  const cells = fieldsOf(raw)
    .filter(header => header !== tag)
    .map(header => ({ column: header, values: { metric: prefix + header } }))
  return { table: 'telemetry', columns: { ...key, ts_event: column('_time') }, cells }
}

function text(header: string): Sql {
  return sql`nullif(cast(${name(header)} as varchar), '')`
}
