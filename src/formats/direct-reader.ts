import { cancelled, failed, type Result, success } from '../domain/failure.ts'
import type { FormatId, ReadSummary } from '../domain/file.ts'
import { type ArchiveKind, archiveKind, unpackArchive } from './archive/archive.ts'
import { arrowFile, arrowStream } from './arrow/arrow.ts'
import { csv } from './csv/csv.ts'
import type { Reader, Reading, Unpacked } from './format.ts'
import { annotatedCsv } from './influx/annotated-csv.ts'
import { lineProtocol } from './influx/line-protocol.ts'
import { type Format, type Input, limits } from './input.ts'
import { json } from './json/document.ts'
import { ndjson } from './json/ndjson.ts'
import { parquet } from './parquet/parquet.ts'
import { damaged, failureOf, guarded } from './refusal.ts'
import { sniff } from './sniff.ts'
import { xls, xlsx } from './workbook/workbook.ts'

const formats: Readonly<Record<FormatId, { readonly format: Format; readonly name: string }>> = {
  'arrow-file': { format: arrowFile, name: 'Arrow file' },
  'arrow-stream': { format: arrowStream, name: 'Arrow stream' },
  parquet: { format: parquet, name: 'Parquet' },
  csv: { format: csv, name: 'CSV' },
  'influx-csv': { format: annotatedCsv, name: 'InfluxDB annotated CSV' },
  'line-protocol': { format: lineProtocol, name: 'InfluxDB line protocol' },
  ndjson: { format: ndjson, name: 'NDJSON' },
  json: { format: json, name: 'JSON' },
  xlsx: { format: xlsx, name: 'Excel workbook (XLSX)' },
  xls: { format: xls, name: 'Excel workbook (XLS)' },
}

/** The reader that works where it is called: inside the page's worker, and in Node. */
export function directReader(): Reader {
  return {
    async inspect(file, name, options, signal) {
      const input = { file, options, signal, progress: () => {} }
      const id = await guarded(name, 'unknown', () => recognise(input))
      if (!id.ok) return id
      return guarded(name, formats[id.value].name, () => formats[id.value].format.inspect(input))
    },
    async unpack(file, name, signal, progress) {
      const kind = await guarded(name, 'unknown', () => archiveKind(file))
      if (!kind.ok || kind.value === null) return kind.ok ? success(null) : kind
      return unpackNamed({ file, options: {}, signal, progress }, name, kind.value)
    },
    read(file, name, options, signal, progress) {
      return startReading({ file, options, signal, progress }, name)
    },
  }
}

function unpackNamed(input: Input, name: string, kind: ArchiveKind): Promise<Result<Unpacked | null>> {
  const format = kind === 'gzip' ? 'gzip archive' : 'ZIP archive'
  return guarded(name, format, async () => {
    input.signal.throwIfAborted()
    return unpackArchive(input, name, kind)
  })
}

async function recognise({ file, signal }: Input): Promise<FormatId> {
  signal.throwIfAborted()
  if (file.size === 0) throw damaged('the file is empty')
  return sniff(new Uint8Array(await file.slice(0, limits.headBytes).arrayBuffer()))
}

/** Runs the format's generator on demand; whatever ends it settles the summary. */
function startReading(input: Input, file: string): Reading {
  let settle: (result: Result<ReadSummary>) => void = () => {}
  const summary = new Promise<Result<ReadSummary>>(resolve => {
    settle = resolve
  })
  const stop = () => settle(cancelled)
  input.signal.addEventListener('abort', stop, { once: true })
  summary.then(() => input.signal.removeEventListener('abort', stop))
  let format = 'unknown'
  async function* run(): AsyncGenerator<Uint8Array> {
    try {
      const id = await recognise(input)
      format = formats[id].name
      const account = yield* untilAborted(formats[id].format.read(input), input.signal)
      settle(success(account))
    } catch (thrown) {
      settle(failed(failureOf(thrown, file, format)))
    } finally {
      settle(cancelled)
    }
  }
  return { chunks: run(), summary }
}

async function* untilAborted(
  chunks: AsyncGenerator<Uint8Array, ReadSummary>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, ReadSummary> {
  for (;;) {
    signal.throwIfAborted()
    const step = await chunks.next()
    if (step.done) return step.value
    yield step.value
  }
}
