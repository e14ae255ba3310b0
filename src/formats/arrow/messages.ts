import type { ByteCursor } from '../byte-cursor.ts'
import { bytesAt } from '../bytes.ts'
import { type Input, limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { type Block, decodeFooter, decodeMessage, type Footer, type Header } from './decode-message.ts'

/** One message of an Arrow stream or file: metadata and the bytes it describes. */
export interface Message {
  readonly header: Header
  readonly body: Uint8Array
}

const continuation = 0xffffffff
const metadataLimit = 64 * 2 ** 20
const magicBytes = 6

/**
 * The messages of a stream, up to its end marker. A stream without one is refused: nothing else tells a whole
 * file from one that was cut between two batches.
 */
export async function* streamMessages(cursor: ByteCursor): AsyncGenerator<Message> {
  for (;;) {
    if (cursor.remaining === 0) throw damaged('has no end marker; it may have been cut short')
    const message = await nextMessage(cursor)
    if (message === null) break
    yield message
  }
  await checkRest(cursor)
}

async function nextMessage(cursor: ByteCursor): Promise<Message | null> {
  const where = `byte ${cursor.position}`
  const first = await word(cursor)
  const length = first === continuation ? await word(cursor) : first
  if (length === 0) return null
  if (length > metadataLimit) throw damaged(`a message of ${length} metadata bytes`, where)
  const metadata = decodeMessage(await cursor.take(length))
  checkBody(metadata.bodyBytes)
  return { header: metadata.header, body: await cursor.take(metadata.bodyBytes) }
}

async function word(cursor: ByteCursor): Promise<number> {
  const bytes = await cursor.take(4)
  return new DataView(bytes.buffer).getUint32(0, true)
}

/** A second stream behind the first would be rows that nobody reads. */
async function checkRest(cursor: ByteCursor): Promise<void> {
  while (cursor.remaining > 0) {
    const where = `byte ${cursor.position}`
    const rest = await cursor.take(Math.min(cursor.remaining, 2 ** 20))
    if (rest.some(byte => byte !== 0)) throw damaged('goes on after its end marker', where)
  }
}

function checkBody(bytes: number): void {
  if (bytes > limits.bodyBytes) throw overLimit('bytes in one Arrow record batch', bytes, limits.bodyBytes)
}

/** The footer of an Arrow file, its blocks checked to lie inside the file and apart from each other. */
export async function readFooter(input: Input): Promise<Footer> {
  const size = input.file.size
  if (size < 2 * magicBytes + 12) throw damaged('ends too early')
  const tail = await bytesAt(input, size - magicBytes - 4, magicBytes + 4)
  if (new TextDecoder('latin1').decode(tail.subarray(4)) !== 'ARROW1')
    throw damaged('has no closing ARROW1; it may have been cut short')
  const length = new DataView(tail.buffer).getInt32(0, true)
  const start = size - magicBytes - 4 - length
  if (length <= 0 || start < 8) throw damaged(`a footer of ${length} bytes`)
  const footer = decodeFooter(await bytesAt(input, start, length))
  checkBlocks([...footer.dictionaries, ...footer.batches], start)
  return footer
}

function checkBlocks(blocks: readonly Block[], end: number): void {
  const ordered = [...blocks].sort((a, b) => a.at - b.at)
  let free = 8
  for (const block of ordered) {
    if (block.at < free || block.metadataBytes < 8 || block.metadataBytes > metadataLimit)
      throw damaged('two blocks of the footer overlap', `byte ${block.at}`)
    free = block.at + block.metadataBytes + block.bodyBytes
  }
  if (free > end) throw damaged('a block of the footer lies outside the file', `byte ${free}`)
}

/** The messages of an Arrow file in the order of a stream: schema, dictionaries, batches. */
export async function* fileMessages(input: Input): AsyncGenerator<Message> {
  const footer = await readFooter(input)
  yield { header: { kind: 'schema', schema: footer.schema }, body: new Uint8Array(0) }
  for (const block of footer.dictionaries) yield await blockMessage(input, block, 'dictionary')
  for (const block of footer.batches) {
    yield await blockMessage(input, block, 'batch')
    input.progress(block.at + block.metadataBytes + block.bodyBytes)
  }
}

async function blockMessage(input: Input, block: Block, kind: Header['kind']): Promise<Message> {
  const header = await blockHeader(input, block, kind)
  return { header, body: await bytesAt(input, block.at + block.metadataBytes, block.bodyBytes) }
}

/** The metadata of one block alone; says the rows of a batch without reading it. */
export async function blockHeader(input: Input, block: Block, kind: Header['kind']): Promise<Header> {
  const where = `byte ${block.at}`
  checkBody(block.bodyBytes)
  const bytes = await bytesAt(input, block.at, block.metadataBytes)
  const view = new DataView(bytes.buffer)
  const prefix = view.getUint32(0, true) === continuation ? 8 : 4
  const length = view.getUint32(prefix - 4, true)
  if (length === 0 || prefix + length > block.metadataBytes)
    throw damaged('a block of the wrong length', where)
  const { header, bodyBytes } = decodeMessage(bytes.slice(prefix, prefix + length))
  if (header.kind !== kind || bodyBytes !== block.bodyBytes)
    throw damaged('a block that differs from the footer', where)
  return header
}
