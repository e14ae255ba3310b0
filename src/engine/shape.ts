import { Schema as ArrowSchema, DataType, Field, RecordBatchReader, Table, tableToIPC } from 'apache-arrow'
import { Message } from 'apache-arrow/fb/message'
import { MessageHeader } from 'apache-arrow/fb/message-header'
import { RecordBatch } from 'apache-arrow/fb/record-batch'
import { Schema } from 'apache-arrow/fb/schema'
import { Type } from 'apache-arrow/fb/type'
import { ByteBuffer } from 'flatbuffers'

/** What an Arrow IPC stream says it holds, read from its message headers alone and not by a reader of Arrow. */
export interface Shape {
  readonly columns: readonly ShapeColumn[]
  readonly rows: number
}

export interface ShapeColumn {
  readonly name: string
  /** Text that is coded by a dictionary. */
  readonly category: boolean
  readonly integer: boolean
}

/** Reads schema and row count of one complete stream. Throws RangeError where the framing is broken. */
export function readShape(stream: Uint8Array): Shape {
  let columns: readonly ShapeColumn[] | null = null
  let rows = 0
  for (const message of messagesOf(stream)) {
    const kind = message.headerType()
    if (kind === MessageHeader.Schema) columns = columnsOf(message.header(new Schema()))
    if (kind === MessageHeader.RecordBatch) rows += Number(message.header(new RecordBatch()).length())
  }
  if (!columns) throw new RangeError('no schema in the Arrow stream')
  return { columns, rows }
}

/**
 * stream  = message* end
 * message = 0xffffffff, metadata length (int32), metadata, body (its length is in the metadata)
 * end     = 0xffffffff, 0
 */
function* messagesOf(stream: Uint8Array): Generator<Message> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let at = 0
  for (;;) {
    if (at + 8 > stream.length) throw new RangeError('no end marker in the Arrow stream')
    if (view.getInt32(at, true) !== -1) throw new RangeError(`not an Arrow message at byte ${at}`)
    const length = view.getInt32(at + 4, true)
    if (length === 0) return
    const message = Message.getRootAsMessage(new ByteBuffer(stream.subarray(at + 8, at + 8 + length)))
    const end = at + 8 + length + Number(message.bodyLength())
    if (end <= at || end > stream.length) throw new RangeError(`Arrow message at byte ${at} is cut off`)
    yield message
    at = end
  }
}

/**
 * A stream without rows, its dictionary columns made plain. Writers leave out the dictionaries where there are no
 * rows, and duckdb-wasm 1.32 then creates nothing.
 */
export function withoutDictionaries(emptyStream: Uint8Array): Uint8Array {
  const { schema } = RecordBatchReader.from(emptyStream).open()
  const fields = schema.fields.map(
    ({ name, type }) => new Field(name, DataType.isDictionary(type) ? type.dictionary : type, true),
  )
  return tableToIPC(new Table(new ArrowSchema(fields)), 'stream')
}

/** Arrow's code for utf8_view, which apache-arrow 17 does not know yet. */
const utf8View = 24

function columnsOf(schema: Schema): readonly ShapeColumn[] {
  return Array.from({ length: schema.fieldsLength() }, (_, i) => {
    const field = schema.fields(i)
    const type: number = field?.typeType() ?? Type.NONE
    const coded = field?.dictionary() != null
    return {
      name: field?.name() ?? '',
      category: coded && [Type.Utf8, Type.LargeUtf8, utf8View].includes(type),
      integer: !coded && type === Type.Int,
    }
  })
}
