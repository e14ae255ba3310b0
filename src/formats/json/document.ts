import type { Inspection, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { damaged, overLimit, unsupported } from '../refusal.ts'
import { isSecretPath } from '../secrets.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { JsonCursor, JsonFault } from './cursor.ts'
import { asRow, JsonColumns, type JsonRow, JsonRun, previewRows } from './rows.ts'

export const json: Format = { inspect, read }

async function inspect(input: Input): Promise<Inspection> {
  const document = await load(input)
  const { names, doubts } = document.columns.header()
  return {
    format: 'json',
    encoding: document.decoding.encoding,
    encodingEvidence: document.decoding.evidence,
    ...oneTable,
    columns: names,
    preview: previewRows(document.rows(), document.columns),
    declaredRows: document.count,
    droppedSecrets: document.columns.secrets.dropped,
    doubts: [...encodingDoubts(document.decoding), ...doubts],
  }
}

async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const document = await load(input)
  const run = new JsonRun(document.columns)
  for (const row of document.rows()) {
    run.take(row)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.close(document.sha256, input.file.size, encodingDoubts(document.decoding))
}

/** A document in memory whose columns are known; `rows` walks over it once more. */
interface Document {
  readonly decoding: Decoding
  readonly sha256: string
  readonly columns: JsonColumns
  readonly count: number
  readonly rows: () => Iterable<JsonRow>
}

async function load(input: Input): Promise<Document> {
  const allowed = limits.jsonDocumentBytes
  if (input.file.size > allowed) throw overLimit('bytes in one JSON document', input.file.size, allowed)
  const decoding = await detectEncoding(input)
  const fingerprint = new Fingerprint()
  const parts: string[] = []
  for await (const text of decoded(input, decoding.encoding, fingerprint)) parts.push(text)
  const text = parts.join('')
  const columns = new JsonColumns()
  const rows = rowsOf(text)
  let count = 0
  for (const row of rows()) {
    count++
    if ('members' in row) columns.note(row.members)
  }
  return { decoding, sha256: fingerprint.hex(), columns, count, rows }
}

/** Where the rows of a document are: in the array it is, in the only list of objects it wraps, or it is one row. */
function rowsOf(text: string): () => Iterable<JsonRow> {
  return withFaults(() => {
    const cursor = new JsonCursor(text)
    if (cursor.peek() === '[') return () => arrayRows(text)
    const lists = objectLists(text)
    if (lists.length > 1) throw unsupported(`several lists of objects in one document (${lists.join(', ')})`)
    const [list] = lists
    return list === undefined ? () => [asRow(new JsonCursor(text).whole())] : () => memberRows(text, list)
  })
}

function* arrayRows(text: string): Generator<JsonRow> {
  const cursor = new JsonCursor(text)
  yield* rowsFrom(cursor)
  withFaults(() => cursor.end())
}

function* memberRows(text: string, list: string): Generator<JsonRow> {
  const cursor = new JsonCursor(text)
  for (const key of cursor.keys()) {
    if (key === list) yield* rowsFrom(cursor)
    else cursor.value(1)
  }
}

function* rowsFrom(cursor: JsonCursor): Generator<JsonRow> {
  const items = cursor.items(0)
  for (;;) {
    const step = withFaults(() => items.next())
    if (step.done) return
    yield asRow(step.value)
  }
}

/** The keys of the outer object whose value is an array that holds objects. Also proves that the text is JSON. */
function objectLists(text: string): string[] {
  const cursor = new JsonCursor(text)
  const seen = new Set<string>()
  const lists: string[] = []
  for (const key of cursor.keys()) {
    if (seen.has(key)) throw damaged('a key given twice in the outer object')
    seen.add(key)
    if (cursor.peek() !== '[') cursor.value(1)
    else if (holdsObjects(cursor) && !isSecretPath(key)) lists.push(key)
  }
  cursor.end()
  return lists
}

function holdsObjects(cursor: JsonCursor): boolean {
  let objects = 0
  for (const item of cursor.items(0)) if (item.kind === 'object') objects++
  return objects > 0
}

function withFaults<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    if (thrown instanceof JsonFault) throw damaged('not valid JSON', thrown.message)
    throw thrown
  }
}
