import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'

const root = resolve(import.meta.dirname, '..')

// Playwright (1.65) makes the app wait until it is connected, but only where it finds Electron by itself. With an
// explicit path one start in 25 came too early and hung; with Playwright's own loader none did.
const holdUntilConnected = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

export interface Options {
  /** Language in which the app is started. */
  language: 'zh' | 'en'
  /** More environment for the app, such as the faults a journey injects. */
  environment: Readonly<Record<string, string>>
  /** The console errors that a journey provokes on purpose; all others fail it. */
  expectedErrors: RegExp | null
}

interface Fixtures extends Options {
  /** A folder of its own for each journey, gone afterwards. */
  folder: string
  /** Files that the journey saves land here, without a dialog. */
  saveFolder: string
  app: ElectronApplication
  page: Page
}

/** A journey in the real app, with a fresh profile. It fails when the page wrote an error to its console. */
export const test = base.extend<Fixtures>({
  language: ['en', { option: true }],
  environment: [{}, { option: true }],
  expectedErrors: [null, { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-journey-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },

  saveFolder: async ({ folder }, use) => {
    const saved = await mkdtemp(join(folder, 'saved-'))
    await use(saved)
  },

  app: async ({ folder, saveFolder, language, environment }, use) => {
    const app = await start(join(folder, 'profile'), language, {
      ASSAY_E2E_SAVE_DIR: saveFolder,
      ...environment,
    })
    await use(app)
    await app.close()
  },

  page: async ({ app, expectedErrors }, use) => {
    const errors: string[] = []
    const page = await app.firstWindow()
    page.on('console', message => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', error => errors.push(`uncaught: ${error.message}`))
    catchFileDialogs(page)
    await firstPaint(page)
    await use(page)
    const unexpected = errors.filter(text => expectedErrors?.test(text) !== true)
    expect(unexpected, 'errors on the console of the page').toEqual([])
  },
})

export { expect }

/**
 * Playwright catches file dialogs only while somebody listens, and tells the page so without waiting: in a busy page a
 * key pressed at once overtakes that, and the dialog of the system opens instead. So somebody listens from the start,
 * before the fixture first waits for an answer of the page.
 */
function catchFileDialogs(page: Page): void {
  page.on('filechooser', () => {})
}

/** Until a page has painted, Chromium drops the keys that a person could not have pressed yet. */
async function firstPaint(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
}

/** Starts the built app. `ELECTRON_EXEC_PATH` is set by `npm test`. */
async function start(
  profile: string,
  language: 'zh' | 'en',
  environment: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  const executablePath = process.env.ELECTRON_EXEC_PATH
  if (executablePath === undefined)
    throw new Error('ELECTRON_EXEC_PATH is not set: run the journeys by `npm test`.')
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return await _electron.launch({
    executablePath,
    cwd: root,
    args: ['-r', holdUntilConnected, '.', ...asRoot, `--user-data-dir=${profile}`, `--lang=${locale}`],
    env: { ...inherited(), LANGUAGE: locale.replace('-', '_'), ...environment },
    timeout: 60_000,
  })
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}
