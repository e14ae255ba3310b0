import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../sql/sql.ts'
import type { Engine } from './engine.ts'
import { loadRows, openTestEngine } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const signal = new AbortController().signal

describe('loadRows', () => {
  test('loads every value type and gives it back', async () => {
    await loadRows(
      engine,
      'fixture',
      { t: 'text', c: 'category', i: 'integer', n: 'number', b: 'boolean', at: 'timestamp', d: 'date' },
      [
        {
          t: '一',
          c: 'x',
          i: 9007199254740993n,
          n: 1.5,
          b: true,
          at: '2026-01-02T03:04:05.678Z',
          d: '2026-01-02',
        },
        { c: 'y', at: 1_000_001 },
      ],
    )
    const result = await engine.query(
      sql`from fixture order by row_no desc`,
      {
        row_no: 'integer',
        t: 'text',
        c: 'text',
        i: 'integer',
        n: 'number',
        b: 'boolean',
        at: 'timestamp',
        d: 'date',
      },
      signal,
    )
    expect(result).toEqual({ ok: true, value: expect.anything() })
    if (!result.ok) return
    expect(result.value.rows).toEqual([
      { row_no: 2, t: null, c: 'y', i: null, n: null, b: null, at: 1_000_001, d: null },
      {
        row_no: 1,
        t: '一',
        c: 'x',
        i: 9007199254740993n,
        n: 1.5,
        b: true,
        at: Date.parse('2026-01-02T03:04:05.678Z') * 1000,
        d: Date.parse('2026-01-02') * 1000,
      },
    ])
  })
})
