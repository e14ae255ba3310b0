import { spawn } from 'node:child_process'

/** Whether a window can be shown to a person. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * An environment in which Electron can open windows: this one, or that of an own Xvfb where there is no display.
 * The Xvfb ends with this process, or by `close`.
 *
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => void }>}
 */
export async function openDisplay() {
  if (hasDisplay()) return { env: process.env, close: () => {} }
  const screen = ['-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-displayfd', '3']
  const server = spawn('Xvfb', screen, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const close = () => server.kill('SIGKILL')
  process.once('exit', close)
  const number = await displayNumber(server).catch(error => {
    close()
    throw error
  })
  server.unref()
  server.stdio[3].destroy()
  return { env: { ...process.env, DISPLAY: `:${number}` }, close }
}

/** Xvfb picks a free number itself and writes it to descriptor 3 once it takes connections. */
function displayNumber(server) {
  return new Promise((settle, fail) => {
    let text = ''
    const late = setTimeout(() => fail(new Error('Xvfb did not start within 20 s.')), 20_000)
    server.on('error', error => fail(new Error(`Xvfb does not start: ${error.message}`)))
    server.on('exit', code => fail(new Error(`Xvfb ended with code ${code}.`)))
    server.stdio[3].on('data', chunk => {
      text += chunk
      if (!text.includes('\n')) return
      clearTimeout(late)
      settle(text.trim())
    })
  })
}
