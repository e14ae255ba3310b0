import { describe, expect, test } from 'vitest'
import type { ImportItem } from '../../workbench/workbench.ts'
import { failedItem, readyItem } from '../fixture.ts'
import { groupsOf, type Places, placesOf } from './groups.ts'
import { remainingWords, workOf } from './progress.ts'
import { reached } from './reached.ts'
import { totals } from './totals.ts'

const item = (id: string, change: Partial<ImportItem> = {}): ImportItem => ({
  ...readyItem,
  id,
  name: `${id}.csv`,
  ...change,
})
const none: Places = new Map()
const waiting = { progress: { stage: 'waiting' } } as const
const devices = { adapter: 'devices' } as const
const ids = (items: readonly ImportItem[], places: Places) =>
  groupsOf(items, places, id => id).map(group => [group.id, group.items.map(({ id }) => id).join(' ')])

describe('where a file stands in the list', () => {
  test('is being read until it is settled, then with its kind', () => {
    const before = placesOf([item('a', waiting), item('b', waiting)], none)
    expect([...before.values()]).toEqual(['reading', 'reading'])
    const after = placesOf([item('a', devices), item('b', { ...failedItem, id: 'b' })], before)
    expect([...after.values()]).toEqual(['adapter devices', 'failed'])
  })

  test('is kept while it is read again, and when it is left out', () => {
    const before = placesOf([item('a', devices)], none)
    for (const change of [waiting, { progress: { stage: 'mapping', rows: 1 } } as const, { included: false }])
      expect(placesOf([item('a', { ...devices, ...change })], before)).toBe(before)
  })

  test('of a hidden sheet is among the left out, until it was asked for and read', () => {
    const hidden = placesOf([item('a', { ...waiting, included: false })], none)
    expect(hidden.get('a')).toBe('left-out')
    const asked = placesOf([item('a', waiting)], hidden)
    expect(asked.get('a')).toBe('left-out')
    expect(placesOf([item('a')], asked).get('a')).toBe('raw')
  })

  test('the same places are the same value, others are not', () => {
    const before = placesOf([item('a')], none)
    expect(placesOf([item('a')], before)).toBe(before)
    expect(placesOf([item('a'), item('b')], before)).not.toBe(before)
    expect(placesOf([], before).size).toBe(0)
  })
})

test('groups: being read, failed, by name of the adapter, raw, left out; files by name with numbers in order', () => {
  const items = [
    item('part-10', devices),
    item('z', { included: false }),
    item('part-2', devices),
    item('raw'),
    item('bad', { ...failedItem, id: 'bad' }),
    item('late', waiting),
    item('early', waiting),
    item('alarm', { adapter: 'alarms' }),
  ]
  expect(ids(items, placesOf(items, none))).toEqual([
    ['reading', 'late early'],
    ['failed', 'bad'],
    ['adapter alarms', 'alarm'],
    ['adapter devices', 'part-2 part-10'],
    ['raw', 'raw'],
    ['left-out', 'z'],
  ])
})

test('a group names the tables that its files feed, each once', () => {
  const mapping = { targets: [{ table: 'device', columns: {} }], refusals: [] } as const
  const items = [item('a', { ...devices, mapping }), item('b', { ...devices, mapping })]
  expect(groupsOf(items, placesOf(items, none), id => id)[0]?.tables).toEqual(['device'])
})

test('bytes of a file with several tables count once, what failed or is left out not at all', () => {
  // 1000 (ready) + 1000 of a workbook: one of its two sheets is half read (250), the other waits.
  const sheet = { name: 'book.xlsx', bytes: 1000 } as const
  const items = [
    item('a'),
    item('s1', { ...sheet, progress: { stage: 'reading', bytes: 500, rows: 7 }, counts: null }),
    item('s2', { ...sheet, ...waiting, counts: null }),
    item('bad', { ...failedItem, id: 'bad' }),
    item('out', { included: false }),
  ]
  expect(workOf({ items })).toEqual({ bytes: 2000, bytesRead: 1250, rowsRead: 107, files: 3, filesDone: 1 })
})

test('what is forecast is no finer than it can be', () => {
  expect([4, 40, 57, 150, 5399, 7200].map(seconds => remainingWords(seconds).en)).toEqual([
    'a few seconds left',
    'less than a minute left',
    'about 1 min left',
    'about 3 min left',
    'about 2 h left',
    'about 2 h left',
  ])
})

test('totals: rows read = accepted + rejected of what is taken in; a replaced file counts when its new one is read', () => {
  const replaces = { dataset: 'd', file: 'old.csv' }
  const items = [item('a', { replaces }), item('b', { included: false }), { ...failedItem, replaces }]
  expect(totals(items)).toEqual({
    files: 2,
    failed: 1,
    leftOut: 1,
    replaced: 1,
    read: 100,
    accepted: 97,
    rejected: 3,
  })
})

test('keys lead from line to line and stop at the ends', () => {
  const order = ['a', 'b', 'c']
  expect(
    ['ArrowDown', 'ArrowUp', 'End', 'Home', 'PageDown', 'x'].map(key => reached(order, 'b', key)),
  ).toEqual(['c', 'a', 'c', 'a', 'c', null])
  expect(reached(order, 'c', 'ArrowDown')).toBeNull()
  expect(reached(order, null, 'ArrowDown')).toBe('a')
  expect(reached([], null, 'End')).toBeNull()
})
