import { describe, expect, test } from 'vitest'
import { inspectAll, noSamples, readAll, sample, tables, textRows, value } from './testing.ts'

const endings = ['csv', 'tsv', 'jsonl', 'parquet', 'arrow'] as const

/** Every cell as text; the text formats' own `row_no` left out. */
async function cells(ending: (typeof endings)[number]): Promise<readonly (readonly (string | null)[])[]> {
  const read = await readAll(sample(`parity/NYC311-5.${ending}`))
  expect(value(read.summary)).toMatchObject({ rowsRead: 5, rowsSent: 5, rejects: [] })
  if (ending !== 'parquet' && ending !== 'arrow') return textRows(read)
  return tables(read).flatMap(table =>
    table.toArray().map(row => [...row].map(([, cell]) => (cell === null ? null : String(cell)))),
  )
}

describe.skipIf(noSamples)('one table in five formats (skipped without ../shared/samples)', () => {
  test.each(endings)('%s has the cells that the CSV has', async ending => {
    expect(await cells(ending)).toEqual(await cells('csv'))
  })

  test.each(endings)('%s has the preview that the CSV has', async ending => {
    const expected = await inspectAll(sample('parity/NYC311-5.csv'))
    const { columns, preview } = await inspectAll(sample(`parity/NYC311-5.${ending}`))
    expect({ columns, preview }).toEqual({ columns: expected.columns, preview: expected.preview })
  })
})
