import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runBounded } from './bounded-process.mjs'
import { cacheFolder } from './cache.mjs'

const package_ = createRequire(import.meta.url).resolve('electron/package.json')
const folder = dirname(package_)
const attemptFile = join(cacheFolder, 'official-electron-attempt.json')
const hoursBetweenAttempts = 6

/** The Electron version that Assay declares and ships with. */
export const declaredElectron = JSON.parse(readFileSync(package_, 'utf8')).version

/** Path of the official binary, or null when Electron's installer has not (or only half) put it there. */
export function installedOfficialElectron() {
  try {
    if (readFileSync(join(folder, 'dist', 'version'), 'utf8').replace(/^v/, '') !== declaredElectron)
      return null
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    return existsSync(binary) ? binary : null
  } catch {
    return null
  }
}

/**
 * Lets Electron's own installer fetch the official binary. A closed network costs at most 20 s, and once only:
 * a failure is remembered for six hours. What a killed attempt has unpacked is removed.
 *
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function installOfficialElectron() {
  const remembered = rememberedFailure()
  if (remembered) return { reason: remembered }
  const downloads = mkdtempSync(join(tmpdir(), 'assay-electron-'))
  const reason = await runBounded(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    // The installer downloads below the temporary folder: there its progress can be seen.
    env: { ...process.env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
    folders: [downloads, join(folder, 'dist')],
    quietSeconds: 20,
    totalSeconds: 900,
  })
  rmSync(downloads, { recursive: true, force: true })
  const binary = installedOfficialElectron()
  if (reason === null && binary) {
    rmSync(attemptFile, { force: true })
    return { binary }
  }
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  rmSync(join(folder, 'path.txt'), { force: true })
  return { reason: rememberFailure(reason ?? 'the installer left no binary') }
}

function rememberFailure(reason) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(attemptFile, JSON.stringify({ version: declaredElectron, at: Date.now(), reason }))
  return reason
}

function rememberedFailure() {
  try {
    const { version, at, reason } = JSON.parse(readFileSync(attemptFile, 'utf8'))
    const age = Date.now() - at
    if (version !== declaredElectron || age < 0 || age > hoursBetweenAttempts * 3_600_000) return null
    return `${reason}; tried ${Math.round(age / 60_000)} min ago, \`npx install-electron\` tries again now`
  } catch {
    return null
  }
}
