import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'

const root = resolve(import.meta.dirname, '..')
let folder: string

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-report-journey-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly errors: string
}

/** Runs `npm run report` as a person would. */
function report(...args: string[]): Promise<Ended> {
  return new Promise(done => {
    const child = spawn(process.execPath, [join(root, 'scripts/report.mjs'), ...args], { cwd: root })
    let errors = ''
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString()
    })
    child.on('close', code => done({ code, errors }))
  })
}

const json = async (...path: string[]) => JSON.parse(await readFile(join(folder, ...path), 'utf8'))

async function digests(out: string): Promise<Readonly<Record<string, string>>> {
  const names = ['indicators.json', ...(await readdir(join(out, 'tables'))).map(name => join('tables', name))]
  const entries = names.map(async name => {
    const bytes = await readFile(join(out, name))
    return [name, createHash('sha256').update(bytes).digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

test('the bundled sample gives every indicator, and the same bytes twice', async () => {
  const [first, second] = [join(folder, 'a'), join(folder, 'b')]
  expect(await report('--out', first)).toMatchObject({ code: 0 })
  expect(await report('--out', second, '--lang', 'en')).toMatchObject({ code: 0 })
  expect(await digests(first)).toEqual(await digests(second))

  const indicators: { id: string; status: string; value: number }[] = await json('a', 'indicators.json')
  expect(indicators).toHaveLength(59)
  expect(indicators.filter(({ status }) => status !== 'ok')).toEqual([])
  // From 100 to 120 million devices in the three years to the end of 2028: 1.2^(1/3) - 1.
  expect(indicators.find(({ id }) => id === 'PLN-01')?.value).toBeCloseTo((1.2 ** (1 / 3) - 1) * 100, 9)

  const imports: { rowsRead: number; rowsAccepted: number; rowsRejected: number }[] = await json(
    'a',
    'imports.json',
  )
  for (const { rowsRead, rowsAccepted, rowsRejected } of imports)
    expect(rowsRead).toBe(rowsAccepted + rowsRejected)

  const figures = await readdir(join(first, 'figures'))
  expect(figures).toHaveLength(2 * 59)
  const page = await readFile(join(first, 'report.html'), 'utf8')
  expect(page).not.toMatch(/<script|src="(?!data:)|https?:\/\/(?!www\.w3\.org)/i)
})

test('a broken file is told and ends with 3, the others are done; a credential comes out nowhere', async () => {
  const canary = 'CANARY-7f3a'
  const device = (n: number) => ({
    id: `D${n}`,
    eTag: 'MA==',
    status: 'enabled',
    authentication: { symmetricKey: { primaryKey: canary } },
  })
  await writeFile(join(folder, 'devices.txt'), [1, 2].map(n => JSON.stringify(device(n))).join('\n'))
  await writeFile(join(folder, 'broken.parquet'), 'PAR1 and then nothing PAR1')
  const out = join(folder, 'out')
  const ended = await report('--out', out, join(folder, 'devices.txt'), join(folder, 'broken.parquet'))
  expect(ended.code).toBe(3)
  expect(ended.errors).toContain('broken.parquet')

  const imports: { name: string; adapter: string; rowsAccepted: number; failure?: object; sha256: string }[] =
    await json('out', 'imports.json')
  expect(imports.find(({ name }) => name === 'devices.txt')).toMatchObject({
    adapter: 'azure-iot-hub',
    rowsAccepted: 2,
  })
  const broken = imports.find(({ name }) => name === 'broken.parquet')
  expect(broken?.failure).toMatchObject({ kind: 'unreadable-file' })
  expect(broken?.sha256).toMatch(/^[0-9a-f]{64}$/)

  const indicators: { id: string; status: string; missing?: string[] }[] = await json(
    'out',
    'indicators.json',
  )
  expect(indicators.find(({ id }) => id === 'CON-03')).toMatchObject({ status: 'not-computable' })
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (entry.isFile())
      expect(await readFile(join(entry.parentPath, entry.name), 'latin1')).not.toContain(canary)
  }
})

test('an earlier export is compared with, and rows of the later one stand', async () => {
  const tiers: Readonly<Record<string, string>> = {
    '2025': 'A,基础\nB,成长\nC,生态',
    '2026': 'A,成长\nB,成长',
  }
  for (const [year, rows] of Object.entries(tiers)) {
    await mkdir(join(folder, year))
    await writeFile(join(folder, year, 'platform.csv'), `platform_id,tier\n${rows}\n`)
    const resources = [{ name: 'platform', path: 'platform.csv' }]
    await writeFile(
      join(folder, year, 'datapackage.json'),
      JSON.stringify({ resources, assay: { synthetic: true, as_of: `${year}-06-30` } }),
    )
  }
  const out = join(folder, 'out')
  const inputs = ['--earlier', join(folder, '2025'), join(folder, '2026')]
  expect(await report('--out', out, ...inputs)).toMatchObject({ code: 0 })
  const indicators: { id: string; value: number }[] = await json('out', 'indicators.json')
  // A and B were below the top tier at first; A rose.
  expect(indicators.find(({ id }) => id === 'PLN-07')?.value).toBe(50)
  const imports: { sha256: string }[] = await json('out', 'imports.json')
  expect(new Set(imports.map(({ sha256 }) => sha256)).size).toBe(2)
})

test('arguments that cannot be used end with 2 and the usage', async () => {
  for (const args of [[], ['--out', folder, '--lang', 'fr'], ['--out', folder, join(folder, 'absent.csv')]]) {
    expect(await report(...args)).toMatchObject({ code: 2, errors: expect.stringContaining('usage') })
  }
})
