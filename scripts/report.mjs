import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.mjs'
import { hasDisplay, openDisplay } from './display.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { launch, rootSwitches } from './launch.mjs'
import { settleSystemLibraries } from './system-libraries.mjs'

const usage = `usage: npm run report -- --out DIR [--lang zh|en] [--timeout SECONDS] [--earlier FILE|FOLDER]… [FILE|FOLDER …]

Computes every indicator on the named files (the bundled sample when none is named) and writes the results, their
tables, figures and a report below DIR. All named files are one export; each --earlier names one made before it, the
oldest first. Ends with 0 when the job ran, 2 on unusable arguments, 3 when a
file could not be read, 1 when it broke or took longer than --timeout (default 3600).`

class Unusable extends Error {}

/**
 * @param {readonly string[]} argv
 * @returns {{ out: string, language: 'zh' | 'en', seconds: number, exports: readonly (readonly string[])[] }}
 * @throws {Unusable}
 */
function readArguments(argv) {
  const { values, positionals } = parse(argv)
  const { out, lang = 'zh', timeout = '3600', earlier = [] } = values
  const seconds = Number(timeout)
  if (!out) throw new Unusable('--out is missing')
  if (lang !== 'zh' && lang !== 'en') throw new Unusable(`--lang is zh or en, not ${lang}`)
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new Unusable(`--timeout is a number of seconds, not ${timeout}`)
  // npm runs scripts in the package's folder; relative names are meant from where the person stands.
  const from = process.env.INIT_CWD ?? process.cwd()
  const named = [...earlier.map(name => [name]), positionals].filter(names => names.length > 0)
  const exports = named.map(names => names.map(name => resolve(from, name)))
  for (const input of exports.flat()) mustExist(input)
  return { out: resolve(from, out), language: lang, seconds, exports }
}

function parse(argv) {
  const options = {
    out: { type: 'string' },
    lang: { type: 'string' },
    timeout: { type: 'string' },
    earlier: { type: 'string', multiple: true },
  }
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new Unusable(error.message)
  }
}

function mustExist(input) {
  try {
    statSync(input)
  } catch {
    throw new Unusable(`${input} does not exist`)
  }
}

/**
 * Runs the report job in a hidden window.
 *
 * @param {{ out: string, language: 'zh' | 'en', seconds: number, exports: readonly (readonly string[])[] }} job
 * @returns {Promise<number>} exit code
 */
export async function report({ out, language, seconds, exports }) {
  mkdirSync(out, { recursive: true })
  const electron = await electronRuntime()
  settleSystemLibraries(electron, { display: !hasDisplay() })
  buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
  const jobFile = join(folder, 'job.json')
  writeFileSync(jobFile, JSON.stringify({ out, language, seconds, exports }))
  const display = await openDisplay()
  try {
    const args = [...rootSwitches(), `--report=${jobFile}`, `--user-data-dir=${join(folder, 'profile')}`]
    // The app watches the time itself; this is for an app that does not even do that.
    return await launch({ electron, args, env: display.env, seconds: seconds + 30 })
  } finally {
    display.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await report(readArguments(process.argv.slice(2)))
  } catch (error) {
    const unusable = error instanceof Unusable
    console.error(unusable ? `${error.message}\n\n${usage}` : error.message)
    process.exitCode = unusable ? 2 : 1
  }
}
