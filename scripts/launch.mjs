import { spawn } from 'node:child_process'
import { root } from './cache.mjs'

/** Chromium's own complaints (no D-Bus, no GPU) would drown what the app has to say on stderr. */
export const quiet = ['--log-level=3']

/** `--no-sandbox` where Electron refuses to start without it: as root on Linux. Said aloud, never silent. */
export function rootSwitches() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return []
  console.error('Running as root: Electron gets --no-sandbox.')
  return ['--no-sandbox']
}

/**
 * Runs the built app and passes its output through. Ends it, with all its processes, when it has not ended by
 * itself after `seconds` (null: never).
 *
 * @param {{ electron: string, args: readonly string[], env: NodeJS.ProcessEnv, seconds: number | null }} run
 * @returns {Promise<number>} the app's exit code; 1 when it was ended or died by a signal
 */
export function launch({ electron, args, env, seconds }) {
  return new Promise(settle => {
    const child = spawn(electron, ['.', ...quiet, ...args], {
      cwd: root,
      env,
      stdio: 'inherit',
      detached: seconds !== null,
    })
    const end = signal => endGroup(child, seconds !== null, signal)
    const watchdog = seconds && setTimeout(() => tooLate(seconds, end), seconds * 1000)
    const interrupted = () => end('SIGTERM')
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    child.on('error', error => {
      console.error(`Electron does not start: ${error.message}`)
      settle(1)
    })
    child.on('close', code => {
      clearTimeout(watchdog ?? undefined)
      process.removeListener('SIGINT', interrupted).removeListener('SIGTERM', interrupted)
      settle(code ?? 1)
    })
  })
}

function tooLate(seconds, end) {
  console.error(`Assay has not finished after ${seconds} s and is ended.`)
  end('SIGKILL')
}

function endGroup(child, ownGroup, signal) {
  try {
    if (ownGroup && process.platform !== 'win32') process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // It has ended by itself.
  }
}
