import { read as readWithSheetJs } from '@e965/xlsx'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Column, row, type Table, type Value } from '../domain/table.ts'
import { readAll, textRows } from '../formats/testing.ts'
import { tableXlsx } from './table-xlsx.ts'
import { valueText } from './value-text.ts'

function table(columns: readonly Column[], rows: readonly (readonly Value[])[]): Table {
  const names = columns.map(({ name }) => name)
  return { columns, rows: rows.map(values => row(names, values)) }
}

async function written(made: Table): Promise<Uint8Array> {
  const result = await tableXlsx(made, 'CON-01')
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const plain = { skipRows: 0, headerRows: 1 }
const columns = (['text', 'integer', 'number', 'boolean', 'timestamp', 'date'] as const).map(type => ({
  name: type,
  type,
}))
const midnight = Date.UTC(2026, 5, 30) * 1000

test('every type reads back as it was', async () => {
  const bytes = await written(
    table(columns, [
      ['007', 9_007_199_254_740_993n, 0.1, true, midnight + 123_456, midnight],
      ['=1+1', -1, 1e21, false, midnight, Date.UTC(1900, 1, 28) * 1000],
      [null, 999_999_999_999_999, -1.5e-7, null, null, null],
      ['x', 1_000_000_000_000_000, -0, true, -1, 0],
    ]),
  )
  expect(textRows(await readAll(bytes))).toEqual([
    ['007', '9007199254740993', '0.1', 'true', '2026-06-30T00:00:00.123456Z', '2026-06-30'],
    ['=1+1', '-1', '1e+21', 'false', '2026-06-30T00:00:00Z', '1900-02-28'],
    [null, '999999999999999', '-1.5e-7', null, null, null],
    ['x', '1000000000000000', '0', 'true', '1969-12-31T23:59:59.999999Z', '1970-01-01'],
  ])
})

test('text is text: no formula, no number, no date for another reader either', async () => {
  const texts = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '00123',
    '1e5',
    '2026-01-01',
    'true',
    "'=1",
    '=HYPERLINK("http://x")',
  ]
  const bytes = await written(
    table(
      [{ name: 'v', type: 'text' }],
      texts.map(text => [text]),
    ),
  )
  const sheet = readWithSheetJs(bytes, { cellFormula: true, dense: true }).Sheets['CON-01']
  const cells = (sheet?.['!data'] ?? []).slice(1).map(([cell]) => [cell?.t, cell?.v, cell?.f])
  expect(cells).toEqual(texts.map(text => ['s', text, undefined]))
})

test('a random table reads back equal', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.constantFrom('_x000D_', 'a\r\nb', '\t', ' ', '<&>"\'', '_x005F_x0041_', ']]>', '\u0001', '中文'),
  )
  const value = fc.tuple(
    fc.option(text),
    fc.option(fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }))),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.option(fc.boolean()),
    fc.option(fc.integer({ min: -(2 ** 50), max: 2 ** 52 })),
    fc.option(fc.integer({ min: -60_000, max: 2_900_000 }).map(day => day * 86_400_000_000)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async drawn => {
      const rows = drawn.filter(values => values.some(one => one !== null))
      const back = textRows(await readAll(await written(table(columns, rows)), plain))
      const expected = rows.map(values =>
        values.map((one, i) => (one === null ? null : valueText(one, columns[i]?.type ?? 'text'))),
      )
      expect(back).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('what a spreadsheet cannot hold is refused', async () => {
  const long = table([{ name: 'v', type: 'text' }], [['x'.repeat(32_768)]])
  expect(await tableXlsx(long, 'S')).toMatchObject({
    ok: false,
    failure: { kind: 'over-limit', actual: 32_768 },
  })
  const wide = table(
    Array.from({ length: 16_385 }, (_, i) => ({ name: `c${i}`, type: 'text' as const })),
    [],
  )
  expect(await tableXlsx(wide, 'S')).toMatchObject({ ok: false, failure: { limit: 'columns' } })
})
