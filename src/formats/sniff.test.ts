import { describe, expect, test } from 'vitest'
import { sniff } from './sniff.ts'
import { failureOfReading, noSamples, sample } from './testing.ts'

const text = (content: string) => new TextEncoder().encode(content)

describe('a file is recognised by its content', () => {
  test.each([
    ['a,b\n1,2\n', 'csv'],
    ['{"a":1}\n{"a":2}\n', 'ndjson'],
    ['{"a":1}', 'ndjson'],
    ['"b":1}\n{"a":1}\n{"a":2}\n', 'ndjson'],
    ['id,doc\n1,{"a":1}\n', 'csv'],
    ['# one\ncpu,host=a load=1 17', 'line-protocol'],
    ['\ufeff{"a":1}\n', 'ndjson'],
    ['[{"a":1},\n{"a":2}]', 'json'],
    ['[]', 'json'],
    ['[1,2,3]', 'json'],
    ['[["a",1],["b",2]]', 'json'],
    ['[id],[name]\n1,x\n', 'csv'],
    ['{\n "things": [{"a":1}]\n}', 'json'],
    ['{"things":[{"a":1}],"nextToken":null}', 'json'],
    ['{"total":2,"data":[{"a":1},{"a":2}]}', 'json'],
    ['{"meta":{"page":1,"hasnext":false},"data":[{"a":1}]}', 'json'],
    ['{"meta":{"page":1},"data":[1,2]}', 'ndjson'],
  ])('%j is %s', (content, format) => {
    expect(sniff(text(content))).toBe(format)
  })

  test.each([
    ['<!DOCTYPE html><html>', 'HTML page'],
    ['<?xml version="1.0"?><a/>', 'XML document'],
    ['"id": "a",\n    "key": {\n      "n": 1\n    }\n  }\n]', 'part of a JSON document'],
    ['%PDF-1.7', 'PDF document'],
    [
      `PK\x03\x04${'\0'.repeat(22)}\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet`,
      'OpenDocument file',
    ],
  ])('%j is refused as %s', async (content, looksLike) => {
    expect(await failureOfReading(content)).toMatchObject({ kind: 'unknown-format', looksLike })
  })

  test.each(['[1,2,3]', '[1,2]\n[3,4]\n', '['.repeat(1000)])(
    '%j has no rows and is not taken for a table of text',
    async content => {
      expect(await failureOfReading(content)).toMatchObject({ kind: 'unreadable-file', format: 'JSON' })
    },
  )

  test('an empty file is unreadable', async () => {
    expect(await failureOfReading('')).toMatchObject({ kind: 'unreadable-file', detail: 'the file is empty' })
  })

  test.skipIf(noSamples).each([
    ['frictionless-datasets/wrong-extension-files/sample-1-sheet.txt', 'xls'],
    ['frictionless-datasets/excel/sample-2-sheets.xls', 'xls'],
    ['frictionless-datasets/excel/sample-2-sheets.xlsx', 'xlsx'],
    ['xlsx/any_sheets.xlsx', 'xlsx'],
    ['frictionless-py/sheets.xlsx', 'xlsx'],
  ])('%s is %s (skipped without ../shared/samples)', (path, format) => {
    expect(sniff(sample(path))).toBe(format)
  })

  test.skipIf(noSamples).each([['parity/NYC311-5.csv.gz', 'gzip archive']])(
    '%s is refused as %s (skipped without ../shared/samples)',
    async (path, looksLike) => {
      expect(await failureOfReading(sample(path))).toMatchObject({ kind: 'unknown-format', looksLike })
    },
  )
})
