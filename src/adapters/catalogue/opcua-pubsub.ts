import type { ReadOptions } from '../../domain/file.ts'
import { join, name, type Sql, sql } from '../../sql/sql.ts'
import type { Adapter, AdapterOption, Expression, Mapping, RawTable } from '../adapter.ts'
import { measuredText } from '../measured.ts'
import { platformOption, utcOption } from '../options.ts'
import { constant, previewValues } from '../raw-table.ts'

const deviceOption: AdapterOption = {
  name: { zh: '什么算一台设备', en: 'What is one device' },
  help: {
    zh: 'OPC UA 消息没有设备编号：可取发布者（PublisherId）、数据集写入者（DataSetWriterId），或两者合起来。',
    en: 'OPC UA messages name no device: take the publisher (PublisherId), the data set writer (DataSetWriterId), or both together.',
  },
  proposal: () => 'both',
  choices: [
    { value: 'both', name: { zh: '发布者/写入者', en: 'Publisher/writer' } },
    { value: 'publisher', name: { zh: '发布者', en: 'Publisher' } },
    { value: 'writer', name: { zh: '写入者', en: 'Writer' } },
  ],
}

/**
 * OPC UA PubSub JSON (Part 14, 7.2.5): network messages, or data set messages alone, one row of telemetry per field of
 * a payload; also the `Samples` messages of Azure OPC Publisher, one row each, whose metric is the node id and whose
 * device is the server. Delta frames and key frames are read alike; a keep-alive has no payload and is a reject of the
 * reader; events (`ua-event`, `ua-condition`) are no measurements, and structured values no scalars: both are rejects.
 * The server's timestamp is the clock of the OPC UA server and no ingest time, so that only the enqueued time of an
 * IoT hub is stored as such. Sequence numbers are those of the messages, 16 or 32 bits wide, and wrap.
 */
const opcuaPubsub: Adapter = {
  id: 'opcua-pubsub',
  version: 1,
  name: { zh: 'OPC UA PubSub JSON 消息', en: 'OPC UA PubSub JSON messages' },
  source: 'https://reference.opcfoundation.org/Core/Part14/v105/docs/7.2.5',
  options: { platform_id: platformOption, device: deviceOption, zone: utcOption },

  recognise(raw) {
    return batchOf(raw) !== undefined ||
      samplesOf(raw) !== undefined ||
      fieldOf(raw) !== undefined ||
      pathTo(raw) !== undefined
      ? 0.95
      : 0
  },

  readAs(raw): ReadOptions {
    const path = batchOf(raw) ?? pathTo(raw)
    if (path !== undefined) return { part: path }
    return raw.part === null ? {} : { part: raw.part }
  },

  map(raw, options) {
    const samples = samplesOf(raw)
    if (samples !== undefined) return samplesMapping(raw, samples, options)
    const field = fieldOf(raw)
    return field === undefined ? { targets: [], refusals: [] } : fieldMapping(raw, field, options)
  },
}

export default opcuaPubsub

