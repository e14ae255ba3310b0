import { createReadStream, openAsBlob, rmSync, statSync } from 'node:fs'
import { mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse'
import { build } from 'vite'

/**
 * How fast the CSV reader is beside csv-parse on the same file: bytes to checked Arrow chunks with SHA-256 against
 * bytes to arrays of strings. `node bench/csv-reader.mjs [--mb 200] [--seed 1] [--quoted] [--only assay|csv-parse]`
 */
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    quoted: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

const folder = await mkdtemp(join(tmpdir(), 'assay-csv-'))
const path = join(folder, 'events.csv')
try {
  const rows = await writeEvents(path, Number(values.mb) * 1e6, Number(values.seed), values.quoted)
  const megabytes = statSync(path).size / 1e6
  console.log(`${megabytes.toFixed(0)} MB, ${rows} rows, node ${process.version}`)
  const csv = await bundled(join(folder, 'bundle'))
  const own =
    values.only === 'csv-parse' ? null : await measured('assay', megabytes, () => readWithAssay(csv, path))
  const other =
    values.only === 'assay' ? null : await measured('csv-parse', megabytes, () => readWithCsvParse(path))
  for (const result of [own, other])
    if (result && result.rows !== rows) throw new Error(`${result.rows} rows read`)
  if (own && other) console.log(`ratio ${(own.speed / other.speed).toFixed(1)}`)
} finally {
  rmSync(folder, { recursive: true })
}

async function measured(name, megabytes, work) {
  const sampler = watchMemory()
  const before = process.cpuUsage()
  const start = performance.now()
  const rows = await work()
  const speed = megabytes / ((performance.now() - start) / 1000)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  console.log(
    `${name}: ${speed.toFixed(1)} MB/s, ${seconds.toFixed(1)} s of CPU, peak RSS ${sampler.stop()} MB`,
  )
  return { rows, speed }
}

function watchMemory() {
  let peak = 0
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()))
  const timer = setInterval(look, 20)
  return {
    stop() {
      look()
      clearInterval(timer)
      return (peak / 2 ** 20).toFixed(0)
    },
  }
}

/** Bundled as the app is: module by module, imports cost more than they do there. */
async function bundled(outDir) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const entry = `${root}src/formats/csv/csv.ts`
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir, rolldownOptions: { output: { entryFileNames: 'csv.mjs' } } },
  })
  return (await import(join(outDir, 'csv.mjs'))).csv
}

async function readWithAssay(csv, file) {
  const blob = await openAsBlob(file)
  const input = { file: blob, options: {}, signal: new AbortController().signal, progress: () => {} }
  const chunks = csv.read(input)
  for (;;) {
    const { done, value } = await chunks.next()
    if (done) return value.rowsSent
  }
}

async function readWithCsvParse(file) {
  let rows = -1
  for await (const record of createReadStream(file).pipe(parse())) if (record.length > 0) rows++
  return rows
}

/** Connection events of made-up devices, about 75 bytes each; every row differs. */
async function writeEvents(file, bytes, seed, quoted) {
  const handle = await open(file, 'w')
  const random = generator(seed)
  const texts = ['device_id,event_at,event,reason,protocol,value,site']
  const q = quoted ? '"' : ''
  let [rows, written] = [0, 0]
  while (written < bytes) {
    for (let i = 0; i < 20_000; i++) {
      const time = new Date(1.76e12 + rows * 1000).toISOString()
      const event = random() < 0.5 ? 'connected' : 'disconnected'
      const reason = random() < 0.3 ? '' : `${q}keepalive${q}`
      const device = `${q}dev-${Math.floor(random() * 1e6)}${q}`
      const value = (random() * 100).toFixed(3)
      texts.push(
        `${device},${time},${q}${event}${q},${reason},mqtt,${value},site-${Math.floor(random() * 40)}`,
      )
      rows++
    }
    const text = `${texts.join('\n')}\n`
    texts.length = 0
    await handle.write(text)
    written += text.length
  }
  await handle.close()
  return rows
}

/** Mulberry32. */
function generator(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
