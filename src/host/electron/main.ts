import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { calls } from './calls.ts'
import { guardEverything } from './guard.ts'
import { listFolder, type Manifest } from './manifest.ts'
import { openingSwitches } from './opening-switches.ts'
import { declareScheme, serve } from './protocol.ts'
import { refusalLog } from './refusals.ts'
import { inputManifest, prepareReport, type ReportRun, superviseReport } from './report-run.ts'
import { silenceChromium } from './switches.ts'
import { openWindow, reviveWhenGone } from './window.ts'
import { handle } from './wire.ts'

const log = refusalLog()
const built = join(import.meta.dirname, '..')

function start(): void {
  const refused = app.isPackaged ? openingSwitches(process.argv.slice(1)) : []
  if (refused.length > 0) {
    console.error(`Assay does not start with ${refused.join(' ')}.`)
    process.exit(2)
  }
  silenceChromium()
  declareScheme()
  guardEverything(log)
  // Chromium has no sandbox for root: there our scripts say --no-sandbox, aloud.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  const reportFile = app.commandLine.getSwitchValue('report')
  if (reportFile !== '') void app.whenReady().then(() => runReport(reportFile))
  else if (app.requestSingleInstanceLock()) void app.whenReady().then(showWindow)
  else app.quit()
}

function showWindow(): void {
  serve(pageFiles(), log)
  const window = openWindow('window', join(built, 'preload'))
  connect(window, null)
  reviveWhenGone(window)
  app.on('second-instance', () => focus(window))
  app.on('window-all-closed', () => app.quit())
}

async function runReport(file: string): Promise<void> {
  const run = await prepareReport(file)
  serve(new Map([...pageFiles(), ...inputManifest(run)]), log)
  const window = openWindow('report', join(built, 'preload'))
  superviseReport(window.webContents, run.job.seconds)
  connect(window, run)
}

/** The built pages, and both exports of the bundled sample beside them. */
function pageFiles(): Manifest {
  const samples = ['sample', 'sample-2025'].flatMap(name => [
    ...listFolder(join(app.getAppPath(), 'resources', name), `/${name}/`),
  ])
  return new Map([...listFolder(join(built, 'renderer'), '/'), ...samples])
}

function connect(window: BrowserWindow, run: ReportRun | null): void {
  const windows = new Set([window.webContents.id])
  for (const [name, call] of Object.entries(calls(window, run, log))) {
    handle(`assay:${name}`, call, windows, log)
  }
}

function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}

start()
