import type { FormatId, Inspection } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { ByteCursor } from '../byte-cursor.ts'
import { Fingerprint, pieces, snapshot } from '../bytes.ts'
import { type Format, type Input, oneTable } from '../input.ts'
import { damaged } from '../refusal.ts'
import { chunks } from './chunks.ts'
import { blockHeader, fileMessages, type Message, readFooter, streamMessages } from './messages.ts'
import { preview } from './preview.ts'
import { ArrowTable } from './table.ts'

/** How many batches of a file `inspect` asks for their number of rows. */
const countedBatches = 1000

export const arrowStream: Format = {
  async inspect(input) {
    const messages = streamMessages(new ByteCursor(pieces(input), input.file.size))
    return inspection('arrow-stream', await openTable(messages), messages, null)
  },
  async *read(input) {
    const fingerprint = new Fingerprint()
    const messages = streamMessages(new ByteCursor(pieces(input, fingerprint), input.file.size))
    const table = await openTable(messages)
    const account = new Account()
    yield* chunks(table, messages, rows => {
      account.rowsSent += rows
    })
    return account.close(fingerprint.hex(), input.file.size, notes(table))
  },
}

export const arrowFile: Format = {
  async inspect(input) {
    const messages = fileMessages(input)
    return inspection('arrow-file', await openTable(messages), messages, await declaredRows(input))
  },
  async *read(input) {
    const held = await snapshot(input)
    const messages = fileMessages(held.input)
    const table = await openTable(messages)
    const account = new Account()
    yield* chunks(table, messages, rows => {
      account.rowsSent += rows
    })
    return account.close(await held.sha256(), input.file.size, notes(table))
  },
}

/** A table on the schema that the first message holds. */
export async function openTable(messages: AsyncIterator<Message>): Promise<ArrowTable> {
  const first = await messages.next()
  if (first.done) throw damaged('has no schema')
  return new ArrowTable(first.value.header)
}

export async function inspection(
  format: FormatId,
  table: ArrowTable,
  messages: AsyncIterable<Message>,
  declaredRows: number | null,
): Promise<Inspection> {
  return {
    format,
    encoding: null,
    encodingEvidence: null,
    ...oneTable,
    columns: table.columns.sent.map(field => field.name),
    preview: await preview(table, messages),
    declaredRows,
    ...notes(table),
  }
}

export function notes(table: ArrowTable) {
  return { droppedSecrets: table.columns.secrets.dropped, doubts: table.doubts }
}

async function declaredRows(input: Input): Promise<number | null> {
  const { batches } = await readFooter(input)
  if (batches.length > countedBatches) return null
  let rows = 0
  for (const block of batches) {
    const header = await blockHeader(input, block, 'batch')
    if (header.kind === 'batch') rows += header.batch.rows
  }
  return rows
}
