import type { Inspection, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { overLimit } from '../refusal.ts'
import type { SecretFilter } from '../secrets.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { JsonCursor, JsonFault, type JsonNode, KeyGuess } from './cursor.ts'
import { parsePath, type RowPath, rootPath } from './path.ts'
import { JsonColumns, type JsonReject, type JsonRow, JsonRun, type Outcome, previewRows } from './rows.ts'
import { rowsOf } from './walk.ts'

export const ndjson: Format = { inspect, read }

const lineCharacters = 4 * limits.fieldBytes
/** Rows after which `inspect` has seen enough. */
const lookedAt = { sound: 4 * limits.previewRows, all: 20_000 }
/** Up to here the rows of a file wait in memory for its last column, which is faster than to read it twice. */
const heldBytes = 64 * 2 ** 20

async function inspect(input: Input): Promise<Inspection> {
  const decoding = await detectEncoding(input)
  const path = chosenPath(input)
  const columns = new JsonColumns()
  const rows = await firstRows(input, decoding, path, columns.secrets)
  for (const row of rows) columns.note(row)
  const { names, doubts } = columns.header()
  return {
    format: 'ndjson',
    encoding: decoding.encoding,
    encodingEvidence: decoding.evidence,
    ...oneTable,
    parts: path.id === '' ? [] : [{ id: path.id, kind: 'list', visibility: 'visible', rows: null }],
    part: path.id || null,
    columns: names,
    preview: previewRows(rows, columns),
    declaredRows: null,
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...doubts],
  }
}

/** Rows of the first lines, enough for a preview even where many are rejects. */
async function firstRows(
  input: Input,
  decoding: Decoding,
  path: RowPath,
  secrets: SecretFilter,
): Promise<readonly JsonRow[]> {
  const rows: JsonRow[] = []
  const keys = new KeyGuess()
  let sound = 0
  for await (const some of lines(input, decoding))
    for (const line of some)
      for (const row of lineRows(line, path, secrets, keys)) {
        rows.push(row)
        if ('layers' in row) sound++
        if (sound >= lookedAt.sound || rows.length >= lookedAt.all) return rows
      }
  return rows
}

async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const decoding = await detectEncoding(input)
  const columns = new JsonColumns()
  const source = { input, decoding, path: chosenPath(input), columns, fingerprint: new Fingerprint() }
  const run = yield* input.file.size <= heldBytes ? readHeld(source) : readTwice(source)
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.close(source.fingerprint.hex(), input.file.size, encodingDoubts(decoding))
}

interface Source {
  readonly input: Input
  readonly decoding: Decoding
  readonly path: RowPath
  readonly columns: JsonColumns
  readonly fingerprint: Fingerprint
}

/** One run: the rows wait in memory until all columns are known. */
async function* readHeld(source: Source): AsyncGenerator<Uint8Array, JsonRun> {
  const outcomes: Outcome[] = []
  for await (const some of lines(source.input, source.decoding, source.fingerprint))
    for (const row of rowsOfLines(some, source)) outcomes.push(source.columns.outcome(row))
  const run = new JsonRun(source.columns)
  for (const outcome of outcomes) {
    run.put(outcome)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  return run
}

/** Two runs: the first for the columns, the second, which the hash belongs to, for the rows. */
async function* readTwice(source: Source): AsyncGenerator<Uint8Array, JsonRun> {
  const { input, decoding, columns, fingerprint } = source
  for await (const some of lines({ ...input, progress: () => {} }, decoding))
    for (const row of rowsOfLines(some, source)) columns.note(row)
  const run = new JsonRun(columns)
  for await (const some of lines(input, decoding, fingerprint)) {
    for (const row of rowsOfLines(some, source)) run.take(row)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  return run
}

function* rowsOfLines(some: readonly string[], { path, columns }: Source): Generator<JsonRow> {
  const keys = new KeyGuess()
  for (const line of some) yield* lineRows(line, path, columns.secrets, keys)
}

function chosenPath({ options }: Input): RowPath {
  return options.part === undefined ? rootPath : parsePath(options.part)
}

/** What a line holds: one value, or several without a break between them, as Amazon Firehose joins its records. */
function* lineRows(
  line: string,
  { steps }: RowPath,
  secrets: SecretFilter,
  keys: KeyGuess,
): Generator<JsonRow> {
  const nodes = parseLine(line, keys)
  if ('fault' in nodes) yield nodes
  else for (const node of nodes) yield* rowsOf(node, steps, secrets)
}

/** The values of a line, arrays opened; a line that breaks anywhere is one reject. */
function parseLine(line: string, keys: KeyGuess): readonly JsonNode[] | JsonReject {
  try {
    const cursor = new JsonCursor(line, keys)
    const nodes: JsonNode[] = []
    do {
      const node = cursor.value(0)
      if (node.kind === 'array') for (const item of node.items) nodes.push(item)
      else nodes.push(node)
    } while (cursor.peek() !== '')
    return nodes
  } catch (thrown) {
    if (thrown instanceof JsonFault) return { fault: 'not-json', column: null, detail: thrown.message }
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
