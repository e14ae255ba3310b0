import { spawn } from 'node:child_process'
import { createReadStream, mkdtempSync, openAsBlob, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse'
import { bundled } from './bundled.mjs'
import { writeCsv, writeParquet } from './size-files.mjs'

/**
 * What a big import takes: `node bench/import-size.mjs [--mb 1000] [--seed 1] [--format csv|parquet] [--file FILE]`.
 * Generates a file, brings it through reader, engine and mapping to canonical tables in a process of its own, then reads
 * it with the bar (csv-parse; parquet-wasm alone), and deletes it. A named file is used as it is and kept.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mb: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    format: { type: 'string', default: 'csv' },
    file: { type: 'string' },
  },
})
const self = fileURLToPath(import.meta.url)
const root = fileURLToPath(new URL('..', import.meta.url))

if (positionals.length > 0) await work(positionals)
else await compare()

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-size-'))
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true })
  const bundle = await mkdtemp(join(root, 'node_modules/.cache/assay-size-'))
  try {
    const file = values.file ?? (await generated(folder))
    console.log(`${basename(file)}, ${(statSync(file).size / 1e6).toFixed(0)} MB, node ${process.version}`)
    await bundled(root, 'bench/import-path.ts', bundle)
    const own = await inProcess('assay', file, join(bundle, 'path.mjs'))
    const bar = await inProcess(file.endsWith('.csv') ? 'csv-parse' : 'parquet-wasm', file)
    console.log(`ratio of CPU: ${(own.cpu / bar.cpu).toFixed(1)}`)
    if (own.rows !== bar.rows) throw new Error(`${own.rows} rows, and ${bar.rows} by the bar`)
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(bundle, { recursive: true })
  }
}

async function generated(folder) {
  const file = join(folder, `events.${values.format}`)
  const write = values.format === 'csv' ? writeCsv : writeParquet
  await write(file, Number(values.mb) * 1e6, Number(values.seed))
  return file
}

/** Runs one reader in a process of its own and prints what it took. */
async function inProcess(reader, file, ...more) {
  const child = spawn(process.execPath, [self, reader, file, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const piece of child.stdout) text += piece
  const told = JSON.parse(text.trim().split('\n').at(-1))
  console.log(`${reader}: ${JSON.stringify(told)}`)
  return told
}

/** The child's side: one line of JSON with seconds, CPU seconds of all threads, peak RSS in MB, and what was read. */
async function work([reader, file, bundle]) {
  const read = { assay: importWithAssay, 'csv-parse': readWithCsvParse, 'parquet-wasm': readWithParquetWasm }[
    reader
  ]
  const start = performance.now()
  const result = await read(file, bundle)
  const seconds = Math.round((performance.now() - start) / 100) / 10
  const { user, system } = process.cpuUsage()
  const cpu = Math.round((user + system) / 1e5) / 10
  const rss = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) >> 10
  console.log(JSON.stringify({ ...result, seconds, cpu, rss }))
  process.exit()
}

async function importWithAssay(file, bundle) {
  const app = await import(bundle)
  const engine = value(await app.openBundles([app.nodeBundle], app.usualPatience))
  const memory = watchMemory(engine)
  const { signal } = new AbortController()
  let ids = 0
  const intake = { engine, reader: app.directReader(), world: { id: kind => `${kind} ${++ids}` } }
  const [blob, name] = [await openAsBlob(file), basename(file)]
  const inspection = value(await intake.reader.inspect(blob, name, {}, signal))
  const table = app.rawTable(name, inspection)
  const { adapter } = app.recognise(table)
  const options = app.proposedOptions(adapter, table)
  const quiet = { bytes() {}, rows() {} }
  const request = { file: blob, name, options: adapter.readAs?.(table) ?? {}, table: 'raw' }
  const raw = value(await app.readIn(intake, request, signal, quiet))
  const mapping = adapter.map(table, options)
  const outputs = Object.fromEntries(
    mapping.targets.map(({ table: canonical }) => [canonical, intake.world.id(canonical)]),
  )
  const zone = options.zone ?? '+00:00'
  const job = { raw, mapping, fileId: 'f', zone, decimal: '.', aliases: [], existing: {}, outputs }
  const { counts } = value(await app.mapIn(intake, job, signal))
  await app.dropTables(engine, ['raw'])
  const engineMB = await memory.stop()
  return { rows: counts.rowsRead, accepted: counts.rowsAccepted, rejected: counts.rowsRejected, ...engineMB }
}

function value(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** The engine's own count of its memory in MB: the most that was seen, and what is left at the end. */
function watchMemory(engine) {
  let peak = 0
  let asked = Promise.resolve()
  const look = async () => {
    const now = Math.round(value(await engine.memory()) / 1e6)
    peak = Math.max(peak, now)
    return now
  }
  const timer = setInterval(() => {
    asked = asked.then(look)
  }, 500)
  return {
    async stop() {
      clearInterval(timer)
      await asked
      return { engineLeft: await look(), enginePeak: peak }
    },
  }
}

async function readWithCsvParse(file) {
  let rows = -1
  for await (const record of createReadStream(file).pipe(parse())) if (record.length > 0) rows++
  return { rows }
}

async function readWithParquetWasm(file) {
  const { ParquetFile } = await import('parquet-wasm')
  const parquet = await ParquetFile.fromFile(await openAsBlob(file))
  let rows = 0
  for await (const batch of await parquet.stream({ batchSize: 65_536, concurrency: 1 })) rows += batch.numRows
  return { rows }
}
