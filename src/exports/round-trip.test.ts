import { tableFromIPC } from 'apache-arrow'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Column, row, type Table, type Value, type ValueType } from '../domain/table.ts'
import type { Engine } from '../engine/engine.ts'
import { chunksOf, loadRows, openTestEngine } from '../engine/testing.ts'
import { columnNames, readAll, tables, textRows, value } from '../formats/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { tableCsv, tableXlsx } from './export.ts'
import { valueText } from './value-text.ts'

/** What leaves Assay comes back as it was, through its own readers. */

const dayMicros = 86_400_000_000
/** 0001-01-01 and 9999-12-31: the years that ISO 8601 and its readers agree on. */
const [firstDay, lastDay] = [-719_162, 2_932_896]
const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  "'=1",
  '00123',
  '861234567890123456',
  '1e5',
  '2026-01-01',
]
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    ...hostile,
    'a\r\nb',
    'a\nb',
    'say "x"',
    ';',
    ' ',
    '平台',
    '👩‍🔧',
    'true',
    'NULL',
    '__proto__',
  ),
)
const cells: Readonly<Record<ValueType, fc.Arbitrary<Value>>> = {
  text,
  integer: fc
    .oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    .map(asInteger),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map(drawn => (drawn === 0 ? 0 : drawn)),
  boolean: fc.boolean(),
  timestamp: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  date: fc.integer({ min: firstDay, max: lastDay }).map(day => day * dayMicros),
}
const types = Object.keys(cells) as ValueType[]
/** As headers come in: not blank, without line ends or blanks around them. */
const names = fc.uniqueArray(
  fc
    .oneof(fc.constantFrom('__proto__', 'constructor', 'toString', '设备', 'a b', '=A1', 'a"b', 'a,b'), text)
    .map(drawn => drawn.replaceAll(/[\s\p{C}]+/gu, ' ').trim())
    .filter(drawn => !/^(row_no)?$/i.test(drawn)),
  { minLength: types.length, maxLength: types.length, selector: drawn => drawn.toLowerCase() },
)

/** An integer that is safe is a number, as the engine gives it. */
function asInteger(drawn: number | bigint): Value {
  const isSafe = drawn >= BigInt(Number.MIN_SAFE_INTEGER) && drawn <= BigInt(Number.MAX_SAFE_INTEGER)
  return isSafe ? Number(drawn) || 0 : drawn
}

function tableOf(blank: boolean): fc.Arbitrary<Table> {
  const own = { ...cells, text: blank ? fc.oneof(text, fc.constant('')) : text }
  const values = fc.tuple(...types.map(type => fc.option(own[type], { freq: 6 })))
  // A line without any value is a blank line: neither CSV nor a sheet can hold it as a row.
  const rows = fc.array(
    values.filter(drawn => drawn.some(one => one !== null && one !== '')),
    { minLength: 1, maxLength: 12 },
  )
  return fc.tuple(names, rows).map(([header, drawn]) => ({
    columns: header.map((column, i): Column => ({ name: column, type: types[i] ?? 'text' })),
    rows: drawn.map(one => row(header, one)),
  }))
}

/** The values of a table as the text formats write them; a text without characters is absent. */
function textsOf({ columns, rows }: Table) {
  return rows.map(one =>
    columns.map(({ name: column, type }) => {
      const held = one[column] ?? null
      if (held === null || held === '') return null
      return typeof held === 'string' ? held : valueText(held, type)
    }),
  )
}

const layout = { skipRows: 0, headerRows: 1 } as const
const csvDialect = { delimiter: ',', quote: '"', escape: 'doubled', comment: '', trim: false } as const

describe('a table written as CSV', () => {
  test('reads back equal; only an empty text is absent then', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(true), fc.boolean(), async (table, bom) => {
        const read = await readAll(tableCsv(table, { bom, neutralise: false }), { ...layout, ...csvDialect })
        expect(value(read.summary)).toMatchObject({ rowsRead: table.rows.length, rejects: [] })
        expect(textRows(read)).toEqual(textsOf(table))
        expect(columnNames(read).slice(1)).toEqual(table.columns.map(column => column.name))
      }),
      { numRuns: 40 },
    )
  })

  test('for a spreadsheet reads back equal but for one apostrophe before formulas', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(false), async table => {
        const read = await readAll(tableCsv(table, { bom: true, neutralise: true }), {
          ...layout,
          ...csvDialect,
        })
        const back = textRows(read)
        const plain = textsOf(table)
        const texts = table.columns.map(({ type }) => type === 'text')
        const bare = back.map((cellsBack, r) =>
          cellsBack.map((cell, c) => (texts[c] && cell === `'${plain[r]?.[c]}` ? cell.slice(1) : cell)),
        )
        expect(bare).toEqual(plain)
      }),
      { numRuns: 40 },
    )
  })
})

test('a table written as XLSX reads back equal; only an empty text is absent then', async () => {
  await fc.assert(
    fc.asyncProperty(tableOf(true), async table => {
      const read = await readAll(value(await tableXlsx(table, 'CON-01')), layout)
      expect(value(read.summary)).toMatchObject({ rowsRead: table.rows.length, rejects: [] })
      expect(textRows(read)).toEqual(textsOf(table))
      expect(columnNames(read).slice(1)).toEqual(table.columns.map(column => column.name))
    }),
    { numRuns: 25 },
  )
})

describe('a table written as Arrow', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openTestEngine()
  })
  afterAll(() => engine.close())
  const { signal } = new AbortController()
  let made = 0

  test('reads back equal with its types, empty texts, microseconds and all 64 bits', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(true), async table => {
        const from = `from ${made++}`
        const declared = new Map(table.columns.map(({ name: column, type }) => [column, type]))
        const columns = Object.assign(Object.create(null), Object.fromEntries(declared))
        await loadRows(engine, from, columns, table.rows)
        const select = sql`select * exclude (row_no) from ${name(from)} order by row_no`
        const bytes = value(await engine.queryArrow(select, columns, signal))
        const read = await readAll(bytes)
        expect(value(read.summary)).toMatchObject({ rowsRead: table.rows.length, rejects: [] })
        expect(tables(read)[0]?.schema.fields.map(field => field.name)).toEqual([...declared.keys()])
        const to = `to ${made}`
        value(await engine.ingest(chunksOf(...read.chunks), to, signal))
        const back = value(
          await engine.query(
            sql`select * exclude (row_no) from ${name(to)} order by row_no`,
            columns,
            signal,
          ),
        )
        expect(back.rows).toEqual(table.rows)
        expect(tableFromIPC(bytes).numRows).toBe(table.rows.length)
      }),
      { numRuns: 25 },
    )
  })
})
