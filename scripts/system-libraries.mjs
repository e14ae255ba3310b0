import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

const forElectron = ['libnss3', 'libatk-bridge2.0-0', 'libgtk-3-0', 'libgbm1', 'libasound2']
const forNoDisplay = ['xvfb']

/**
 * Sees to it that Electron finds its shared libraries (and Xvfb, where there is no display) on Linux: installs
 * them by apt-get as root, else throws with the one line to run. Other systems bring them along.
 *
 * @param {string} electron path of the executable
 * @param {{ display: boolean }} needs `display`: an X server must be startable
 */
export function settleSystemLibraries(electron, needs) {
  if (process.platform !== 'linux') return
  const missing = missingLibraries(electron)
  const packages = [
    ...(missing.length > 0 ? forElectron : []),
    ...(needs.display && !existsOnPath('Xvfb') ? forNoDisplay : []),
  ]
  if (packages.length === 0) return
  const lacking = [...missing, ...(packages.includes('xvfb') ? ['Xvfb'] : [])].join(', ')
  if (!existsOnPath('apt-get')) {
    throw new Error(`Electron needs ${lacking}: install them by this system's package manager.`)
  }
  if (process.getuid() !== 0) {
    throw new Error(`Electron needs ${lacking}. Run this, then start again:\n  ${installLine(packages)}`)
  }
  console.error(`Installing what Electron needs (${lacking}) by apt-get …`)
  install(packages)
  const still = missingLibraries(electron)
  if (still.length > 0)
    throw new Error(`Electron still lacks ${still.join(', ')} after ${packages.join(' ')}.`)
}

function missingLibraries(electron) {
  const { stdout } = spawnSync('ldd', [electron], { encoding: 'utf8', cwd: dirname(electron) })
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(match => match[1])
}

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = args => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  const updated = run(['update', '-q'])
  const names = packages.map(currentName)
  if (!run(['install', '-y', '-q', '--no-install-recommends', ...names])) {
    const hint = updated ? '' : ' (apt-get update failed too: is there a network?)'
    throw new Error(`apt-get could not install ${names.join(' ')}${hint}.`)
  }
}

/** Debian 13 and Ubuntu 24.04 renamed packages at the change to 64-bit time. */
function currentName(name) {
  const renamed = `${name}t64`
  const found = spawnSync('apt-cache', ['show', renamed], { stdio: 'ignore' }).status === 0
  return found ? renamed : name
}

function installLine(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.map(currentName).join(' ')}`
}

function existsOnPath(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/sbin']
  return folders.some(folder => existsSync(`${folder}/${program}`))
}
