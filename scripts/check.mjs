import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './cache.mjs'

/** Folders whose tests start no WebAssembly engine: they are done in seconds. */
const fastTests = [
  'src/domain',
  'src/sql',
  'src/charts',
  'src/views',
  'src/host',
  'src/layers.test.ts',
  'scripts',
]

const steps = [
  ['typescript/bin/tsc', '-p', '.'],
  ['@biomejs/biome/bin/biome', 'check', '.'],
  ['vitest/vitest.mjs', 'run', ...fastTests],
]

for (const [script, ...args] of steps) {
  const command = [join(root, 'node_modules', script), ...args]
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
