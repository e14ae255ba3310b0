import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build } from 'electron-vite'
import { root } from './cache.mjs'
import { hasDisplay } from './display.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { rootSwitches } from './launch.mjs'
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
await build({ root, build: { watch: {} } })

const switches = rootSwitches()
let app = null
let pause

function restart() {
  clearTimeout(pause)
  pause = setTimeout(() => {
    app?.kill()
    app = spawn(electron, ['.', ...switches, '--development'], { cwd: root, stdio: 'inherit' })
  }, 500)
}

for (const part of ['main', 'preload', 'renderer']) watch(join(root, 'out', part), restart)
restart()