/** The path into a batch of messages, which Azure IoT tools show as a list in `body`. */
function batchOf(raw: RawTable): string | undefined {
  const body = raw.columns.find(header => /^body$/i.test(header))
  const batches = body === undefined ? [] : previewValues(raw, body)
  if (batches.length === 0 || !batches.every(text => /^\[\s*\{/.test(text))) return undefined
  if (batches.some(text => /"Messages"\s*:/.test(text))) return `${body}[].Messages[].Payload{}`
  return batches.every(text => /"NodeId"\s*:.*"SourceTimestamp"\s*:/s.test(text)) ? `${body}[]` : undefined
}

/** The path to the fields of the payloads, where the table's rows are messages; undefined where they are not. */
function pathTo(raw: RawTable): string | undefined {
  const below = raw.part ? `${raw.part}.` : ''
  const list = raw.columns.find(header => /(^|\.)Messages$/.test(header))
  if (list !== undefined && previewValues(raw, list).some(text => /"(Payload|DataSetWriterId)"/.test(text))) {
    return `${below}${list}[].Payload{}`
  }
  const payload = raw.columns.find(header => /(^|\.)Payload\.[^$]/.test(header))
  if (payload === undefined || fieldOf(raw) !== undefined) return undefined
  const base = payload.slice(0, payload.search(/(^|(?<=\.))Payload\./))
  const isMessage = ['DataSetWriterId', 'DataSetWriterName', 'MetaDataVersion.MajorVersion'].some(header =>
    raw.columns.includes(base + header),
  )
  return isMessage ? `${below}${base}Payload{}` : undefined
}

/** What stands before `Payload.$key`, where each row is one field of a payload. */
function fieldOf(raw: RawTable): string | undefined {
  const key = raw.columns.find(header => /(^|\.)Payload\.\$key$/.test(header))
  return key?.slice(0, -'Payload.$key'.length)
}

/** What stands before `NodeId`, where each row is a sample of Azure OPC Publisher. */
function samplesOf(raw: RawTable): string | undefined {
  const node = raw.columns.find(header => /(^|\.)NodeId$/.test(header))
  const base = node?.slice(0, -'NodeId'.length)
  if (base === undefined || node === undefined) return undefined
  const isNode = (id: string) => /^((nsu|ns|svr)=[^;]+;)*[isgb]=.|^https?:\/\/.+#[isgb]=/.test(id)
  const isSample = ['Value.SourceTimestamp', 'Value.Value'].some(header =>
    raw.columns.includes(base + header),
  )
  return isSample && previewValues(raw, node).every(isNode) ? base : undefined
}

function fieldMapping(raw: RawTable, message: string, options: Readonly<Record<string, string>>): Mapping {
  const network = message.replace(/Messages\.$/, '')
  const value = `${message}Payload`
  const times = [
    `${value}.SourceTimestamp`,
    `${value}.ServerTimestamp`,
    `${message}Timestamp`,
    `${network}Timestamp`,
  ]
  const publisher = [`${message}PublisherId`, `${network}PublisherId`]
  const writer = [`${message}DataSetWriterId`, `${message}DataSetWriterName`]
  const type = first(raw, [`${message}MessageType`])
  return {
    targets: [
      {
        table: 'telemetry',
        columns: {
          platform_id: constant(options.platform_id ?? ''),
          device_id: device(raw, publisher, writer, options.device),
          metric: first(raw, [`${value}.$key`]),
          ts_event: first(raw, times),
          ts_ingest: enqueued(raw),
          seq: first(raw, [`${message}SequenceNumber`]),
          quality: quality(raw, value, [`${message}Status`]),
          ...measuredValue(raw, [
            `${value}.Value.Body`,
            `${value}.Value.Value`,
            `${value}.Value`,
            `${value}.Body`,
            value,
          ]),
        },
      },
    ],
    refusals: [
      ...type.from.map(header => ({
        reason: 'not-allowed' as const,
        column: header,
        when: sql`coalesce(${type.sql}, '') in ('ua-event', 'ua-condition')`,
      })),
      ...structured(raw, value),
    ],
  }
}

function samplesMapping(raw: RawTable, base: string, options: Readonly<Record<string, string>>): Mapping {
  const value = `${base}Value`
  const columns = {
    platform_id: constant(options.platform_id ?? ''),
    device_id: first(raw, [
      `${base}ApplicationUri`,
      `${base}EndpointUrl`,
      `${base}ExtensionFields.PublisherId`,
    ]),
    metric: first(raw, [`${base}NodeId`]),
    ts_event: first(raw, [`${value}.SourceTimestamp`, `${value}.ServerTimestamp`, `${base}Timestamp`]),
    ts_ingest: enqueued(raw),
    seq: first(raw, [`${base}SequenceNumber`]),
    quality: quality(raw, value, [`${base}Status`]),
    ...measuredValue(raw, [`${value}.Value.Body`, `${value}.Value.Value`, `${value}.Value`]),
  }
  return { targets: [{ table: 'telemetry', columns }], refusals: structured(raw, value) }
}

/** The first of the columns that the table has and that is not blank. */
function first(raw: RawTable, headers: readonly string[]): Expression {
  const known = headers.filter(header => raw.columns.includes(header))
  const texts = known.map(header => sql`nullif(cast(${name(header)} as varchar), '')`)
  return { sql: texts.length === 0 ? sql`null` : sql`coalesce(${join(texts)})`, from: known }
}

function device(
  raw: RawTable,
  publishers: readonly string[],
  writers: readonly string[],
  which: string | undefined,
): Expression {
  const publisher = first(raw, publishers)
  const writer = first(raw, writers)
  if (which === 'publisher') return publisher
  if (which === 'writer') return writer
  const both = sql`nullif(concat_ws('/', ${publisher.sql}, ${writer.sql}), '')`
  return { sql: both, from: [...publisher.from, ...writer.from] }
}

/** When an Azure IoT hub took the message in, where the export came through one. */
function enqueued(raw: RawTable): Expression {
  return first(raw, ['EnqueuedTimeUtc', 'enqueuedTimeUtc'])
}

/** The symbol of the status code, else its number; a code that is left out is `Good` (Part 6, 5.4.2.18). */
function quality(raw: RawTable, value: string, message: readonly string[]): Expression {
  const codes = (base: string) => [`${base}.Symbol`, `${base}.Code`, base]
  const own = first(raw, [`${value}.StatusCode`, `${value}.Status`].flatMap(codes))
  const all = first(raw, [...own.from, ...message.flatMap(codes)])
  if (all.from.length === 0) return { sql: sql`null`, from: [] }
  const given: Sql = own.from.length === 0 ? all.sql : sql`coalesce(${all.sql}, 'Good')`
  return { sql: sql`case when ${given} = '0' then 'Good' else ${given} end`, from: all.from }
}

function measuredValue(raw: RawTable, headers: readonly string[]): Readonly<Record<string, Expression>> {
  const { sql: text, from } = first(raw, headers)
  return { ...measuredText(text, from) }
}

const dataValue =
  /^(\$key|UaType|Type|Body|Dimensions|(Source|Server)(Timestamp|Pico[sS]econds)|Status(Code)?(\.(Symbol|Code))?|Value(\.(UaType|Type|Body|Value|Dimensions))?)$/

/** Values with members of their own, which no scalar column can hold. */
function structured(raw: RawTable, value: string): Mapping['refusals'] {
  const headers = raw.columns.filter(
    header => header.startsWith(`${value}.`) && !dataValue.test(header.slice(value.length + 1)),
  )
  const [shown] = headers
  if (shown === undefined) return []
  const any = headers.map(header => sql`${name(header)} is not null`)
  return [{ reason: 'not-allowed', column: shown, when: sql`(${join(any, ' or ')})` }]
}
