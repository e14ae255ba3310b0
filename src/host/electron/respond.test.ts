import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { securityHeaders } from './headers.ts'
import { listFolder, type Manifest } from './manifest.ts'
import { refusalLog } from './refusals.ts'
import { respond } from './respond.ts'

let folder = ''
let manifest: Manifest = new Map()
const log = refusalLog()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-respond-'))
  const served = join(folder, 'served')
  mkdirSync(join(served, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(served, 'index.html'), '<p>home</p>')
  writeFileSync(join(served, 'assets', 'engine.wasm'), new Uint8Array(3 << 20))
  writeFileSync(join(served, 'assets', '名 称.csv'), 'a')
  manifest = new Map([...listFolder(served, '/'), ...listFolder(join(folder, 'absent'), '/sample/')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (url: string) => respond(new Request(url), manifest, log)

describe('a listed file', () => {
  test('is served with its type, its length and every security header', async () => {
    const response = await get('app://assay/index.html?x=1')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<p>home</p>')
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-length': '11' })
    for (const [name, value] of Object.entries(securityHeaders))
      expect(headers[name.toLowerCase()]).toBe(value)
  })

  test('arrives whole when it is longer than one chunk', async () => {
    const response = await get('app://assay/assets/engine.wasm')
    expect(response.headers.get('content-type')).toBe('application/wasm')
    expect((await response.arrayBuffer()).byteLength).toBe(3 << 20)
  })

  test('may have a name that an address must encode', async () => {
    expect((await get(`app://assay/assets/${encodeURIComponent('名 称.csv')}`)).status).toBe(200)
  })

  test('that has vanished since is 404', async () => {
    const vanished = new Map([['/gone', join(folder, 'gone')]])
    expect((await respond(new Request('app://assay/gone'), vanished, log)).status).toBe(404)
  })
})

const spellings = [
  ...['..', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '..%00', '%252e%252e', '..;', '%c0%ae%c0%ae', '%uff0e%uff0e'],
].flatMap(up => [
  `/${up}/secret.txt`,
  `/assets/${up}/${up}/secret.txt`,
  `/${up}%2fsecret.txt`,
  `/${up}%5csecret.txt`,
])

describe('everything else is 404 with all headers', () => {
  test('there are forty spellings of a way out', () => expect(new Set(spellings).size).toBe(40))

  test.each([
    ...spellings,
    '',
    '/',
    '//index.html',
    '/index.html/',
    '/./%2findex.html',
    '/INDEX.HTML',
    '/index.html%00',
    '/index.html%20',
    '/index.html::$DATA',
    '/assets',
    '/assets/',
    '/assets%2fengine.wasm',
    '/assets%5cengine.wasm',
    '/etc/passwd',
    '/C:/Windows/win.ini',
    '/__proto__',
    '/constructor',
  ])('app://assay%s', async path => {
    const response = await get(`app://assay${path}`)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
    expect(response.headers.get('content-security-policy')).toBe(securityHeaders['Content-Security-Policy'])
  })

  test.each([
    'app://evil/index.html',
    'app://assay.evil/index.html',
    'app://assay:1/index.html',
    'app:///index.html',
    'file:///index.html',
    'https://assay/index.html',
  ])('%s', async url => {
    expect((await get(url)).status).toBe(404)
  })

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s of a listed file', async method => {
    expect((await respond(new Request('app://assay/index.html', { method }), manifest, log)).status).toBe(404)
  })
})

describe("Chromium's reports of refusals by policy", () => {
  const post = (body: string) =>
    respond(new Request('app://assay/.refused', { method: 'POST', body }), manifest, log)

  test('are logged by origin alone', async () => {
    const before = log.read().count
    const blocked = { 'blocked-uri': 'https://evil.example/?data=42', 'effective-directive': 'connect-src' }
    expect((await post(JSON.stringify({ 'csp-report': blocked }))).status).toBe(204)
    expect(log.read().count).toBe(before + 1)
    expect(log.read().last.at(-1)).toBe('policy https://evil.example connect-src')
  })

  test.each(['', '{', 'null', '{"csp-report":{}}'])('are ignored when they say %j', async body => {
    const before = log.read().count
    expect((await post(body)).status).toBe(404)
    expect(log.read().count).toBe(before)
  })
})
