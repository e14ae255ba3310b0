import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../sql/sql.ts'
import type { Engine } from './engine.ts'
import { openTestEngine } from './testing.ts'

const signal = new AbortController().signal
const one = sql`select 1 as n`
const integer = { n: 'integer' } as const
const runaway = sql`select count(*) as n from range(10_000_000) a, range(10_000_000) b where (a.range * b.range) % 7 = 3`

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

test('stops a runaway query, and the next one is right', async () => {
  const abort = new AbortController()
  const running = engine.query(runaway, integer, abort.signal)
  await new Promise(resolve => setTimeout(resolve, 300))
  const from = performance.now()
  abort.abort()
  expect(await running).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(await engine.query(one, integer, signal)).toMatchObject({ value: { rows: [{ n: 1 }] } })
  expect(performance.now() - from).toBeLessThan(5_000)
})

test('a short query is answered while a long one runs', async () => {
  const abort = new AbortController()
  let ended = false
  const running = engine.query(runaway, integer, abort.signal).then(() => {
    ended = true
  })
  expect(await engine.query(one, integer, signal)).toMatchObject({ value: { rows: [{ n: 1 }] } })
  expect(ended).toBe(false)
  abort.abort()
  await running
})

test('of twenty queries in a row, each aborted by the next, the last one answers', async () => {
  const aborts = Array.from({ length: 20 }, () => new AbortController())
  const answers = aborts.map(async (abort, i) => {
    await new Promise(resolve => setTimeout(resolve, i * 10))
    aborts[i - 1]?.abort()
    const statement = i < 19 ? runaway : sql`select 20 as n`
    return engine.query(statement, integer, abort.signal)
  })
  const settled = await Promise.all(answers)
  expect(settled.slice(0, 19).every(answer => !answer.ok && answer.failure.kind === 'cancelled')).toBe(true)
  expect(settled[19]).toMatchObject({ value: { rows: [{ n: 20 }] } })
})

test('a cancelled statement leaves nothing behind', async () => {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 100)
  const made = await engine.execute(sql`create table half as ${runaway}`, abort.signal)
  expect(made).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(await engine.columns('half', signal)).toMatchObject({ failure: { kind: 'query-failed' } })
})

test('a signal that is aborted already runs nothing', async () => {
  expect(await engine.execute(sql`create table t as select 1`, AbortSignal.abort())).toEqual({
    ok: false,
    failure: { kind: 'cancelled' },
  })
  expect(await engine.columns('t', signal)).toMatchObject({ ok: false })
})
