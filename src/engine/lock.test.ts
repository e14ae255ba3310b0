import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sql } from '../sql/sql.ts'
import type { Engine } from './engine.ts'
import { connectWorker, type Link, usualPatience } from './link.ts'
import { lockStatements } from './lock.ts'
import { never, run, withSession } from './statement.ts'
import { attachStore } from './store.ts'
import { nodeBundle, openTestEngine } from './testing.ts'

const written = join(tmpdir(), `assay-lock-${process.pid}`)

const readAttempts = [
  "select * from read_csv('/etc/passwd', header = false, sep = ':')",
  "from '/etc/passwd'",
  "select * from read_text('/etc/passwd')",
  "select * from read_blob('/etc/passwd')",
  "select * from glob('/etc/*')",
  "select * from sniff_csv('/etc/passwd')",
  "select * from read_csv('/ingest/../etc/passwd')",
  "select * from read_csv('https://example.com/data.csv')",
  "select * from read_parquet('/etc/passwd')",
  "select * from read_json('/etc/passwd')",
]

const otherAttempts = [
  `copy (select 1) to '${written}'`,
  `export database '${written}'`,
  `attach '${written}' as other`,
  "attach 'https://example.com/x.db' as other",
  'detach assay',
  'load httpfs',
  'load icu',
  "set memory_limit = '100GB'",
  'set enable_external_access = true',
  'reset lock_configuration',
  "set temp_directory = '/tmp'",
  "set allowed_directories = ['/']",
  'set autoload_known_extensions = true',
  "pragma memory_limit = '100GB'",
  "pragma temp_directory = '/tmp'",
  "create secret (type s3, key_id 'a', secret 'b')",
  "select timestamptz '2026-01-01 00:00:00+00' at time zone 'Asia/Shanghai'",
  'select current_date',
  "select 'a' collate zh < 'b'",
]

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

test.each([...readAttempts, ...otherAttempts])('refuses %s', async statement => {
  const signal = new AbortController().signal
  let replaced = false
  const stop = engine.onReplaced(() => {
    replaced = true
  })
  const result = await engine.execute(new Sql(statement), signal)
  expect(result).toMatchObject({ ok: false, failure: { kind: 'query-failed' } })
  expect(await engine.query(new Sql('select 42 as n'), { n: 'integer' }, signal)).toMatchObject({
    value: { rows: [{ n: 42 }] },
  })
  stop()
  expect(replaced).toBe(false)
  expect(existsSync(written)).toBe(false)
})

test('install passes in silence and installs nothing', async () => {
  const signal = new AbortController().signal
  await engine.execute(new Sql('install httpfs'), signal)
  const loaded = new Sql(
    "select count(*) as n from duckdb_extensions() where extension_name = 'httpfs' and (installed or loaded)",
  )
  expect(await engine.query(loaded, { n: 'integer' }, signal)).toMatchObject({ value: { rows: [{ n: 0 }] } })
  expect(await engine.execute(new Sql('load httpfs'), signal)).toMatchObject({ ok: false })
})

test('without the lock the same statement reads the file', async () => {
  const link = await openUnlocked()
  const signal = never
  const read = () => withSession(link, signal, session => run(session, readAttempts[0] ?? ''))
  expect((await read()).length).toBeGreaterThan(1)
  for (const statement of lockStatements) await withSession(link, signal, session => run(session, statement))
  await expect(read()).rejects.toThrow('Permission Error')
  link.end('done')
})

async function openUnlocked(): Promise<Link> {
  const link = connectWorker(nodeBundle, usualPatience, () => {})
  await link.call(db => db.instantiate(nodeBundle.wasm))
  await link.call(db => db.open({ path: ':memory:' }))
  await attachStore(link)
  return link
}
