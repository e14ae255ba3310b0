import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { name, sql } from '../sql/sql.ts'
import type { Engine } from './engine.ts'
import { arrowStream, chunksOf, openTestEngine } from './testing.ts'

const folder = '../shared/samples/arrow'
const streams = existsSync(folder)
  ? (readdirSync(folder, { recursive: true }) as string[]).filter(path => path.endsWith('.stream')).sort()
  : []
const reason = existsSync(folder)
  ? ''
  : ' (skipped: the sample files of arrow-testing are not on this machine)'

describe.skipIf(reason !== '')(`golden streams of Arrow${reason}`, () => {
  let engine: Engine
  let losses = 0
  const refused: string[] = []
  beforeAll(async () => {
    engine = await openTestEngine()
    engine.onReplaced(() => losses++)
  })
  afterAll(() => engine.close())

  const signal = new AbortController().signal

  test.each(streams)('%s arrives whole or is refused, and the next import works', async relative => {
    const path = join(folder, relative)
    const table = basename(path)
    const result = await engine.ingest(chunksOf(readFileSync(path)), table, signal)
    if (result.ok) expect(result.value.rows).toBe(rowsIn(path.replace(/stream$/, 'json.gz')))
    else {
      expect(result.failure.kind).toBe('ingest-mismatch')
      refused.push(relative)
    }
    await engine.execute(sql`drop table if exists ${name(table)}`, signal)
    const known = arrowStream({ n: { type: 'integer', values: [1, 2] } })
    expect(await engine.ingest(chunksOf(known), 'known', signal)).toMatchObject({ value: { rows: 2 } })
    await engine.execute(sql`drop table known`, signal)
    expect(losses).toBe(0)
  })

  test('refused are those whose batches are compressed', () => {
    expect(refused).toEqual(streams.filter(path => path.startsWith('2.0.0-compression')))
  })
})

/** Rows that the JSON beside a golden file says it has. */
function rowsIn(path: string): number {
  const { batches }: { batches: readonly { readonly count: number }[] } = JSON.parse(
    gunzipSync(readFileSync(path)).toString(),
  )
  return batches.reduce((sum, batch) => sum + batch.count, 0)
}
