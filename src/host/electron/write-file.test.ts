import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeOutput } from './report-output.ts'
import { writeWhole } from './write-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file is written whole', () => {
  test('and replaces an older one', async () => {
    const path = join(folder, 'a.png')
    writeFileSync(path, 'the older and longer content')
    await writeWhole(path, new Uint8Array([1, 2, 3]))
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    expect(readdirSync(folder)).toEqual(['a.png'])
  })

  test('or not at all: the target stands and no draft is left', async () => {
    // A folder that is not empty cannot be replaced by a file.
    writeFileSync(join(folder, 'keep'), 'x')
    await expect(writeWhole(folder, new Uint8Array(3))).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['keep'])
    expect(readdirSync(join(folder, '..')).filter(name => name.endsWith('.part'))).toEqual([])
  })
})

describe('a report writes', () => {
  test.each(['run.json', 'report.html', 'tables/CON-01.csv', 'figures/AGG-03.png', 'figures/VAL-04.svg'])(
    '%s',
    async name => {
      expect(await writeOutput(folder, name, new Uint8Array([7]))).toEqual({ ok: true, value: undefined })
      expect([...readFileSync(join(folder, name))]).toEqual([7])
    },
  )

  test.each([
    '',
    '../run.json',
    '/run.json',
    'tables/../../run.json',
    'tables/..csv',
    'tables\\x.csv',
    'tables/x/y.csv',
    'tables/.csv',
    'figures/a.html',
    'run.json\n',
    'run.json\u0000',
    'run.js',
    'CON.json',
  ])('not %j', async name => {
    expect(await writeOutput(folder, name, new Uint8Array([7]))).toMatchObject({
      ok: false,
      failure: { kind: 'not-saved', name },
    })
    expect(readdirSync(folder)).toEqual([])
  })
})
