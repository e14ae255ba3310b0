import type { Inspection, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { overLimit } from '../refusal.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { JsonCursor, JsonFault } from './cursor.ts'
import { asRow, JsonColumns, type JsonRow, JsonRun, previewRows } from './rows.ts'

export const ndjson: Format = { inspect, read }

const lineCharacters = 4 * limits.fieldBytes

async function inspect(input: Input): Promise<Inspection> {
  const decoding = await detectEncoding(input)
  const rows: JsonRow[] = []
  for await (const some of lines(input, decoding)) {
    for (const line of some.slice(0, limits.previewRows * 4)) rows.push(parseLine(line))
    if (rows.length >= limits.previewRows * 4) break
  }
  const columns = new JsonColumns()
  for (const row of rows) if ('members' in row) columns.note(row.members)
  const { names, doubts } = columns.header()
  return {
    format: 'ndjson',
    encoding: decoding.encoding,
    encodingEvidence: decoding.evidence,
    ...oneTable,
    columns: names,
    preview: previewRows(rows, columns),
    declaredRows: null,
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...doubts],
  }
}

/** Two runs: the first for the columns, the second, which the hash belongs to, for the rows. */
async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const decoding = await detectEncoding(input)
  const columns = new JsonColumns()
  for await (const some of lines({ ...input, progress: () => {} }, decoding)) {
    for (const line of some) {
      const row = parseLine(line)
      if ('members' in row) columns.note(row.members)
    }
  }
  const fingerprint = new Fingerprint()
  const run = new JsonRun(columns)
  for await (const some of lines(input, decoding, fingerprint)) {
    for (const line of some) run.take(parseLine(line))
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.close(fingerprint.hex(), input.file.size, encodingDoubts(decoding))
}

function parseLine(line: string): JsonRow {
  try {
    return asRow(new JsonCursor(line).whole())
  } catch (thrown) {
    if (thrown instanceof JsonFault) return { fault: 'not-json', detail: thrown.message }
    throw thrown
  }
}

/** The lines that are not blank, as many at once as a piece of the file holds: an await for each would cost more. */
async function* lines(
  input: Input,
  { encoding }: Decoding,
  fingerprint?: Fingerprint,
): AsyncGenerator<readonly string[]> {
  let rest = ''
  for await (const text of decoded(input, encoding, fingerprint)) {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > lineCharacters) throw overLimit('characters in one line', rest.length, lineCharacters)
    yield parts.filter(part => part.trim() !== '')
  }
  if (rest.trim() !== '') yield [rest]
}
