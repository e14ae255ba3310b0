import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listInputs, readJob } from './job.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-job-'))
  const inputs = join(folder, 'inputs')
  mkdirSync(join(inputs, 'b', '.git'), { recursive: true })
  mkdirSync(join(folder, 'inputs-evil'))
  for (const name of [
    'inputs/c.csv',
    'inputs/b/设备.csv',
    'inputs/b/.git/x',
    'inputs/.hidden',
    'inputs-evil/out.csv',
  ]) {
    writeFileSync(join(folder, name), 'abc')
  }
  symlinkSync('../c.csv', join(inputs, 'b', 'inside.csv'))
  symlinkSync('../inputs-evil/out.csv', join(inputs, 'out.csv'))
  symlinkSync('b', join(inputs, 'z'))
  symlinkSync('nowhere', join(inputs, 'broken'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the inputs of a report', () => {
  test('are the files of the folder in the order of their names, without hidden ones and ways out', async () => {
    const told: string[] = []
    const inputs = await listInputs([join(folder, 'inputs')], line => told.push(line))
    expect(inputs.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['b/inside.csv', 3],
      ['b/设备.csv', 3],
      ['c.csv', 3],
    ])
    expect(told).toHaveLength(3)
  })

  test('may be named one by one, in the given order', async () => {
    const named = ['inputs/c.csv', 'inputs-evil/out.csv'].map(name => join(folder, name))
    expect((await listInputs(named, () => {})).map(input => input.name)).toEqual(['c.csv', 'out.csv'])
  })

  test('must exist', async () => {
    await expect(listInputs([join(folder, 'absent')], () => {})).rejects.toThrow('ENOENT')
  })
})

describe('the job', () => {
  const write = (job: unknown) => {
    const path = join(folder, 'job.json')
    writeFileSync(path, JSON.stringify(job))
    return path
  }

  test('is read as it was written', () => {
    const job = { out: '/tmp/x', language: 'zh', seconds: 60, exports: [['/data']] }
    expect(readJob(write(job))).toEqual(job)
  })

  test.each([
    {},
    { out: '', language: 'zh', seconds: 1, exports: [] },
    { out: '/x', language: 'fr', seconds: 1, exports: [] },
    { out: '/x', language: 'zh', seconds: 1, exports: ['/data'] },
  ])('is refused when it is %j', job => expect(() => readJob(write(job))).toThrow())
})
