import { expect, test } from 'vitest'
import type { Alias } from '../../domain/alias.ts'
import { mergedNames, nameLines, unknownNames } from './names.ts'

const unknown = (value: string, rows: number, table = 'device', rejected = false) => ({
  table,
  column: 'province_code',
  value,
  rows,
  rejected,
})
const alias = (raw: string): Alias => ({
  kind: 'province_code',
  raw,
  canonical: '14',
  approvedBy: 'person',
})
const mapping = { targets: [{ table: 'device' as const, columns: {} }], refusals: [] }

test('one name in two tables is one line, as bad as the worse of them', () => {
  const [line, ...others] = unknownNames([unknown('shanxi', 5), unknown('shanxi', 7, 'platform', true)])
  expect(others).toEqual([])
  expect(line).toMatchObject({ tables: ['device', 'platform'], rows: 7, rejected: true })
})

test('a decided name stays where it stood, and the undecided ones around it too', () => {
  const before = mergedNames([], [unknown('a', 3), unknown('b', 2), unknown('c', 1)])
  const after = mergedNames(before, [unknown('c', 1), unknown('a', 3)])
  const lines = nameLines({ mapping }, after, [alias('B ')])
  expect(lines.map(({ value, decision }) => [value, decision?.canonical ?? null])).toEqual([
    ['a', null],
    ['b', '14'],
    ['c', null],
  ])
})

test('a name that came to be known otherwise is gone', () => {
  const seen = mergedNames(mergedNames([], [unknown('a', 3)]), [])
  expect(nameLines({ mapping }, seen, [])).toEqual([])
})

test('a decision of another file is shown only where the file has the column', () => {
  expect(nameLines({ mapping }, [], [alias('jin')])).toEqual([])
  const column = { sql: { text: '"p"' } as never, from: ['p'] }
  const feeding = { ...mapping, targets: [{ table: 'device' as const, columns: { province_code: column } }] }
  expect(nameLines({ mapping: feeding }, [], [alias('jin')])).toMatchObject([
    { value: 'jin', tables: ['device'], rows: 0 },
  ])
})
