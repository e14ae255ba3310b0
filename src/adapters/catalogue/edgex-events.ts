import type { ReadOptions } from '../../domain/file.ts'
import { name, sql } from '../../sql/sql.ts'
import type { Adapter, Expression, RawTable } from '../adapter.ts'
import { platformOption, utcOption } from '../options.ts'
import { column, constant, firstColumn, present, previewValues } from '../raw-table.ts'

/**
 * EdgeX Foundry core data: events with their readings, as the API, its pages (`events[]`, `readings[]`) and the message
 * bus give them, one row of telemetry per reading. `origin` is nanoseconds at the device. A reading of type `Binary` or
 * `Object` carries no value that a row could hold and is a reject; arrays stay text. Version 1 called the device
 * `device` and the resource `name`, and wrote `created` in milliseconds.
 */
const edgexEvents: Adapter = {
  id: 'edgex-events',
  version: 1,
  name: { zh: 'EdgeX 事件与读数', en: 'EdgeX events and readings' },
  source: 'https://github.com/edgexfoundry/edgex-go openapi/core-data.yaml',
  options: { platform_id: platformOption, zone: utcOption },

  recognise(raw) {
    if (eventsOf(raw)) return 0.95
    const type = valueTypeColumn(raw)
    if (type === undefined || !(readingOf(raw) || isListOfReadings(raw))) return 0
    const types = previewValues(raw, type)
    return types.length > 0 && types.every(isValueType) ? 0.95 : 0
  },

  /** A list of readings is read with what stands around it, which is their event where the document is one. */
  readAs(raw): ReadOptions {
    const events = eventsOf(raw)
    if (events) return { part: raw.part ? `${raw.part}.${events}[]` : `${events}[]` }
    if (raw.part === null) return {}
    return { part: isListOfReadings(raw) ? `$.${raw.part}` : raw.part }
  },

  map(raw, options) {
    const reading = readingOf(raw)
    if (!reading) return { targets: [], refusals: [] }
    const type = sql`coalesce(cast(${name(reading.valueType)} as varchar), '')`
    const columns = {
      platform_id: constant(options.platform_id ?? ''),
      device_id: firstOf(raw, reading.device),
      metric: column(reading.metric),
      ts_event: firstOf(raw, reading.origin),
      ...present(raw, { unit: `${reading.base}units`, ts_ingest: `${reading.base}created` }),
      ...values(raw, reading),
    }
    const bulky = {
      reason: 'not-allowed' as const,
      column: reading.valueType,
      when: sql`${type} in ('Binary', 'Object')`,
    }
    return { targets: [{ table: 'telemetry', columns }], refusals: [bulky] }
  },
}

export default edgexEvents

interface Reading {
  /** What stands before the names of the reading's own columns, such as `readings.`. */
  readonly base: string
  readonly valueType: string
  readonly metric: string
  /** Where the device and the time may stand, the reading's own first. */
  readonly device: readonly string[]
  readonly origin: readonly string[]
}

/** The path to the list of readings inside each row, where the rows are events; undefined where they are not. */
function eventsOf(raw: RawTable): string | undefined {
  const list = raw.columns.find(header => /^(.+\.)?readings$/.test(header))
  if (list === undefined) return undefined
  const before = list.slice(0, -'readings'.length)
  if (!firstColumn(raw, `${before}deviceName`, `${before}device`)) return undefined
  const lists = previewValues(raw, list)
  return lists.length > 0 && lists.every(text => /^\[\s*(\{.*"valueType"|\])/s.test(text)) ? list : undefined
}

/** True for the bare rows of `readings[]` in a document that is one object. */
function isListOfReadings(raw: RawTable): boolean {
  return (
    /^(?!\$)(.+\.)?readings\[\]$/.test(raw.part ?? '') &&
    firstColumn(raw, 'resourceName', 'name') !== undefined
  )
}

function valueTypeColumn(raw: RawTable): string | undefined {
  return raw.columns.find(header => /(^|\.)valueType$/.test(header))
}

/** The columns of a reading, whose event's columns stand one name higher. */
function readingOf(raw: RawTable): Reading | null {
  const valueType = valueTypeColumn(raw)
  if (valueType === undefined) return null
  const base = valueType.slice(0, -'valueType'.length)
  const above = base.replace(/readings\.$/, '')
  const metric = firstColumn(raw, `${base}resourceName`, `${base}name`)
  const names = (...fields: readonly string[]) =>
    [base, above]
      .flatMap(before => fields.map(field => before + field))
      .filter(known => raw.columns.includes(known))
  const device = names('deviceName', 'device')
  const origin = names('origin', 'created')
  if (metric === undefined || device.length === 0 || origin.length === 0) return null
  return { base, valueType, metric, device, origin }
}

const valueTypes = /^((Bool|String|U?[Ii]nt(8|16|32|64)|Float(32|64))(Array)?|Binary|Object)$/

function isValueType(text: string): boolean {
  return valueTypes.test(text)
}

/** The first of the columns that is not blank. */
function firstOf(raw: RawTable, headers: readonly string[]): Expression {
  const known = [...new Set(headers)].filter(header => raw.columns.includes(header))
  const [only] = known
  if (known.length === 1 && only !== undefined) return column(only)
  const texts = known.map(header => sql`nullif(cast(${name(header)} as varchar), '')`)
  return { sql: texts.reduceRight((rest, text) => sql`coalesce(${text}, ${rest})`), from: known }
}

/** Numbers go by the type of the reading, not by their look: the String `25` is text, an Int32 `x` is a reject. */
function values(raw: RawTable, { base, valueType }: Reading): Readonly<Record<string, Expression>> {
  const header = `${base}value`
  if (!raw.columns.includes(header)) return {}
  const isNumber = sql`regexp_full_match(coalesce(cast(${name(valueType)} as varchar), ''), '(U?[Ii]nt|Float)[0-9]+')`
  const text = sql`cast(${name(header)} as varchar)`
  return {
    value_num: { sql: sql`case when ${isNumber} then ${text} end`, from: [header] },
    value_text: { sql: sql`case when not ${isNumber} then ${text} end`, from: [header] },
  }
}
