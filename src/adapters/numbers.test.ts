import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { textToInteger, textToNumber } from './numbers.ts'
import { ask } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

type Read = readonly [number: number | null, integer: number | bigint | null]

async function read(texts: readonly string[], decimal: '.' | ','): Promise<Record<string, Read>> {
  await loadRows(
    engine,
    'numbers',
    { text: 'text' },
    texts.map(text => ({ text })),
  )
  const text = name('text')
  const statement = sql`select text, ${textToNumber(text, decimal)} as n, ${textToInteger(text, decimal)} as i
    from numbers order by row_no`
  const rows = await ask(engine, { statement, result: { text: 'text', n: 'number', i: 'integer' } })
  await engine.execute(sql`drop table numbers`, new AbortController().signal)
  return Object.fromEntries(rows.map(row => [String(row.text), [row.n, row.i] as Read]))
}

/** Neither a number nor an integer, whatever the decimal mark. */
const none = [
  '',
  '.',
  ',',
  '-',
  '1e',
  '0x10',
  '1_000',
  'inf',
  'nan',
  '1e400',
  '12 kg',
  '5%',
  '1,23,456',
  '12  345',
]

test('with a decimal point, commas, blanks and apostrophes may part well-formed thousands', async () => {
  const cases: Record<string, Read> = {
    '12': [12, 12],
    '-12.50': [-12.5, null],
    '+12.0': [12, 12],
    '.5': [0.5, null],
    '1.2e3': [1200, null],
    '1,234': [1234, 1234],
    '1,234.5': [1234.5, null],
    '-1,234,567.00': [-1234567, -1234567],
    '1 234.5': [1234.5, null],
    '1\u202f234\u202f567': [1234567, 1234567],
    "1'234.5": [1234.5, null],
    '1’234': [1234, 1234],
    '１２．５': [12.5, null],
    '－１，２３４': [-1234, -1234],
    '9223372036854775807': [2 ** 63, 9223372036854775807n],
    '9,223,372,036,854,775,807': [2 ** 63, 9223372036854775807n],
    '9223372036854775808': [2 ** 63, null],
    '12,5': [null, null],
    '0,125': [null, null],
    '1,234 567': [null, null],
    '1.234,5': [null, null],
    '1.234.567': [null, null],
    '1234,567': [null, null],
  }
  expect(await read([...Object.keys(cases), ...none], '.')).toEqual({
    ...cases,
    ...Object.fromEntries(none.map(text => [text, [null, null]])),
  })
})

test('with a decimal comma, points, blanks and apostrophes may part well-formed thousands', async () => {
  const cases: Record<string, Read> = {
    '12': [12, 12],
    '12,5': [12.5, null],
    ',5': [0.5, null],
    '12,0': [12, 12],
    '1,5E+3': [1500, null],
    '1.234,56': [1234.56, null],
    '-1.234.567': [-1234567, -1234567],
    '1 234,5': [1234.5, null],
    '1\u00a0234,5': [1234.5, null],
    "1'234,5": [1234.5, null],
    '12.5': [null, null],
    '0.125': [null, null],
    '1,234.5': [null, null],
  }
  expect(await read([...Object.keys(cases), ...none], ',')).toEqual({
    ...cases,
    ...Object.fromEntries(none.map(text => [text, [null, null]])),
  })
})
