import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { row, type Table, type ValueType } from '../domain/table.ts'
import { sql } from '../sql/sql.ts'
import { encodeTable } from './encode.ts'
import type { Engine } from './engine.ts'
import { openTestEngine } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const types = {
  name: 'text',
  count: 'integer',
  share: 'number',
  known: 'boolean',
  at: 'timestamp',
  day: 'date',
} as const satisfies Record<string, ValueType>
const columns = Object.entries(types).map(([name, type]) => ({ name, type }))
const names = Object.keys(types)

const table: Table = {
  columns,
  rows: [
    row(names, ['平台', 3, 0.1, true, 1_767_225_600_000_001, 1_767_225_600_000_000]),
    row(names, [null, null, null, null, null, null]),
    row(names, ['', 9_007_199_254_740_993n, -1e300, false, 0, -86_400_000_000]),
  ],
}

test('a table comes out of Arrow as it went in, and as the engine would have given it', async () => {
  const stream = encodeTable(table)
  await engine.ingest(one(stream), 'encoded', new AbortController().signal)
  const back = await engine.query(sql`select * from encoded`, types, new AbortController().signal)
  expect(back.ok && back.value.rows).toEqual(table.rows)
  const given = await engine.queryArrow(sql`select * from encoded`, types, new AbortController().signal)
  if (!given.ok) throw new Error('no stream')
  const typesOf = (bytes: Uint8Array) => tableFromIPC(bytes).schema.fields.map(({ type }) => String(type))
  expect(typesOf(stream)).toEqual(typesOf(given.value))
})

test('a table without rows keeps its columns', () => {
  const empty = tableFromIPC(encodeTable({ columns, rows: [] }))
  expect(empty.numRows).toBe(0)
  expect(empty.schema.fields.map(({ name }) => name)).toEqual(names)
})

async function* one(stream: Uint8Array): AsyncGenerator<Uint8Array> {
  yield stream
}
