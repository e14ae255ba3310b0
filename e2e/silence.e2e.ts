import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { ElectronApplication, Page, Worker } from '@playwright/test'
import { type Attempts, anywhere, callByWebRtc, inPage, inWorker } from './attempts.ts'
import { test as base, expect } from './launch.ts'
import { type Listener, openListener } from './listener.ts'
import { openSample } from './steps.ts'

const test = base.extend<{ outside: Listener }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  outside: async ({}, use) => {
    const listener = await openListener()
    await use(listener)
    await listener.close()
  },
})

// What Chromium writes to the console when it refuses; anything else would still fail the journey.
test.use({
  expectedErrors: /Content Security Policy|net::ERR_|sendBeacon/,
})

/** Attempts that leave no trace in the log because what they need is not there at all, or is blocked unreported. */
const unlogged = new Set(['WebRTC of a frame', 'importScripts', 'WebTransport', 'worker of another origin'])

test('the listener hears those who can reach it', async ({ outside }) => {
  expect(await (await fetch(`${outside.http}/control`)).text()).toBe('/control')
  const socket = createSocket('udp4')
  socket.send('x', outside.udpPort, '127.0.0.1')
  await expect.poll(() => outside.hits).toEqual(['tcp', 'udp'])
  socket.close()
  await once(socket, 'close')
})

test('of itself the page asks for nothing that would be refused', async ({ page }) => {
  await openSample(page)
  // The status bar asks every five seconds.
  await page.waitForTimeout(6_000)
  await expect(page.getByText('Offline · 0 requests out')).toBeVisible()
})

test('the page cannot call out, and each refusal is logged', async ({ page, outside }) => {
  await page.waitForLoadState()
  await attemptAll(page, source => page.evaluate(attempt, source), {
    ...anywhere(outside),
    ...inPage(outside),
  })
  expect(page.url()).toMatch(/^app:\/\/assay\//)
  await expectSilence(page, outside)
})

test('the page has no WebRTC', async ({ page }) => {
  const left = await page.evaluate(() =>
    Object.getOwnPropertyNames(globalThis).filter(name => /^(webkit)?RTC/.test(name)),
  )
  expect(left).toEqual([])
})

test("the engine's worker cannot call out, and each refusal is logged", async ({ page, outside }) => {
  const worker = await engineWorker(page)
  await attemptAll(page, source => worker.evaluate(attempt, source), {
    ...anywhere(outside),
    ...inWorker(outside),
  })
  await expectSilence(page, outside)
})

test('a page without any policy cannot call out either: the main process refuses', async ({
  app,
  page,
  outside,
}) => {
  const before = await refusals(page)
  await openBarePage(app, [
    ...Object.values(anywhere(outside)),
    ...Object.values(inPage(outside)),
    callByWebRtc('RTCPeerConnection', outside.udpPort),
  ])
  await expect.poll(async () => (await refusals(page)) - before).toBeGreaterThanOrEqual(12)
  await expectSilence(page, outside)
})

test('what keeps WebRTC silent is the policy of the main process', async ({ app, page, outside }) => {
  await page.waitForLoadState()
  await openBarePage(app, [callByWebRtc('RTCPeerConnection', outside.udpPort)], 'default')
  await expect.poll(() => outside.hits).toContain('udp')
})

test('the main process itself cannot fetch', async ({ app, page, outside }) => {
  const before = await refusals(page)
  const outcome = await app.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'fetched',
        () => 'refused',
      ),
    outside.http,
  )
  expect(outcome).toBe('refused')
  expect((await refusals(page)) - before).toBe(1)
  await expectSilence(page, outside)
})

/** Tries one after the other and waits for each to show up in the log. */
async function attemptAll(
  page: Page,
  run: (source: string) => Promise<void>,
  attempts: Attempts,
): Promise<void> {
  for (const [name, source] of Object.entries(attempts)) {
    const before = await refusals(page)
    await run(source)
    if (unlogged.has(name)) continue
    await expect.poll(() => refusals(page), { message: `${name} is logged` }).toBeGreaterThan(before)
  }
}

/** Runs in the page or worker. The inspector may evaluate text where the policy lets no script do so. */
function attempt(source: string): void {
  try {
    // biome-ignore lint/security/noGlobalEval: the attempts are data, so that both worlds try the same
    globalThis.eval(source)
  } catch {
    // A refusal by exception is as good as any.
  }
}

async function refusals(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const { assay } = globalThis as unknown as { assay: { refusals(): Promise<{ count: number }> } }
    return (await assay.refusals()).count
  })
}

async function engineWorker(page: Page): Promise<Worker> {
  const find = () => page.workers().find(worker => worker.url().includes('duckdb'))
  await expect.poll(find, { message: "the engine's worker", timeout: 60_000 }).toBeDefined()
  const worker = find()
  if (worker === undefined) throw new Error("the engine's worker has gone")
  return worker
}

/** A window as an intruder would want it: no preload, no policy, any origin. */
async function openBarePage(
  app: ElectronApplication,
  sources: readonly string[],
  webRtc: 'default' | null = null,
): Promise<void> {
  await app.evaluate(
    async ({ BrowserWindow }, [list, policy]) => {
      const window = new BrowserWindow({ show: false })
      if (policy !== null) window.webContents.setWebRTCIPHandlingPolicy(policy)
      await window.loadURL('about:blank')
      for (const source of list) await window.webContents.executeJavaScript(`void ${source}`).catch(() => {})
    },
    [sources, webRtc] as const,
  )
}

/** Slow retries must have had their time before silence means anything. */
async function expectSilence(page: Page, outside: Listener): Promise<void> {
  await page.waitForTimeout(3000)
  expect(outside.hits).toEqual([])
}
