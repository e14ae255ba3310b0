import { spawn } from 'node:child_process'
import { existsSync, openAsBlob, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundled } from './bundled.mjs'

/**
 * What each indicator takes: `node bench/recipes.mjs [--rows 1000000] [--platforms 340] [--seed 1] [--only CON-07,AGG-01]
 * [--sample DIR] [--grow rows|platforms|none] [--out FILE.json]`.
 * Makes a big sample in a temporary folder (or takes one), imports it as the app does and computes every recipe of the
 * catalogue with its defaults, in a process of its own. Then the same at a quarter of the rows (or platforms), for the
 * exponent with which the time grows. Ends with 1 where a recipe failed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '1000000' },
    platforms: { type: 'string', default: '340' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    sample: { type: 'string' },
    grow: { type: 'string', default: 'rows' },
    out: { type: 'string' },
  },
})
const self = fileURLToPath(import.meta.url)
const root = fileURLToPath(new URL('..', import.meta.url))
const runs = 3

if (!['rows', 'platforms', 'none'].includes(values.grow)) throw new Error('--grow: rows, platforms or none')
if (positionals.length > 0) await work(positionals)
else await compare()

async function compare() {
  const [folder, bundle] = [await mkdtemp(join(tmpdir(), 'assay-recipes-')), await cacheFolder()]
  try {
    await bundled(root, 'bench/recipe-path.ts', bundle)
    const size = { rows: Number(values.rows), platforms: Number(values.platforms) }
    const large = await measured(values.sample ?? (await generated(folder, size)), bundle)
    const small = await measureSmaller(folder, bundle, size)
    const rows = withGrowth(large.recipes, small?.recipes ?? [])
    print(large, rows)
    if (values.out)
      writeFileSync(values.out, `${JSON.stringify({ options: values, large, small }, null, 2)}\n`)
    process.exitCode = rows.some(({ failure }) => failure !== undefined) ? 1 : 0
  } finally {
    for (const made of [folder, bundle]) rmSync(made, { recursive: true })
  }
}

async function cacheFolder() {
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  return mkdtemp(join(cache, 'assay-recipes-'))
}

/** The run that growth is measured against: a quarter of what grows; none for a sample that was given. */
async function measureSmaller(folder, bundle, { rows, platforms }) {
  const sizes = {
    rows: { rows: Math.max(62_000, Math.round(rows / 4)), platforms },
    platforms: { rows, platforms: Math.max(31, Math.round(platforms / 4)) },
  }
  const size = sizes[values.grow]
  return size && !values.sample ? measured(await generated(folder, size), bundle) : undefined
}

async function generated(folder, { rows, platforms }) {
  const out = join(folder, `${rows}-${platforms}`)
  const options = { rows, platforms, seed: values.seed, out }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  await told([join(root, 'scripts/sample.mjs'), ...words])
  return out
}

async function measured(sample, bundle) {
  console.error(`measuring ${sample}`)
  const lines = await told([self, sample, join(bundle, 'path.mjs'), values.only ?? ''])
  return JSON.parse(lines.at(-1))
}

/** Runs a script of Node in a process of its own and gives the lines that it printed. */
async function told(words) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => child.once('close', resolve))
  let text = ''
  for await (const piece of child.stdout) text += piece
  const code = await ended
  if (code !== 0) throw new Error(`${words[0]} ended with ${code}`)
  return text.trim().split('\n')
}

/**
 * log(t2/t1) / log(n2/n1): t is CPU time, n are the rows that a recipe touches, or the platforms; null where n hardly grew
 * or t is too short to tell.
 */
function withGrowth(large, small) {
  const before = new Map(small.map(one => [one.id, one]))
  return large.map(one => {
    const was = before.get(one.id)
    if (!was || one.failure || was.failure) return { ...one, exponent: null }
    const size = values.grow === 'platforms' ? 'platforms' : 'touched'
    const ratio = one[size] / was[size]
    const isTold = ratio > 1.5 && one.cpu > 20
    return { ...one, exponent: isTold ? Math.log(one.cpu / was.cpu) / Math.log(ratio) : null }
  })
}

