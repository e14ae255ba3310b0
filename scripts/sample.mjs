import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const usage = 'usage: npm run sample -- [--rows EVENTS] [--seed NUMBER] [--out FOLDER]'
const root = fileURLToPath(new URL('..', import.meta.url))

const { values } = parseArgs({
  options: { rows: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
})
const given = { rows: Number(values.rows ?? Number.NaN), seed: Number(values.seed ?? Number.NaN) }
if ([values.rows, values.seed].some(text => text !== undefined && !/^\d+$/.test(text))) {
  console.error(usage)
  process.exit(2)
}
if (values.rows !== undefined && values.out === undefined) {
  console.error('A sample of another size needs --out: the bundled one keeps its size.')
  process.exit(2)
}

const { module } = await runnerImport(`${root}scripts/sample/write-sample.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
})
const { files } = module.writeSample({
  out: values.out ?? `${root}resources/sample`,
  rows: values.rows === undefined ? module.bundled.rows : given.rows,
  seed: values.seed === undefined ? module.bundled.seed : given.seed,
})
console.table(
  Object.fromEntries(
    Object.entries(files).map(([name, { rows, bytes, sha256 }]) => [name, { rows, bytes, sha256 }]),
  ),
)
const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)
console.log(`${(total / 1e6).toFixed(2)} MB in ${Object.keys(files).length} tables`)
