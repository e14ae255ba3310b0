import { spawn } from 'node:child_process'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { root } from './cache.mjs'
import { hasDisplay } from './display.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { quiet, rootSwitches } from './launch.mjs'
import { settleSystemLibraries } from './system-libraries.mjs'

/**
 * Builds on every change and starts the app anew. There is no development server: what runs is the built app
 * with its own scheme, headers and refusals, so nothing works here that a user's copy would refuse.
 */
const electron = await electronRuntime()
settleSystemLibraries(electron, { display: false })
if (!hasDisplay()) {
  console.error('There is no display. Run it under one, for instance `xvfb-run -a npm run dev`.')
  process.exit(1)
}

const parts = ['main', 'preload', 'renderer']
const built = new Set()
const switches = rootSwitches()
let app = null
let pause
process.once('exit', () => app?.kill())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0))

// electron-vite (6) switches watching off in its own `build`; its configuration is as good for Vite itself.
const { config } = await resolveConfig({ root }, 'build', 'production')
for (const part of parts) {
  const watcher = await build({ ...config[part], build: { ...config[part].build, watch: {} } })
  watcher.on('event', event => {
    if (event.code === 'ERROR') console.error(event.error.message)
    if (event.code === 'BUNDLE_END') restartOnce(part)
  })
}

function restartOnce(part) {
  built.add(part)
  clearTimeout(pause)
  if (built.size === parts.length) pause = setTimeout(restart, 300)
}

function restart() {
  app?.kill()
  app = spawn(electron, ['.', ...quiet, ...switches], { cwd: root, stdio: 'inherit' })
}
