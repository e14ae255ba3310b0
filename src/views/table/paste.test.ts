import { expect, test } from 'vitest'
import { row, type Table } from '../../domain/table.ts'
import { tabSeparated } from './paste.ts'

const names = ['group', 'devices', 'at']
const table: Table = {
  columns: [
    { name: 'group', type: 'text' },
    { name: 'devices', type: 'integer' },
    { name: 'at', type: 'timestamp' },
  ],
  rows: [row(names, ['a\tb\nc', -5, 0]), row(names, [null, 2n ** 60n, null])],
}

test('values are exact, on one line each, and absent ones empty', () => {
  expect(tabSeparated(table).split('\n')).toEqual([
    'group\tdevices\tat',
    'a b c\t-5\t1970-01-01 00:00:00 UTC',
    '\t1152921504606846976\t',
  ])
})

test.each(['=1+1', '+cmd', '-2', '@SUM(A1)', ' =1', '＝1', "'=1", '"=1'])(
  '%s does not become a formula',
  text => {
    const pasted = tabSeparated({
      columns: [{ name: 'group', type: 'text' }],
      rows: [row(['group'], [text])],
    })
    expect(pasted.split('\n')[1]).toBe(`'${text}`)
  },
)
