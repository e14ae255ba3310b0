import { describe, expect, test } from 'vitest'
import {
  columnNames,
  failureOfReading,
  inspectAll,
  noSamples,
  readAll,
  sample,
  tables,
  textRows,
  value,
} from '../testing.ts'

describe('CSV', () => {
  test('tells an empty field (null) from a quoted empty one', async () => {
    expect(textRows(await readAll('a,b\n,""\n'))).toEqual([[null, '']])
  })

  test('reads quotes, doubled quotes, delimiters and line breaks inside a field', async () => {
    const read = await readAll('a,b\r\n"x, ""y""","1\r\n2"\r\n')
    expect(textRows(read)).toEqual([['x, "y"', '1\r\n2']])
  })

  test.each([',', ';', '\t', '|'])('finds the delimiter %j', async delimiter => {
    const rows = [
      ['id', 'note'],
      ['1', 'a'],
      ['2', 'b'],
    ]
    const text = rows.map(row => row.join(delimiter)).join('\n')
    expect(textRows(await readAll(text))).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ])
    expect((await inspectAll(text)).dialect?.delimiter).toBe(delimiter)
  })

  test('takes the delimiter that was chosen', async () => {
    expect(textRows(await readAll('a;b\n1,5;2\n', { delimiter: ';' }))).toEqual([['1,5', '2']])
  })

  test('rejects a row of another width and numbers rows as the file has them', async () => {
    const read = await readAll('a,b\n1,2\n3\n4,5,6\n7,8\n\n')
    const summary = value(read.summary)
    expect(textRows(read)).toEqual([
      ['1', '2'],
      ['7', '8'],
    ])
    expect(tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])).toEqual([1n, 4n])
    expect(summary).toMatchObject({ rowsRead: 4, rowsSent: 2, rejectCounts: { 'wrong-field-count': 2 } })
    expect(summary.rejects.map(({ row }) => row)).toEqual([2, 3])
    expect(summary.doubts).toContainEqual({ kind: 'ragged-rows', rows: 2 })
  })

  test('rejects only the line of a quote that is never closed', async () => {
    const read = await readAll('a,b\n1,2\n3,"oops\n5,6\n')
    expect(textRows(read)).toEqual([
      ['1', '2'],
      ['5', '6'],
    ])
    expect(value(read.summary).rejects).toEqual([
      { row: 2, reason: 'unpaired-quote', column: null, value: null },
    ])
  })

  test('a stray quote does not swallow lines up to the next quote', async () => {
    const read = await readAll('a,b\n"1,2\n3,4\n5,"6"\n7,8\n')
    expect(textRows(read)).toEqual([
      ['3', '4'],
      ['5', '6'],
      ['7', '8'],
    ])
    expect(value(read.summary).rejectCounts).toEqual({ 'unpaired-quote': 1 })
  })

  test('keeps a quote inside a field as it stands, with a doubt', async () => {
    const read = await readAll('a,b\n5" pipe,2\n')
    expect(textRows(read)).toEqual([['5" pipe', '2']])
    expect(value(read.summary).doubts).toContainEqual({ kind: 'quote-inside-field', row: 1, rows: 1 })
  })

  test('gives repeated, empty and reserved headers names of their own, with doubts', async () => {
    const read = await readAll('id,ID,,row_no,id_2\n1,2,3,4,5\n')
    expect(columnNames(read)).toEqual(['row_no', 'id', 'ID_3', 'column_3', 'row_no_2', 'id_2'])
    expect(value(read.summary).doubts).toEqual([
      { kind: 'duplicate-header', column: 'ID_3' },
      { kind: 'empty-header', column: 'column_3' },
      { kind: 'duplicate-header', column: 'row_no_2' },
    ])
  })

  test('doubts one wide column and numbers that a spreadsheet rounded', async () => {
    const kinds = async (text: string) => (await inspectAll(text)).doubts.map(({ kind }) => kind)
    expect(await kinds('a:b\n1:2\n')).toContain('one-wide-column')
    expect(await kinds('sn,n\n1.2346E+14,1\n')).toContain('ruined-identifiers')
  })

  test('blank lines are absent values in a file of one column, and nothing elsewhere', async () => {
    expect(textRows(await readAll('a\n1\n\n2\n\n'))).toEqual([['1'], [null], ['2']])
    expect(textRows(await readAll('a,b\n\n1,2\n\n'))).toEqual([['1', '2']])
  })

  test('a header alone is a table without rows', async () => {
    const read = await readAll('a,b\n')
    expect(columnNames(read)).toEqual(['row_no', 'a', 'b'])
    expect(value(read.summary)).toMatchObject({ rowsRead: 0, rowsSent: 0 })
  })

  test('many rows arrive whole, over pieces of the file and batches', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => [
      `${i}`,
      i % 3 === 0 ? null : `值${i}`,
      i % 7 === 0 ? `a"${i}` : 'x'.repeat(i % 60),
    ])
    const cell = (text: string | null) =>
      text === null ? '' : text === '' || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text
    const read = await readAll(`id,name,note\n${rows.map(row => row.map(cell).join(',')).join('\n')}\n`)
    expect(tables(read).flatMap(table => table.batches.map(batch => batch.numRows))).toEqual([
      65_536, 65_536, 18_928,
    ])
    for (const [k, name] of ['id', 'name', 'note'].entries()) {
      const sent = tables(read).flatMap(table => [...(table.getChild(name) ?? [])])
      expect(sent.findIndex((text, i) => text !== rows[i]?.[k])).toBe(-1)
    }
    const numbers = tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])
    expect(numbers.findIndex((number, i) => number !== BigInt(i + 1))).toBe(-1)
  })

  test('a wide table is cut into smaller batches', async () => {
    const line = Array.from({ length: 1000 }, (_, i) => `${i % 10}`).join(',')
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`).join(',')
    const [table] = tables(await readAll(`${names}\n${`${line}\n`.repeat(4100)}`))
    expect(table?.batches.map(batch => batch.numRows)).toEqual([4000, 100])
    expect(table?.getChild('c999')?.get(4099)).toBe('9')
  })

  test('more columns than a table can have are over the limit', async () => {
    const failure = await failureOfReading(`${','.repeat(10_000)}\n`)
    expect(failure).toMatchObject({ kind: 'over-limit', limit: 'columns', actual: 10_001 })
  })

  test.skipIf(noSamples)('files of other projects (skipped without ../shared/samples)', async () => {
    const addresses = value((await readAll(sample('cn/addr.csv'))).summary)
    expect(addresses).toMatchObject({ rowsRead: 18_367, rejects: [], doubts: [] })
    const temperatures = value(
      (await readAll(sample('csv/nab_machine_temperature_system_failure.csv'))).summary,
    )
    expect(temperatures).toMatchObject({ rowsRead: 22_695, rejects: [], doubts: [] })
    const pipes = await readAll(sample('frictionless-datasets/csv/separators/pipes.csv'))
    expect(textRows(pipes)).toEqual([
      ['1', 'one', 'true'],
      ['2', 'two', 'false'],
    ])
    const duplicates = await readAll(sample('frictionless-py/duplicate-headers.csv'))
    expect(columnNames(duplicates)).toEqual(['row_no', 'id', 'name', 'id_2', 'age', 'id_3'])
    const ragged = value(
      (await readAll(sample('frictionless-datasets/csv/inconsistent-column-number.csv'))).summary,
    )
    expect(ragged).toMatchObject({ rowsRead: 2, rowsSent: 1, rejectCounts: { 'wrong-field-count': 1 } })
    const zeros = await readAll(sample('frictionless-py/leading-zeros.csv'))
    expect(textRows(zeros)).toEqual([['01'], ['002'], ['00003']])
  })
})