function print({ rows, scan, asOf, load }, recipes) {
  const sorted = recipes.toSorted((a, b) => (b.cpu ?? Infinity) - (a.cpu ?? Infinity))
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, node ${process.version}`)
  console.log(`rows ${JSON.stringify(rows)}`)
  const plain = `one scan of conn_event ${scan.ms.toFixed(1)} ms, ${scan.cpu.toFixed(1)} ms of CPU`
  console.log(`import ${whole(load / 1000)} s, as-of ${whole(asOf)} ms, ${plain}`)
  const columns = ['id', 'rows touched', 'query ms', 'rest ms', 'CPU ms', 'result rows', 'scans', 'exponent']
  const cells = sorted.map(one =>
    one.failure
      ? [one.id, one.failure]
      : [one.id, one.touched, one.query, one.rest, one.cpu, one.result, one.cpu / scan.cpu, one.exponent],
  )
  console.log(columns.map((column, i) => (i === 0 ? column.padEnd(6) : column.padStart(13))).join(''))
  for (const [id, ...numbers] of cells) console.log(id.padEnd(6) + numbers.map(cell).join(''))
  const failed = recipes.filter(({ failure }) => failure !== undefined).length
  console.log(`${recipes.length} recipes, ${failed} failed`)
}

function cell(value) {
  if (typeof value === 'string') return `  ${value}`
  if (value === null) return '–'.padStart(13)
  return (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1)).padStart(13)
}

function whole(number) {
  return String(Math.round(number))
}

/** The child's side: imports the sample, computes each recipe, prints one line of JSON. */
async function work([sample, bundle, only]) {
  const app = await import(bundle)
  const engine = value(await app.openBundles([app.nodeBundle], app.usualPatience))
  const started = performance.now()
  const { loaded, rows, exports } = await imported(app, engine, sample)
  const load = performance.now() - started
  const { tables } = app.scope(loaded, app.noFilters, { exports })
  const ask = async (statement, columns, limit) =>
    value(await engine.query(statement, columns, new AbortController().signal, limit)).rows
  const asked = await timed(() => ask(app.asOfQuery(tables), app.asOfResult))
  const context = { asOf: asked.given[0].as_of ?? 0 }
  const counting = app.sql`select platform_id::varchar as p, count(*) as n from ${tables.conn_event} group by 1`
  const scan = await timed(() => ask(counting, { p: 'text', n: 'integer' }), 5)
  const recipes = []
  for (const recipe of app.catalogue.filter(({ id }) => only === '' || only.split(',').includes(id))) {
    const figures = await measure(app, { ask, recipe, tables, context })
    recipes.push({
      id: recipe.id,
      touched: touchedBy(app, recipe, rows),
      platforms: rows.platform,
      ...figures,
    })
  }
  const { ms, cpu } = scan
  console.log(JSON.stringify({ sample, rows, load, asOf: asked.ms, scan: { ms, cpu }, recipes }))
  process.exit()
}

/** The sample and the older export beside it in canonical tables, their rows, and the times the exports speak of. */
async function imported(app, engine, folder) {
  let ids = 0
  const intake = { engine, reader: app.directReader(), world: { id: kind => `${kind} ${++ids}` } }
  const [loaded, rows, asOf] = [{}, {}, {}]
  for (const place of [folder, `${folder.replace(/\/+$/, '')}-2025`].filter(path => existsSync(path))) {
    const { assay } = JSON.parse(readFileSync(join(place, 'datapackage.json'), 'utf8'))
    const own = {}
    for (const name of readdirSync(place).filter(file => file.endsWith('.arrow'))) {
      const mapped = await importFile(app, intake, join(place, name), own)
      for (const [table, output] of Object.entries(mapped.outputs)) {
        own[table] = [...(own[table] ?? []), output]
        loaded[table] = [...(loaded[table] ?? []), output]
        rows[table] = (rows[table] ?? 0) + mapped.rows[table]
        asOf[output] = Date.parse(assay.as_of) * 1000
      }
    }
  }
  return { loaded, rows, exports: { asOf, overlapping: loaded.platform.length > 1 ? ['platform'] : [] } }
}

/** One file through reader, engine and mapping, as it is proposed; `existing` are the tables of the same package. */
async function importFile(app, intake, path, existing) {
  const { signal } = new AbortController()
  const [blob, name] = [await openAsBlob(path), basename(path)]
  const table = app.rawTable(name, value(await intake.reader.inspect(blob, name, {}, signal)))
  const { adapter } = app.recognise(table)
  const options = app.proposedOptions(adapter, table)
  const request = { file: blob, name, options: adapter.readAs?.(table) ?? {}, table: 'raw' }
  const raw = value(await app.readIn(intake, request, signal, { bytes() {}, rows() {} }))
  const mapping = adapter.map(table, options)
  const outputs = Object.fromEntries(
    mapping.targets.map(target => [target.table, intake.world.id(target.table)]),
  )
  const [zone, fileId] = [options.zone ?? '+00:00', intake.world.id('file')]
  const job = { raw, mapping, fileId, zone, decimal: '.', aliases: [], existing, outputs }
  const mapped = value(await app.mapIn(intake, job, signal))
  await app.dropTables(intake.engine, ['raw'])
  return mapped
}

/** Sums the rows of the tables that a recipe names; a derived table counts as what it is derived from. */
function touchedBy(app, { needs, uses = [] }, rows) {
  const sources = new Set([...needs, ...uses].map(table => app.canonicalTable(table).derivedFrom ?? table))
  return [...sources].reduce((sum, table) => sum + (rows[table] ?? 0), 0)
}

/** Medians in ms: the statement, what is derived and drawn from its rows, and the CPU time of both. */
async function measure(app, { ask, recipe, tables, context }) {
  try {
    const inputs = app.resolveInputs(recipe.inputs, {})
    const statement = recipe.query(tables, inputs, context)
    const limit = recipe.derive ? app.mostDerived : undefined
    const query = await timed(() => ask(statement, app.queriedColumns(recipe), limit))
    const rest = await timed(() => {
      const result = app.derivedRows(recipe, query.given, inputs, context)
      return { result, headline: recipe.headline(result, inputs), chart: recipe.chart(result, inputs) }
    })
    const { result, headline } = rest.given
    const times = { query: query.ms, rest: rest.ms, cpu: query.cpu + rest.cpu }
    return { ...times, result: result.length, value: headline.value, missing: headline.missing }
  } catch (thrown) {
    return { failure: thrown.message.slice(0, 200) }
  }
}

/** The medians of some runs, in ms of the clock and in ms of CPU (all threads), and what the last one gave. */
async function timed(run, times = runs) {
  const clock = []
  const cpu = []
  let given
  for (let i = 0; i < times; i++) {
    const [start, before] = [performance.now(), process.cpuUsage()]
    given = await run()
    const { user, system } = process.cpuUsage(before)
    clock.push(performance.now() - start)
    cpu.push((user + system) / 1000)
  }
  return { ms: median(clock), cpu: median(cpu), given }
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
}

function value(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
