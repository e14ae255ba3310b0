import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs a command that downloads into `folders` and ends it, with all its children, when nothing has grown there
 * for `quietSeconds`, or after `totalSeconds`. Returns null when it succeeded, else the reason in one line.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, folders: readonly string[], quietSeconds: number, totalSeconds: number }} limits
 * @returns {Promise<string | null>}
 */
export function runBounded(command, args, limits) {
  return new Promise(settle => {
    const { cwd, env } = limits
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    let errors = ''
    child.stderr.on('data', chunk => {
      errors = (errors + chunk).slice(-4000)
    })
    const watch = watchGrowth(limits, reason => {
      killGroup(child)
      finish(reason)
    })
    const stop = () => killGroup(child)
    process.once('exit', stop)
    const finish = reason => {
      clearInterval(watch)
      process.removeListener('exit', stop)
      settle(reason)
    }
    child.on('error', error => finish(error.message))
    child.on('close', code => finish(code === 0 ? null : firstError(errors, code)))
  })
}

function watchGrowth({ folders, quietSeconds, totalSeconds }, giveUp) {
  const started = Date.now()
  let grownAt = started
  let size = 0
  return setInterval(() => {
    const now = Date.now()
    const current = folders.reduce((sum, folder) => sum + bytesBelow(folder), 0)
    if (current > size) grownAt = now
    size = current
    if (now - grownAt > quietSeconds * 1000) giveUp(`nothing arrived for ${quietSeconds} s`)
    else if (now - started > totalSeconds * 1000) giveUp(`not done after ${totalSeconds} s`)
  }, 1000)
}

function bytesBelow(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map(entry => {
        const path = join(folder, entry.name)
        return entry.isDirectory() ? bytesBelow(path) : statSync(path).size
      })
      .reduce((sum, size) => sum + size, 0)
  } catch {
    // A file that vanishes while it is counted belongs to a download that is alive.
    return 0
  }
}

function killGroup(child) {
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function firstError(errors, code) {
  const line = errors.split('\n').find(text => /error|fail|ENOTFOUND|ECONN/i.test(text))
  return line?.trim().slice(0, 200) ?? `exit code ${code}`
}
