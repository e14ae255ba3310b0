import { expect, test } from './launch.ts'

interface Bridge {
  refusals(): Promise<{ count: number; last: string[] }>
  save(name: unknown, bytes: unknown): Promise<unknown>
  writeOutput(name: string, bytes: Uint8Array): Promise<unknown>
}

test('the page is isolated, sandboxed and without Node', async ({ app, page }) => {
  await page.waitForLoadState()
  const world = await page.evaluate(() => ({
    isolated: crossOriginIsolated,
    secure: isSecureContext,
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter(name => name in globalThis),
    bridge: Object.keys((globalThis as unknown as { assay: Bridge }).assay).sort(),
  }))
  expect(world).toEqual({
    isolated: true,
    secure: true,
    node: [],
    bridge: [
      'describe',
      'finish',
      'onCommand',
      'refusals',
      'save',
      'say',
      'showMenu',
      'showTheme',
      'writeOutput',
    ],
  })
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // getLastWebPreferences is there in Electron 33 to 45, but not in its types.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test.describe('text that would become code', () => {
  test.use({ expectedErrors: /Content Security Policy/ })

  test('does not', async ({ page }) => {
    await page.waitForLoadState()
    const ran = await page.evaluate(async () => {
      const world = globalThis as { ran?: string[] }
      world.ran = []
      setTimeout('globalThis.ran.push("timer")')
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran.push("script")'
      const image = document.createElement('div')
      image.innerHTML = '<img src="data:," onerror="globalThis.ran.push(\'handler\')">'
      const link = Object.assign(document.createElement('a'), {
        href: 'javascript:globalThis.ran.push("link")',
      })
      document.body.append(script, image, link)
      link.click()
      await new Promise(done => setTimeout(done, 500))
      return world.ran
    })
    expect(ran).toEqual([])
  })
})

test('every permission is denied', async ({ page }) => {
  await page.waitForLoadState()
  const answers = await page.evaluate(async () => {
    const outcome = (promise: Promise<unknown>) => promise.then(String, error => (error as Error).name)
    return {
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      notification: await outcome(Notification.requestPermission()),
      place: await outcome(
        new Promise((done, fail) =>
          navigator.geolocation.getCurrentPosition(done, () => fail(new DOMException('', 'NotAllowedError'))),
        ),
      ),
      clipboard: await outcome(navigator.clipboard.readText()),
    }
  })
  expect(answers.notification).toBe('denied')
  for (const name of [answers.camera, answers.screen, answers.place, answers.clipboard]) {
    expect(name).toMatch(/^(NotAllowedError|NotFoundError|AbortError|InvalidStateError|NotSupportedError)$/)
  }
})

test.describe('an address outside the list of files', () => {
  test.use({ expectedErrors: /404/ })

  test('is 404', async ({ page }) => {
    await page.waitForLoadState()
    const spellings = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%5c..%5cpackage.json',
      '/nothing.js',
      '//index.html',
    ]
    const statuses = await page.evaluate(
      paths => Promise.all(paths.map(async path => (await fetch(`app://assay${path}`)).status)),
      spellings,
    )
    expect(statuses).toEqual(spellings.map(() => 404))
  })
})

test('a message that does not fit its schema is refused and logged', async ({ page }) => {
  await page.waitForLoadState()
  const outcome = await page.evaluate(async () => {
    const { assay } = globalThis as unknown as { assay: Bridge }
    const before = (await assay.refusals()).count
    const said = (promise: Promise<unknown>) =>
      promise.then(
        () => 'answered',
        () => 'refused',
      )
    const answers = [
      await said(assay.save('../evil.png', new Uint8Array(1))),
      await said(assay.save('fine.png', 'not bytes')),
      await said(assay.save(7, new Uint8Array(1))),
      await said(assay.writeOutput('run.json', new Uint8Array(1))),
    ]
    const { count, last } = await assay.refusals()
    return { answers, logged: count - before, last: last.at(-1) }
  })
  // Writing a report's file fits its schema, but there is no report: a fault of the caller, not a forgery.
  expect(outcome).toEqual({
    answers: ['refused', 'refused', 'refused', 'refused'],
    logged: 3,
    last: 'message app://assay assay:save',
  })
})

test('a wasm fault throws where it happens, and the page lives', async ({ page }) => {
  await page.waitForLoadState()
  const fault = await page.evaluate(async () => {
    // (module (memory 1) (func (export "f") (result i32) (i32.load (i32.const -4))))
    const bytes = [
      0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 102, 0, 0,
      10, 9, 1, 7, 0, 65, 124, 40, 2, 0, 11,
    ]
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes))
    try {
      return String((instance.exports.f as () => number)())
    } catch (thrown) {
      return String(thrown)
    }
  })
  expect(fault).toContain('memory access out of bounds')
  expect(await page.evaluate(() => 1 + 1)).toBe(2)
})
