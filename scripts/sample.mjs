import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const usage =
  'usage: npm run sample -- [--rows EVENTS] [--platforms NUMBER] [--seed NUMBER] [--out FOLDER (and FOLDER-2025)]'
const root = fileURLToPath(new URL('..', import.meta.url))

const values = readArguments()
const { module } = await runnerImport(`${root}scripts/sample/write-sample.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
})
const rows = wholeNumber(values.rows) ?? module.bundled.rows
if (rows < module.bundled.rows) refuse(`--rows must be at least ${module.bundled.rows}`)
const platforms = wholeNumber(values.platforms) ?? module.platformCount
if (platforms < 31 || platforms > 20_000) refuse('--platforms must lie between 31 and 20000')
const { files } = module.writeSample({
  out: values.out ?? `${root}resources/sample`,
  rows,
  platforms,
  seed: wholeNumber(values.seed) ?? module.bundled.seed,
})
console.table(files)
const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)
console.log(`${(total / 1e6).toFixed(2)} MB in ${Object.keys(files).length} files`)

function readArguments() {
  const names = ['rows', 'platforms', 'seed', 'out']
  const options = Object.fromEntries(names.map(name => [name, { type: 'string' }]))
  try {
    const { values } = parseArgs({ options })
    const isOther = ['rows', 'platforms', 'seed'].some(name => values[name] !== undefined)
    if (isOther && values.out === undefined)
      refuse('another size or seed needs --out: the bundled sample is fixed')
    return values
  } catch (thrown) {
    return refuse(thrown.message)
  }
}

function wholeNumber(text) {
  if (text === undefined) return undefined
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse(`not a whole number: ${text}`)
}

function refuse(reason) {
  console.error(`${reason}\n${usage}`)
  process.exit(2)
}
