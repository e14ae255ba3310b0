import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { home } from './origin.ts'
import { onPageError } from './page-error.ts'

const pages = { window: 'index.html', report: 'report.html' } as const

/** The app's one window, locked down, showing `page`; hidden where it computes a report. */
export function openWindow(page: keyof typeof pages, preload: string): BrowserWindow {
  const hidden = page === 'report'
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#151a21' : '#ffffff',
    webPreferences: {
      preload: join(preload, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A hidden page is otherwise slowed down like a forgotten tab.
      backgroundThrottling: !hidden,
    },
  })
  if (!hidden) window.once('ready-to-show', () => window.show())
  // A hidden page has no other way to be heard.
  onPageError(window.webContents, message => console.error(message))
  if (!app.isPackaged) openInspectorByF12(window)
  void window.loadURL(new URL(pages[page], home).href).catch(() => {
    // Told by `did-fail-load`.
  })
  return window
}

/** A page that dies is shown again, at most three times, so that a page that always dies does not flicker on. */
export function reviveWhenGone(window: BrowserWindow): void {
  let left = 3
  window.webContents.on('render-process-gone', (_, { reason }) => {
    console.error(`The page died: ${reason}.`)
    if (reason !== 'clean-exit' && left-- > 0) window.webContents.reload()
  })
}

function openInspectorByF12({ webContents }: BrowserWindow): void {
  webContents.on('before-input-event', (_, input) => {
    if (input.type === 'keyDown' && input.key === 'F12') webContents.toggleDevTools()
  })
}
