import type { ReadOptions } from '../../domain/file.ts'
import type { Adapter, RawTable } from '../adapter.ts'
import { columnOr, deviceOption } from '../generic-options.ts'
import { measured } from '../measured.ts'
import { platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, hasColumns, previewValues } from '../raw-table.ts'
import { entityColumn, isEpochMillis } from '../thingsboard.ts'

/** The key of a series read through `{}[]`. */
const seriesKey = '$key'

/**
 * ThingsBoard time series. The answer of the REST API, `{"temperature":[{"ts":…,"value":"25"}],…}`, is of one device
 * that it does not name; rows of `ts`, `key` and `value` may name it; the CSV of a time series table has one column
 * per key behind `Timestamp`. Values are strings by default (`useStrictDataTypes=false`): what reads as a number is one.
 * `ts` is milliseconds; the table writes times in the zone of the browser.
 */
const thingsboardTelemetry: Adapter = {
  id: 'thingsboard-telemetry',
  version: 1,
  name: { zh: 'ThingsBoard 遥测', en: 'ThingsBoard telemetry' },
  source: 'https://thingsboard.io/docs/user-guide/telemetry/',
  options: { platform_id: platformOption, device_id: deviceOption, zone: utcOption },

  recognise(raw) {
    if (isOneSeries(raw)) return 0.9
    if (hasColumns(raw, 'ts', 'value') && isEpochMillis(raw, 'ts')) {
      if (raw.columns.includes(seriesKey)) return 0.95
      return raw.columns.includes('key') && raw.columns.length <= (entityColumn(raw) ? 8 : 3) ? 0.85 : 0
    }
    return isTable(raw) ? (entityColumn(raw) ? 0.7 : 0.42) : 0
  },

  readAs(raw): ReadOptions {
    return isOneSeries(raw) || raw.part === '{}[]' ? { part: '{}[]' } : {}
  },

  map(raw, options) {
    const key = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: columnOr(entityColumn(raw), options.device_id),
    }
    const metric = firstColumn(raw, seriesKey, 'key')
    if (metric === undefined) {
      const columns = { ...key, ts_event: column('Timestamp') }
      return { targets: [{ table: 'telemetry', columns, cells: metricsOf(raw).map(cell) }], refusals: [] }
    }
    const columns = { ...key, metric: column(metric), ts_event: column('ts'), ...measured('value') }
    return { targets: [{ table: 'telemetry', columns }], refusals: [] }
  },
}

export default thingsboardTelemetry

/** A document with one series, which is read as a plain list. */
function isOneSeries(raw: RawTable): boolean {
  const isList = raw.format === 'json' && raw.part !== null && /^[^.[\]{}]+\[\]$/.test(raw.part)
  return isList && raw.columns.toSorted().join() === 'ts,value' && isEpochMillis(raw, 'ts')
}

/** `Timestamp` first, times as the widget writes them, and nothing but measurements and the names of the entity. */
function isTable(raw: RawTable): boolean {
  if (raw.columns[0] !== 'Timestamp' || hasColumns(raw, 'ts')) return false
  const times = previewValues(raw, 'Timestamp')
  if (times.length === 0 || !times.every(time => /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/.test(time)))
    return false
  const metrics = metricsOf(raw)
  const isNumeric = (header: string) =>
    previewValues(raw, header).some(value => /^[+-]?\d+([.,]\d+)?$/.test(value))
  return metrics.length > 0 && metrics.some(isNumeric)
}

function metricsOf(raw: RawTable): readonly string[] {
  const names = /^(timestamp|entity (name|label|type|id)|entity(name|label|type|id))$/i
  return raw.columns.filter(header => !names.test(header) && header !== entityColumn(raw))
}

function cell(header: string) {
  return { column: header, values: { metric: header } }
}
