import { describe, expect, test } from 'vitest'
import type { Inspection } from '../../domain/file.ts'
import { readyItem } from '../fixture.ts'
import { headLines } from './head-lines.ts'
import {
  asAsked,
  changedOptions,
  detectedOptions,
  oneCharacter,
  setOptions,
  visible,
} from './read-options.ts'

const found = readyItem.inspection as Inspection
const sheet = { id: 'S', kind: 'sheet', visibility: 'visible', rows: 2 } as const

describe('read options', () => {
  test('a change is added, an undefined one detected again', () => {
    expect(changedOptions({ trim: true }, { quote: '' })).toEqual({ trim: true, quote: '' })
    expect(Object.keys(changedOptions({ trim: true, skipRows: 2 }, { trim: undefined }))).toEqual([
      'skipRows',
    ])
  })

  test('which table an item is counts as set only where there is a choice', () => {
    expect(setOptions({ readOptions: { part: 'S', skipRows: 1 }, part: sheet })).toEqual(['skipRows'])
    expect(setOptions({ readOptions: { part: 'a[]' }, part: null })).toEqual(['part'])
    expect(detectedOptions({ part: sheet })).toEqual({ part: 'S' })
    expect(detectedOptions({ part: null })).toEqual({})
  })

  test('what is asked of a file stands in place of what was found in it', () => {
    const asked = asAsked(found, { delimiter: ';', skipRows: 5000, encoding: 'utf-8' })
    expect(asked.dialect).toEqual({ ...found.dialect, delimiter: ';' })
    expect(asked.layout).toEqual({ ...found.layout, skipRows: 5000 })
    expect(asked.encoding).toBe('utf-8')
    expect(asAsked({ ...found, dialect: null }, { delimiter: ';' }).dialect).toBeNull()
  })
})

test.each([
  ['~', '~'],
  ['\\t', '\t'],
  ['\\x01', '\u0001'],
  ['\\', '\\'],
  ['，', '，'],
  ['', null],
  ['ab', null],
  ['"', null],
  ['\\x0a', null],
])('the delimiter written as %j is %j', (text, character) => {
  expect(oneCharacter(text)).toBe(character)
})

test('characters that cannot be seen are written so that they can', () => {
  expect([',', ' ', '\t', '\u0001'].map(visible)).toEqual([',', '\\x20', '\\t', '\\x01'])
})

describe('the lines at the head of a file', () => {
  const dialect = { ...found.dialect, comment: '#' } as Inspection['dialect']
  const layout = { skipRows: 1, headerRows: 2, mergedCells: 'repeat' } as const

  test('are titles, header and data; comments and the word to Excel count for nothing', () => {
    const head = [['sep=;'], ['Report'], ['# made by x'], ['a', null], ['b', 'c'], ['1', '2']]
    const lines = headLines({ ...found, dialect, layout, head })
    expect(lines.map(({ kind, above }) => [kind, above])).toEqual([
      ['aside', null],
      ['skipped', 0],
      ['aside', null],
      ['header', 1],
      ['header', 2],
      ['data', 3],
    ])
  })

  test('of a sheet are all rows', () => {
    const lines = headLines({ ...found, dialect: null, layout, head: [['# no comment here'], ['x']] })
    expect(lines.map(({ kind }) => kind)).toEqual(['skipped', 'header'])
  })
})
