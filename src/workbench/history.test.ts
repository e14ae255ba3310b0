import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { same } from '../domain/phrase.ts'
import { addDataset, type Dataset, emptyWorkspace, removeDataset, setInput } from '../domain/workspace.ts'
import { commit, emptyHistory, type History, reachableTables, redo, undo } from './history.ts'

function dataset(id: string): Dataset {
  const table = { table: `device_${id}`, canonical: 'device', file: 'f.csv', rows: 1, columns: [] } as const
  return { id, name: id, synthetic: false, asOf: null, files: [], leftOut: [], tables: [table] }
}

const withTwo = ['a', 'b'].reduce<History>(
  (history, id) => commit(history, addDataset(dataset(id)), same(`add ${id}`)),
  emptyHistory,
)

describe('history', () => {
  test('undo goes back one edit, redo brings it again', () => {
    expect(undo(withTwo).present.datasets.map(({ id }) => id)).toEqual(['a'])
    expect(redo(undo(withTwo))).toEqual(withTwo)
    expect(undo(emptyHistory)).toBe(emptyHistory)
  })

  test('a new edit ends what could be redone', () => {
    const branched = commit(undo(withTwo), removeDataset('a'), same('remove a'))
    expect(branched.future).toEqual([])
    expect(branched.present).toEqual(emptyWorkspace)
  })

  test('tables stay reachable while undo or redo may need them', () => {
    expect(reachableTables(undo(withTwo))).toEqual(new Set(['device_a', 'device_b']))
    const branched = commit(undo(withTwo), setInput('CON-01', 'window', 7), same('input'))
    expect(reachableTables(branched)).toEqual(new Set(['device_a']))
  })

  test('any walk of undos and redos stays on the line of workspaces', () => {
    const line = [emptyWorkspace, ...withTwo.past.slice(1).map(step => step.workspace), withTwo.present]
    fc.assert(
      fc.property(fc.array(fc.boolean()), steps => {
        const end = steps.reduce((history, back) => (back ? undo(history) : redo(history)), withTwo)
        expect(line).toContain(end.present)
        expect(end.past.length + end.future.length).toBe(2)
      }),
    )
  })
})

describe('inputs of an indicator', () => {
  test('going back to the default leaves nothing behind', () => {
    const set = setInput('CON-01', 'window', 7)(emptyWorkspace)
    expect(set.inputs).toEqual({ 'CON-01': { window: 7 } })
    expect(setInput('CON-01', 'window', undefined)(set).inputs).toEqual({ 'CON-01': {} })
  })
})
