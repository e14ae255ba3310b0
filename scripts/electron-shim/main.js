/**
 * Stands in for Electron's own default_app in the development runtime: `electron [switches] <app path>`.
 * An ES module with top-level await, so that the app's own module runs before `ready`; started any later,
 * `protocol.registerSchemesAsPrivileged` throws.
 */
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron/main'

const { preloads, appPath } = readArguments(process.argv.slice(1))
if (appPath === null) {
  console.error('usage: electron [switches] <app path>')
  process.exit(1)
}
// Playwright (1.65) hooks itself in by `-r loader.js`.
if (preloads.length > 0) Module._preloadModules(preloads)
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
describeApp(appPath)
const entry = Module._resolveFilename(appPath, null, true)
try {
  await import(pathToFileURL(entry).href)
} catch (thrown) {
  console.error('The app threw while it was loaded.', thrown)
  process.exit(1)
}

function readArguments(argv) {
  const preloads = []
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at]
    if (argument === '-r' || argument === '--require') preloads.push(argv[++at])
    else if (!argument.startsWith('-')) return { preloads, appPath: path.resolve(argument) }
  }
  return { preloads, appPath: null }
}

function describeApp(folder) {
  app.setAppPath(folder)
  const manifest = path.join(folder, 'package.json')
  if (!fs.existsSync(manifest)) return
  const { name, productName, version } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) app.setVersion(version)
  app.setName(productName ?? name ?? app.getName())
}
