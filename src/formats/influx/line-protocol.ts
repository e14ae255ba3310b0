import type { Inspection, ReadSummary } from '../../domain/file.ts'
import { Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import type { Point } from './point.ts'
import { PointColumns, PointRun } from './point-rows.ts'
import { type Line, PointScanner } from './points.ts'

/**
 * Line protocol of InfluxDB, one row per field of each line: `measurement`, `time` (digits as written), `field`,
 * `value`, `datatype` (`double`, `long`, `unsignedLong`, `boolean`, `string`), then one column per tag. Rows read are
 * these rows and the lines that are rejected.
 */
export const lineProtocol: Format = { inspect, read }

async function inspect(input: Input): Promise<Inspection> {
  const decoding = await detectEncoding(input)
  const head = await input.file.slice(0, limits.headBytes).arrayBuffer()
  const text = new TextDecoder(decoding.encoding).decode(head, { stream: true })
  const points: Point[] = []
  for (const line of new PointScanner().push(text, input.file.size <= limits.headBytes)) {
    if ('point' in line) points.push(line.point)
    if (points.length >= limits.previewRows * 4) break
  }
  const columns = new PointColumns()
  for (const point of points) columns.note(point)
  const { names, doubts } = columns.header()
  const preview = points.slice(0, limits.previewRows).flatMap(point => columns.rows(point))
  return {
    format: 'line-protocol',
    encoding: decoding.encoding,
    encodingEvidence: decoding.evidence,
    ...oneTable,
    columns: names,
    preview: preview.slice(0, limits.previewRows),
    declaredRows: null,
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...doubts],
  }
}

/** Two runs: the first for the tags, the second, which the hash belongs to, for the rows. */
async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const decoding = await detectEncoding(input)
  const columns = new PointColumns()
  for await (const some of lines(decoded({ ...input, progress: () => {} }, decoding.encoding)))
    for (const line of some) if ('point' in line) columns.note(line.point)
  const fingerprint = new Fingerprint()
  const run = new PointRun(columns)
  for await (const some of lines(decoded(input, decoding.encoding, fingerprint))) {
    for (const line of some) run.take(line)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.close(fingerprint.hex(), input.file.size, encodingDoubts(decoding))
}

/** The lines of each piece of the file: an await for each line would cost more. */
async function* lines(texts: AsyncIterable<string>): AsyncGenerator<Iterable<Line>> {
  const scanner = new PointScanner()
  for await (const text of texts) yield scanner.push(text, false)
  yield scanner.push('', true)
}
