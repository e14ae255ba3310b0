import type { Inspection, Part, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { documentRows, withFaults } from './document-rows.ts'
import { parsePath, type RowPath, rootPath } from './path.ts'
import { JsonColumns, type JsonRow, JsonRun, previewRows } from './rows.ts'
import { shapeOf } from './shape.ts'

export const json: Format = { inspect, read }

async function inspect(input: Input): Promise<Inspection> {
  const document = await load(input)
  const { names, doubts } = document.columns.header()
  return {
    format: 'json',
    encoding: document.decoding.encoding,
    encodingEvidence: document.decoding.evidence,
    ...oneTable,
    parts: document.parts,
    part: document.path.id || null,
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
  readonly path: RowPath
  readonly parts: readonly Part[]
  readonly columns: JsonColumns
  readonly count: number
  readonly rows: () => Iterable<JsonRow>
}

async function load(input: Input): Promise<Document> {
  const allowed = limits.jsonDocumentBytes
  if (input.file.size > allowed) throw overLimit('bytes in one JSON document', input.file.size, allowed)
  const decoding = await detectEncoding(input)
  const fingerprint = new Fingerprint()
  const pieces: string[] = []
  for await (const text of decoded(input, decoding.encoding, fingerprint)) pieces.push(text)
  return { decoding, sha256: fingerprint.hex(), ...table(pieces.join(''), input.options.part) }
}

/** The rows at the chosen path, or at the first list of the document; without one, the document is one row. */
function table(text: string, part: string | undefined) {
  const { root, lists } = withFaults(() => shapeOf(text))
  const [first] = lists
  const chosen = part ?? first?.id
  const path = chosen === undefined ? rootPath : parsePath(chosen)
  const columns = new JsonColumns()
  const rows = () => documentRows(text, root, path, columns.secrets)
  let count = 0
  for (const row of rows()) {
    count++
    columns.note(row)
  }
  if (count === 0 && path.id !== '') throw damaged('no rows at the path', path.id)
  return { path, parts: lists, columns, count, rows }
}
