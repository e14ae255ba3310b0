import { afterEach, describe, expect, test } from 'vitest'
import { sql } from '../sql/sql.ts'
import type { Bundle } from './bundle.ts'
import type { Engine } from './engine.ts'
import type { Patience } from './link.ts'
import { openBundles } from './open.ts'
import { loadRows, nodeBundle, openTestEngine } from './testing.ts'

const signal = new AbortController().signal
const one = sql`select 1 as n`
const integer = { n: 'integer' } as const
const runaway = sql`select count(*) as n from range(10_000_000) a, range(10_000_000) b where (a.range * b.range) % 7 = 3`

let engine: Engine
afterEach(() => engine.close())

function replacement(of: Engine): Promise<string> {
  return new Promise(resolve => of.onReplaced(resolve))
}

/** An engine whose workers can be reached from outside, to be killed or silenced. */
async function openWithWorkers(patience?: Patience): Promise<Worker[]> {
  const workers: Worker[] = []
  const spawn = () => {
    const worker = nodeBundle.spawn()
    workers.push(worker)
    return worker
  }
  const opened = await openBundles([{ ...nodeBundle, spawn }], patience)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  engine = opened.value
  return workers
}

describe('loss', () => {
  test('a statement that traps loses the worker; every call settles and an empty one takes its place', async () => {
    engine = await openTestEngine()
    await loadRows(engine, 'kept', { n: 'integer' }, [{ n: 1 }])
    const replaced = replacement(engine)
    const killer = engine.query(sql`select length(repeat('z', 3000000000)) as n`, integer, signal)
    const bystander = engine.execute(sql`create table other as ${runaway}`, signal)
    expect(await killer).toMatchObject({ failure: { kind: 'engine-lost' } })
    expect(await bystander).toMatchObject({ failure: { kind: 'engine-lost' } })
    expect(await replaced).toContain('memory access out of bounds')
    expect(await engine.query(one, integer, signal)).toMatchObject({ value: { rows: [{ n: 1 }] } })
    expect(await engine.columns('kept', signal)).toMatchObject({ failure: { kind: 'query-failed' } })
    expect(await engine.execute(sql`set lock_configuration = false`, signal)).toMatchObject({ ok: false })
  }, 60_000)

  test('calls that come while the worker is replaced wait for the new one, after the listeners', async () => {
    const workers = await openWithWorkers()
    const order: string[] = []
    engine.onReplaced(() => order.push('replaced'))
    const running = engine.query(runaway, integer, signal)
    workers[0]?.terminate()
    expect(await running).toMatchObject({ failure: { kind: 'engine-lost' } })
    const next = await engine.query(one, integer, signal)
    order.push('answered')
    expect(next).toMatchObject({ value: { rows: [{ n: 1 }] } })
    expect(order).toEqual(['replaced', 'answered'])
    expect(workers).toHaveLength(2)
  })

  test('a worker that falls silent is given up', async () => {
    const workers = await openWithWorkers({ start: 60_000, silence: 500 })
    const silent = workers[0]
    if (silent) silent.postMessage = () => {}
    const replaced = replacement(engine)
    expect(await engine.query(one, integer, signal)).toEqual({
      ok: false,
      failure: { kind: 'engine-lost', detail: 'No answer from the worker for 0.5 s' },
    })
    await replaced
    expect(await engine.query(one, integer, signal)).toMatchObject({ ok: true })
  })

  test('a query that runs longer than the watchdog waits is not taken for dead', async () => {
    await openWithWorkers({ start: 60_000, silence: 2_000 })
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 5_000)
    expect(await engine.query(runaway, integer, abort.signal)).toEqual({
      ok: false,
      failure: { kind: 'cancelled' },
    })
    expect(await engine.query(one, integer, signal)).toMatchObject({ ok: true })
  }, 20_000)

  test('after close every call is cancelled, the running one too', async () => {
    engine = await openTestEngine()
    const running = engine.query(runaway, integer, signal)
    await engine.close()
    expect(await running).toEqual({ ok: false, failure: { kind: 'cancelled' } })
    expect(await engine.query(one, integer, signal)).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  })
})

describe('opening', () => {
  test('a worker that never answers fails in time', async () => {
    const mute: Bundle = {
      ...nodeBundle,
      spawn: () => Object.assign(nodeBundle.spawn(), { postMessage() {} }),
    }
    const opened = await openBundles([mute], { start: 500, silence: 500 })
    expect(opened).toMatchObject({
      failure: {
        kind: 'engine-lost',
        detail: expect.stringContaining('No answer from the worker for 0.5 s'),
      },
    })
  })

  test('a build that does not prove itself gives way to the next, for good', async () => {
    const spawned: Record<Bundle['name'], Worker[]> = { coi: [], eh: [] }
    const counted = (name: Bundle['name']) => () => {
      const worker = nodeBundle.spawn()
      spawned[name].push(worker)
      return worker
    }
    const prove = () => Promise.reject(new Error('the trial gave wrong answers'))
    const opened = await openBundles([
      { ...nodeBundle, name: 'coi', threads: 2, prove, spawn: counted('coi') },
      { ...nodeBundle, spawn: counted('eh') },
    ])
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
    engine = opened.value
    const eh = { engine: 'DuckDB-WASM', bundle: 'eh', threads: 1, version: 'v1.4.3' }
    expect(engine.info).toEqual(eh)
    const replaced = replacement(engine)
    spawned.eh[0]?.terminate()
    await replaced
    expect(engine.info).toEqual(eh)
    expect([spawned.coi.length, spawned.eh.length]).toEqual([1, 2])
  }, 60_000)
})
