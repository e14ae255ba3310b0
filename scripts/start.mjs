import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { root } from './cache.mjs'
import { hasDisplay } from './display.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { launch, rootSwitches } from './launch.mjs'
import { report } from './report.mjs'
import { settleSystemLibraries } from './system-libraries.mjs'

async function open() {
  const electron = await electronRuntime()
  settleSystemLibraries(electron, { display: false })
  buildIfStale()
  const args = [...rootSwitches(), ...process.argv.slice(2)]
  return launch({ electron, args, env: process.env, seconds: null })
}

async function reportOnSample() {
  const out = join(root, 'report')
  console.log('There is no display to open a window on. Computing the report on the bundled sample instead …')
  const code = await report({ out, language: 'zh', seconds: 3600, exports: [] })
  if (code === 0) console.log(`The results are in ${out}: open ${join(out, 'report.html')} in a browser.`)
  return code
}

try {
  process.exitCode = hasDisplay() ? await open() : await reportOnSample()
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
