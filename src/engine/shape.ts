import { DataType, type MessageHeader, type Schema } from 'apache-arrow'
import { Message } from 'apache-arrow/ipc/metadata/message'

/** What an Arrow IPC stream says it holds, read from its message headers alone. */
export interface Shape {
  readonly columns: readonly ShapeColumn[]
  readonly rows: number
}

export interface ShapeColumn {
  readonly name: string
  readonly dictionaryText: boolean
  readonly integer: boolean
}

/** Reads schema and row counts of one complete stream. Throws RangeError where the framing is broken. */
export function readShape(stream: Uint8Array): Shape {
  let columns: readonly ShapeColumn[] | null = null
  let rows = 0
  for (const message of messagesOf(stream)) {
    if (message.isSchema()) columns = columnsOf(message.header())
    if (message.isRecordBatch()) rows += message.header().length
  }
  if (!columns) throw new RangeError('no schema in the Arrow stream')
  return { columns, rows }
}

/**
 * stream  = message* end
 * message = 0xffffffff, metadata length (int32), metadata, body (length in the metadata)
 * end     = 0xffffffff, 0
 */
function* messagesOf(stream: Uint8Array): Generator<Message<MessageHeader>> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let at = 0
  for (;;) {
    if (at + 8 > stream.length) throw new RangeError(`no end marker in the Arrow stream (byte ${at})`)
    if (view.getInt32(at, true) !== -1) throw new RangeError(`not an Arrow message at byte ${at}`)
    const length = view.getInt32(at + 4, true)
    if (length === 0) return
    const body = at + 8 + length
    if (length < 0 || body > stream.length) throw new RangeError(`Arrow message at byte ${at} is cut off`)
    const message = Message.decode(stream.subarray(at + 8, body))
    yield message
    at = body + message.bodyLength
  }
}

function columnsOf(schema: Schema): readonly ShapeColumn[] {
  return schema.fields.map(({ name, type }) => ({
    name,
    dictionaryText: DataType.isDictionary(type) && DataType.isUtf8(type.dictionary),
    integer: DataType.isInt(type),
  }))
}
