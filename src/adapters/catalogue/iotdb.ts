import type { Adapter, Cell, RawTable } from '../adapter.ts'
import { platformOption, zoneOption } from '../options.ts'
import { column, constant, previewValues } from '../raw-table.ts'

const node = '(?:`(?:[^`]|``)+`|[^.`]+)'
/** At least a database, a device, or both in one, and a measurement below the root. */
const seriesPath = new RegExp(`^root(?:\\.${node})+\\.${node}$`, 'u')
const lastNode = new RegExp(`\\.(${node})$`, 'u')
const typed = /^(.*?)\s*\((BOOLEAN|INT32|INT64|FLOAT|DOUBLE|TEXT|STRING|BLOB|DATE|TIMESTAMP)\)$/iu
const textTypes = new Set(['TEXT', 'STRING', 'BLOB', 'BOOLEAN', 'DATE'])

/**
 * Apache IoTDB: CSV of `export-data` (`export-csv` before 1.3) from the tree model. Aligned by time, each column is a
 * series: the device is its path without the last node, the metric the last node. Aligned by device, the column
 * `Device` has the path and each other column is a metric. Types in the header are optional; a series declared as text
 * stays text. Quoting backticks belong to the path of a device, not to the name of a metric.
 *
 * Times are ISO 8601 with an offset, or epoch numbers of the server's precision, told by their magnitude; in a format of
 * the person's own they are in the zone of the client. Results of functions (`avg(root.…)`), exports of the table model
 * and TsFile are not for this adapter.
 */
const iotdb: Adapter = {
  id: 'iotdb',
  version: 1,
  name: { zh: 'Apache IoTDB 数据', en: 'Apache IoTDB data' },
  source: 'https://iotdb.apache.org/UserGuide/latest/Tools-System/Data-Export-Tool_apache.html',
  options: { platform_id: platformOption, zone: zoneOption(() => '+08:00') },

  recognise(raw) {
    const [time, ...series] = raw.columns
    if (time !== 'Time' || series.length === 0) return 0
    if (series[0] === 'Device') return isByDevice(raw) ? 0.95 : 0
    return series.every(header => seriesPath.test(untyped(header).label)) ? 0.95 : 0
  },

  map(raw, options) {
    const isAligned = !isByDevice(raw)
    const series = raw.columns.slice(isAligned ? 1 : 2)
    const key = {
      platform_id: constant(options.platform_id ?? ''),
      ...(isAligned ? {} : { device_id: column('Device') }),
      ts_event: column('Time'),
    }
    const cells = series.map(header => (isAligned ? alignedCell(header) : cell(header, {})))
    return { targets: [{ table: 'telemetry', columns: key, cells }], refusals: [] }
  },
}

export default iotdb

/** Without rows, only types in the header tell such a table from others. */
function isByDevice(raw: RawTable): boolean {
  const [, device, ...metrics] = raw.columns
  if (device !== 'Device' || metrics.length === 0) return false
  const paths = previewValues(raw, 'Device')
  return paths.length > 0
    ? paths.every(path => path.startsWith('root.'))
    : metrics.every(header => typed.test(header))
}

function alignedCell(header: string): Cell {
  const { label } = untyped(header)
  return cell(header, { device_id: label.replace(lastNode, '') })
}

function cell(header: string, values: Cell['values']): Cell {
  const { label, type } = untyped(header)
  const isText = type !== null && textTypes.has(type)
  const named = { column: header, values: { ...values, metric: metricIn(label) } }
  return isText ? { ...named, isText } : named
}

/** The last node of a path, or a name alone, without quoting backticks; a doubled one inside stands for one. */
function metricIn(path: string): string {
  const last = lastNode.exec(path)?.[1] ?? path
  return last.startsWith('`') && last.endsWith('`') ? last.slice(1, -1).replaceAll('``', '`') : last
}

function untyped(header: string): { readonly label: string; readonly type: string | null } {
  const [, label, type] = typed.exec(header) ?? []
  return label === undefined || type === undefined
    ? { label: header.trim(), type: null }
    : { label: label.trim(), type: type.toUpperCase() }
}
