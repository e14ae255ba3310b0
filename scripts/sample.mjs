import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const usage =
  'usage: npm run sample -- [--rows EVENTS] [--platforms NUMBER] [--seed NUMBER] [--out FOLDER (and FOLDER-2025)]'
const root = fileURLToPath(new URL('..', import.meta.url))

const values = readArguments()
const [{ bundled }, { platformCount }, { writeSample }] = await Promise.all(
  ['sample-files', 'platforms', 'write-sample'].map(load),
)
const rows = wholeNumber(values.rows) ?? bundled.rows
if (rows < bundled.rows) refuse(`--rows must be at least ${bundled.rows}`)
const platforms = wholeNumber(values.platforms) ?? platformCount
if (platforms < 31 || platforms > 20_000) refuse('--platforms must lie between 31 and 20000')
const { files } = writeSample({
  out: values.out ?? `${root}resources/sample`,
  rows,
  platforms,
  seed: wholeNumber(values.seed) ?? bundled.seed,
})
console.table(files)
const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)
console.log(`${(total / 1e6).toFixed(2)} MB in ${Object.keys(files).length} files`)

async function load(name) {
  const options = { root, configFile: false, logLevel: 'error' }
  return (await runnerImport(`${root}scripts/sample/${name}.ts`, options)).module
}

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
