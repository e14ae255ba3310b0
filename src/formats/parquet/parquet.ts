import type { RecordBatch } from 'parquet-wasm'
import { Account } from '../account.ts'
import { inspection, notes, openTable } from '../arrow/arrow.ts'
import { batchRows, chunks } from '../arrow/chunks.ts'
import { type Message, streamMessages } from '../arrow/messages.ts'
import type { ArrowField } from '../arrow/type.ts'
import { ByteCursor } from '../byte-cursor.ts'
import { bytesAt, snapshot } from '../bytes.ts'
import { type Format, type Input, limits } from '../input.ts'
import { damaged } from '../refusal.ts'
import { withoutHarmfulHints } from './hints.ts'
import { withMicroseconds } from './int96.ts'
import { orTrap, parquetWasm } from './wasm.ts'

export const parquet: Format = {
  async inspect(input) {
    const file = await open(input)
    const messages = fileMessages(file, limits.previewRows)
    const rows = file.metadata().fileMetadata().numRows()
    return inspection('parquet', await openTable(messages), messages, rows)
  },
  async *read(input) {
    const held = await snapshot(input)
    const file = await open(held.input)
    const declared = file.metadata().fileMetadata().numRows()
    const account = new Account()
    const messages = fileMessages(file, null)
    const table = await openTable(messages)
    yield* chunks(table, messages, rows => {
      account.rowsSent += rows
      input.progress(Math.floor((input.file.size * account.rowsSent) / Math.max(declared, 1)))
    })
    if (account.rowsSent !== declared)
      throw damaged(`declares ${declared} rows and holds ${account.rowsSent}`)
    return account.close(await held.sha256(), input.file.size, notes(table))
  },
}

type ParquetFile = Awaited<ReturnType<typeof open>>

async function open(input: Input) {
  const footerAt = await footerStart(input)
  const blob = await withoutHarmfulHints(input, footerAt)
  const { ParquetFile } = await parquetWasm()
  const file = await orTrap(ParquetFile.fromFile(blob))
  const hinted = await withMicroseconds(blob, footerAt, await schemaOf(file))
  return hinted === null ? file : orTrap(ParquetFile.fromFile(hinted))
}

async function schemaOf(file: { schema(): { intoIPCStream(): Uint8Array } }): Promise<readonly ArrowField[]> {
  for await (const { header } of bufferMessages(file.schema().intoIPCStream()))
    if (header.kind === 'schema') return header.schema.fields
  return []
}

/** The footer's declared length is compared with the file before the library trusts it. */
async function footerStart(input: Input): Promise<number> {
  const { size } = input.file
  if (size < 12) throw damaged('ends too early')
  const tail = await bytesAt(input, size - 8, 8)
  const magic = new TextDecoder('latin1').decode(tail.subarray(4))
  if (magic === 'PARE') throw damaged('is encrypted')
  if (magic !== 'PAR1') throw damaged('has no closing PAR1; it may have been cut short')
  const length = new DataView(tail.buffer).getUint32(0, true)
  if (length + 12 > size) throw damaged(`a footer of ${length} bytes`)
  return size - 8 - length
}

/** The file as the messages of one Arrow stream; every batch of the library comes as a stream of its own. */
async function* fileMessages(file: ParquetFile, limit: number | null): AsyncGenerator<Message> {
  yield* bufferMessages(file.schema().intoIPCStream())
  const rows = limit === null ? {} : { limit }
  const stream: ReadableStream<RecordBatch> = await orTrap(
    file.stream({ batchSize: batchRows, concurrency: 1, ...rows }),
  )
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await orTrap(reader.read())
    if (done) return
    for await (const message of bufferMessages(value.intoIPCStream()))
      if (message.header.kind !== 'schema') yield message
  }
}

function bufferMessages(bytes: Uint8Array): AsyncGenerator<Message> {
  return streamMessages(new ByteCursor(once(bytes), bytes.length))
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
