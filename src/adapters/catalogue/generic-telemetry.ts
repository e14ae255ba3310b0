import type { Adapter, AdapterOption, Cell, RawTable, Target } from '../adapter.ts'
import {
  columnOr,
  deviceKey,
  deviceOption,
  fromRoles,
  genericPlatformOption,
  genericZoneOption,
} from '../generic-options.ts'
import { previewValues } from '../raw-table.ts'
import {
  looksLikeNumber,
  looksLikeTime,
  plainHeader,
  type Role,
  rolesOf,
  share,
  splitUnit,
} from '../roles.ts'

const metricOption: AdapterOption = {
  name: { zh: '测点', en: 'Metric' },
  help: {
    zh: '表中只有一个数值列且没有测点列时，请填写它是什么测点。',
    en: 'Used where the table has one column of values and none that says of what.',
  },
  proposal: raw => splitUnit(rolesOf(raw).get('value') ?? 'value').label,
}

/**
 * Any table of measurements, known by the roles of its columns. Long: a time, a value, and a device and a metric, each
 * either a column or said by the person. Wide: a time and columns of numbers, each of them a metric named by its header,
 * with the unit that stands there in brackets. A value that is absent gives no row.
 */
const genericTelemetry: Adapter = {
  id: 'generic-telemetry',
  version: 2,
  name: { zh: '遥测数据（按列识别）', en: 'Telemetry (by column roles)' },
  source: 'src/adapters/role-names.ts',
  options: {
    platform_id: genericPlatformOption,
    device_id: deviceOption,
    metric: metricOption,
    zone: genericZoneOption,
  },

  recognise(raw) {
    const roles = rolesOf(raw)
    if (!roles.has('time') || roles.has('kind')) return 0
    const hasDevice = roles.has('device')
    if (isLong(raw, roles)) return roles.has('metric') ? (hasDevice ? 0.49 : 0.46) : hasDevice ? 0.45 : 0.4
    const isGiven = (header: string) => previewValues(raw, header).some(value => !isAbsent(value))
    const metrics = metricColumns(raw, roles).filter(isGiven)
    const known = [...roles.values(), ...metrics]
    const others = raw.columns.filter(
      header => !known.includes(header) && !isNumbering(header) && isGiven(header),
    )
    if (metrics.length === 0 || metrics.length < others.length) return 0
    return hasDevice ? 0.44 : 0.35
  },

  map(raw, options) {
    const roles = rolesOf(raw)
    const key = {
      ...deviceKey(roles, options),
      ...fromRoles(roles, { ts_event: 'time', ts_ingest: 'ingest' }),
    }
    const target = isLong(raw, roles) ? long(roles, options) : { cells: wide(raw, roles) }
    return {
      targets: [{ table: 'telemetry', ...target, columns: { ...key, ...target.columns } }],
      refusals: [],
    }
  },
}

export default genericTelemetry

type Part = Pick<Target, 'cells'> & { readonly columns?: Target['columns'] }

/** One value per row: it says of what, or no other column could be a measurement. */
function isLong(raw: RawTable, roles: ReadonlyMap<Role, string>): boolean {
  const value = roles.get('value')
  if (value === undefined) return false
  return roles.has('metric') || metricColumns(raw, roles).every(header => header === value)
}

function long(roles: ReadonlyMap<Role, string>, options: Readonly<Record<string, string>>): Part {
  const value = roles.get('value') ?? ''
  const { unit } = splitUnit(value)
  const said: Readonly<Record<string, string>> = unit !== null && !roles.has('unit') ? { unit } : {}
  return {
    columns: {
      metric: columnOr(roles.get('metric'), options.metric),
      ...fromRoles(roles, { unit: 'unit', quality: 'quality', seq: 'seq' }),
    },
    cells: [{ column: value, values: said }],
  }
}

function wide(raw: RawTable, roles: ReadonlyMap<Role, string>): readonly Cell[] {
  return metricColumns(raw, roles).map(header => {
    const { label, unit } = splitUnit(header)
    const values = unit === null ? { metric: label } : { metric: label, unit }
    return { column: header, values, absent: absentWords }
  })
}

/**
 * Columns of numbers or truth values that are no key, a word such as `ERR` here and there; one that is empty in the
 * preview may be a sensor that woke late.
 */
function metricColumns(raw: RawTable, roles: ReadonlyMap<Role, string>): readonly string[] {
  const keys = keyRoles.flatMap(role => roles.get(role) ?? [])
  return raw.columns.filter(header => {
    if (keys.includes(header) || isNumbering(header)) return false
    const values = previewValues(raw, header).filter(value => !isAbsent(value))
    return values.length === 0 || (share(values, isReading) >= 0.8 && !isFurtherTime(header, values))
  })
}

const keyRoles: readonly Role[] = ['device', 'platform', 'time', 'ingest', 'session', 'seq', 'parent', 'name']

/** Another time beside the one of the row, told by its header too: a counter may stand as high as an epoch number. */
function isFurtherTime(header: string, values: readonly string[]): boolean {
  return (
    /(时间|日期|时刻|time|date|timestamp|ts|at)$/.test(plainHeader(header)) &&
    share(values, looksLikeTime) === 1
  )
}

/** What stands in the cell of a sensor that said nothing; the columns would else not be taken for measurements. */
const absentWords = [
  ...['-', '--', '---', '/', '无', '空', '#N/A', 'N/A', 'n/a', 'NA', 'NULL', 'null', 'None', 'none'],
  ...['NaN', 'nan', 'NAN'],
]

function isAbsent(value: string): boolean {
  return value.trim() === '' || absentWords.includes(value.trim())
}

function isReading(value: string): boolean {
  return looksLikeNumber(value) || /^(true|false)$/i.test(value.trim())
}

/** Numbers that count, name or date a row, and measure nothing. */
function isNumbering(header: string): boolean {
  const plain = plainHeader(header)
  return (
    /(^|[^a-z])id$/i.test(header) ||
    /[a-z]I[dD]$/.test(header) ||
    /^(no|index|idx|row|rowno|rownumber|year|month|day|code|zip|序号|编号|编码|行号|年|月|日|column1|unnamed0?)$/.test(
      plain,
    )
  )
}
