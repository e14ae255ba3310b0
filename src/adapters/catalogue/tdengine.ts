import type { Adapter, AdapterOption, RawTable } from '../adapter.ts'
import { platformOption, zoneOption } from '../options.ts'
import { column, constant, firstColumn, previewValues } from '../raw-table.ts'

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu
/** What the first column holds: a date with a time, or an epoch number of ms, µs or ns. */
const time = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d.*|[1-9]\d{11,18})$/u
/** `tbname` is the pseudo-column that names the sub-table, of which there is one per device. */
const deviceNames = ['tbname', 'devid', 'dev_id', 'deviceid', 'device_id', 'device', 'sn', 'imei']
/** The tag of the sample data; a number that measures nothing. */
const groupNames = new Set(['groupid', 'group_id', 'devgroup'])
/** Columns of long tables: one value per row, of which another column says what it is. */
const longTables = ['metric', 'key', 'value', 'point', 'tag']
/** As the `taos` shell writes an absent value. */
const absent = ['NULL']

const deviceOption: AdapterOption = {
  name: { zh: '设备列', en: 'Device column' },
  help: {
    zh: '哪一列是设备：子表名 tbname，或某个标签列。',
    en: 'Which column is the device: the name of the sub-table (tbname), or a tag.',
  },
  proposal: raw => deviceColumn(raw) ?? '',
}

const metricsOption: AdapterOption = {
  name: { zh: '测点列', en: 'Columns of measurements' },
  help: {
    zh: '以逗号分隔。CSV 不区分测点与标签：默认取 ts 之后的数值列，请去掉其中的标签列。',
    en: 'Parted by commas. A CSV does not tell measurements from tags: proposed are the numeric columns after ts; remove those that are tags.',
  },
  proposal: raw => measuredColumns(raw).join(','),
}

/**
 * TDengine: CSV of the `taos` shell (`select tbname, * from … >> file`), or of a super-table flattened with its tags
 * before `ts`. Nothing in the file tells tags from measurements: `select *` puts the tags last, a flattened table first.
 * Columns before `ts` are taken for tags, numeric columns after it for measurements, unless the person says otherwise;
 * tags are not imported, since every row repeats them. Booleans are 1 and 0. Times without an offset are in the zone of
 * the client that wrote them. A table without a column that names the device is left to the generic adapter.
 */
const tdengine: Adapter = {
  id: 'tdengine',
  version: 1,
  name: { zh: 'TDengine 数据', en: 'TDengine data' },
  source: 'https://docs.tdengine.com/tdengine-reference/tools/tdengine-cli/',
  options: {
    platform_id: platformOption,
    device: deviceOption,
    metrics: metricsOption,
    zone: zoneOption(() => '+08:00'),
  },

  recognise(raw) {
    const device = deviceColumn(raw)
    const time = timeColumn(raw)
    if (device === undefined || time === undefined || firstColumn(raw, ...longTables)) return 0
    if (!measuredColumns(raw).some(header => written(raw, header).length > 0)) return 0
    if (device === 'tbname') return 0.9
    const tags = raw.columns.slice(0, raw.columns.indexOf(time))
    return tags.length >= 2 && tags.includes(device) ? 0.6 : 0
  },

  map(raw, options) {
    const chosen = (options.metrics ?? '').split(',').map(header => header.trim())
    const found = raw.columns.filter(header => chosen.includes(header))
    const metrics = found.length > 0 ? found : measuredColumns(raw)
    const device = raw.columns.includes(options.device ?? '') ? options.device : deviceColumn(raw)
    const columns = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: column(device ?? 'tbname'),
      ts_event: column(timeColumn(raw) ?? 'ts'),
    }
    const cells = metrics.map(metric => ({ column: metric, values: { metric }, absent }))
    return { targets: [{ table: 'telemetry', columns, cells }], refusals: [] }
  },
}

export default tdengine

/** `ts`; beside `tbname` the first column of times, whatever it is called. */
function timeColumn(raw: RawTable): string | undefined {
  const candidates = raw.columns.includes('tbname') ? ['ts', ...raw.columns] : ['ts']
  return candidates.find(header => {
    const values = written(raw, header)
    return values.length > 0 && values.every(value => time.test(value))
  })
}

function deviceColumn(raw: RawTable): string | undefined {
  return deviceNames
    .map(known => raw.columns.find(header => header.toLowerCase() === known))
    .find(header => header !== undefined)
}

/** Numeric columns after the time, those that are absent throughout the preview among them. */
function measuredColumns(raw: RawTable): readonly string[] {
  const after = raw.columns.slice(raw.columns.indexOf(timeColumn(raw) ?? 'ts') + 1)
  return after.filter(
    header =>
      header !== deviceColumn(raw) &&
      !groupNames.has(header.toLowerCase()) &&
      written(raw, header).every(value => number.test(value)),
  )
}

/** The values of a column that are there, without blanks around them. */
function written(raw: RawTable, header: string): readonly string[] {
  return previewValues(raw, header)
    .map(value => value.trim())
    .filter(value => value !== '' && !absent.includes(value))
}
