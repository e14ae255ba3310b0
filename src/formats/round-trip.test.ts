import { Bool, Float64, Int64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAll, tables, textRows, value } from './testing.ts'

const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map(drawn => drawn.replaceAll(/[\p{Cc}\ufeff]/gu, ''))
const cell = fc.option(text)
const grid = fc
  .integer({ min: 2, max: 5 })
  .chain(width =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
  )

/** null as an empty field, text always in quotes. */
function field(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`
}

test('a random table written as CSV reads back equal', async () => {
  const separators = fc.constantFrom(',', ';', '\t', '|')
  await fc.assert(
    fc.asyncProperty(grid, separators, fc.constantFrom('\n', '\r\n'), async (rows, delimiter, lineEnd) => {
      const names = (rows[0] ?? []).map((_, i) => `c${i}`)
      const lines = [names, ...rows.map(row => row.map(field))].map(row => row.join(delimiter) + lineEnd)
      const read = await readAll(`\ufeff${lines.join('')}`, { delimiter })
      expect(textRows(read)).toEqual(rows)
      expect(value(read.summary)).toMatchObject({ rowsRead: rows.length, rejects: [] })
    }),
    { numRuns: 60 },
  )
})

test('a random table written as Arrow, stream or file, reads back equal', async () => {
  const row = fc.record({
    t: cell,
    n: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    x: fc.option(fc.double({ noNaN: true })),
    b: fc.option(fc.boolean()),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.constantFrom('stream', 'file'),
      async (rows, kind) => {
        const table = new Table({
          t: vectorFromArray(
            rows.map(({ t }) => t),
            new Utf8(),
          ),
          n: vectorFromArray(
            rows.map(({ n }) => n),
            new Int64(),
          ),
          x: vectorFromArray(
            rows.map(({ x }) => x),
            new Float64(),
          ),
          b: vectorFromArray(
            rows.map(({ b }) => b),
            new Bool(),
          ),
        })
        const read = await readAll(tableToIPC(table, kind))
        const back = tables(read).flatMap(part => part.toArray().map(({ t, n, x, b }) => ({ t, n, x, b })))
        expect(back).toEqual(table.toArray().map(({ t, n, x, b }) => ({ t, n, x, b })))
      },
    ),
    { numRuns: 60 },
  )
})

test('a random table written as NDJSON reads back equal', async () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        key.map(drawn => `k_${drawn.replaceAll('.', '')}`),
        { minLength: 1, maxLength: 4, selector: name => name.toLowerCase() },
      ),
      grid,
      async (keys, rows) => {
        const lines = rows.map(row =>
          JSON.stringify(Object.fromEntries(keys.map((name, i) => [name, row[i % row.length] ?? null]))),
        )
        const read = await readAll(lines.join('\n'))
        expect(textRows(read)).toEqual(rows.map(row => keys.map((_, i) => row[i % row.length] ?? null)))
      },
    ),
    { numRuns: 60 },
  )
})
