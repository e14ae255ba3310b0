import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { root } from './cache.mjs'
import { hasDisplay, openDisplay } from './display.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { settleSystemLibraries } from './system-libraries.mjs'
import { playwrightCount, sum, vitestCount } from './test-count.mjs'

const results = join(root, 'test-results')
const none = { passed: 0, failed: 0, skipped: 0 }

/** A check has no tests to count: it is nothing when it passes and one failure when it does not. */
function check(name, script, args) {
  const started = Date.now()
  const passed = run(script, args)
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(0)} s)`)
  return passed ? none : { ...none, failed: 1 }
}

function run(script, args, env = process.env) {
  const command = [join(root, 'node_modules', script), ...args]
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env }).status === 0
}

/** What a runner has written of its own tests; a runner that wrote nothing, or failed without saying why, is a failure. */
function counted(passed, file, read) {
  try {
    const count = read(JSON.parse(readFileSync(file, 'utf8')))
    return passed || count.failed > 0 ? count : { ...count, failed: 1 }
  } catch {
    return { ...none, failed: 1 }
  }
}

function unitTests() {
  const file = join(results, 'unit.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return counted(run('vitest/vitest.mjs', args), file, vitestCount)
}

async function journeys() {
  const electron = await electronRuntime(line => console.log(line))
  settleSystemLibraries(electron, { display: !hasDisplay() })
  buildIfStale()
  const display = await openDisplay()
  const file = join(results, 'journeys.json')
  const env = { ...display.env, ELECTRON_EXEC_PATH: electron, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const passed = run('@playwright/test/cli.js', ['test', '--reporter=list,json'], env)
  display.close()
  return counted(passed, file, playwrightCount)
}

async function journeysOrFailure() {
  try {
    return await journeys()
  } catch (error) {
    console.log(`The journeys cannot run: ${error.message}`)
    return { ...none, failed: 1 }
  }
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const { passed, failed, skipped } = sum([
  check('types', 'typescript/bin/tsc', ['-p', '.']),
  check('lint', '@biomejs/biome/bin/biome', ['ci', '.']),
  unitTests(),
  await journeysOrFailure(),
])
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
