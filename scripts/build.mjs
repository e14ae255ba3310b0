import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './cache.mjs'

const stamp = join(root, 'out', 'built')
const sources = ['src', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.json']

/**
 * Builds the app into `out/` unless what is there is newer than every source. Silent when it goes well.
 *
 * @throws {Error} with the bundler's words when the build fails
 */
export function buildIfStale() {
  if (existsSync(stamp) && newestSource() <= statSync(stamp).mtimeMs) return
  console.error('Building …')
  const started = Date.now()
  build(['ignore', 'pipe', 'pipe'])
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

function build(stdio) {
  const bundler = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const started = new Date()
  const done = spawnSync(process.execPath, [bundler, 'build'], { cwd: root, stdio, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`The build failed.\n${done.stdout ?? ''}${done.stderr ?? ''}`)
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, started.toISOString())
}

function newestSource() {
  return Math.max(...sources.map(name => newestBelow(join(root, name))))
}

function newestBelow(path) {
  const status = statSync(path)
  if (!status.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : status.mtimeMs
  return Math.max(status.mtimeMs, ...readdirSync(path).map(name => newestBelow(join(path, name))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build('inherit')
  } catch {
    process.exit(1)
  }
}
