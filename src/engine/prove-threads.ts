import { decodeRows } from './decode.ts'
import { abortable } from './faults.ts'
import type { Link } from './link.ts'
import { run, type Session, withSession } from './statement.ts'

/** How hard a build is tried before it is trusted. */
export interface Trial {
  /** Bytes that the heap is grown by, twice, before anything else. */
  readonly heap: number
  readonly rows: number
  readonly rounds: number
  /** Milliseconds for the whole trial. */
  readonly limit: number
}

/**
 * The threaded build of duckdb-wasm 1.32 loses track of its memory when the heap grows during a statement
 * (5 of 5 trials failed; 0 of 4 after the heap had been grown by two buffers of 1.2 GB). So the heap is grown
 * first, and then the build has to answer rightly what is known beforehand.
 */
export const usualTrial: Trial = { heap: 1_200_000_000, rows: 500_000, rounds: 3, limit: 15_000 }

const groups = 97

/** Throws when the threaded build gives a wrong answer, an error, or none in time. */
export async function proveThreads(link: Link, trial: Trial = usualTrial): Promise<void> {
  const signal = AbortSignal.timeout(trial.limit)
  await abortable(
    growHeap(link, trial.heap).then(() =>
      withSession(link, signal, async session => {
        for (let round = 0; round < trial.rounds; round++) await tryRound(session, trial.rows)
      }),
    ),
    signal,
  )
}

async function growHeap(link: Link, bytes: number): Promise<void> {
  const names = ['/ingest/heap-1', '/ingest/heap-2']
  for (const name of names) await link.call(db => db.registerFileBuffer(name, new Uint8Array(bytes)))
  await link.call(db => db.dropFiles(names))
}

/** Fills a table, groups it by a number and by text, and compares with what arithmetic says. */
async function tryRound(session: Session, rows: number): Promise<void> {
  await run(
    session,
    `create table trial as select range as n, md5(cast(range as varchar)) as t from range(${rows})`,
  )
  const grouped = `select count(*) as c, sum(n) as s from trial group by n % ${groups} order by n % ${groups}`
  const messages = await run(session, `select cast(c as double), cast(s as double) from (${grouped})`)
  const found = decodeRows(messages, { c: 'number', s: 'number' }).map(({ c, s }) => [c, s])
  const distinct = await run(session, `select count(*) from (select t from trial group by t)`)
  found.push([decodeRows(distinct, { c: 'number' })[0]?.c ?? null, null])
  await run(session, 'drop table trial')
  if (JSON.stringify(found) !== JSON.stringify(expected(rows)))
    throw new Error('the trial gave wrong answers')
}

function expected(rows: number): (number | null)[][] {
  const perGroup = Array.from({ length: groups }, (_, group) => {
    const count = Math.ceil((rows - group) / groups)
    return [count, count * group + (groups * count * (count - 1)) / 2]
  })
  return [...perGroup, [rows, null]]
}
