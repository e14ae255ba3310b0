import { expect, test } from 'vitest'
import { canonicalNames } from '../domain/canonical.ts'
import { noFilters } from '../domain/filter.ts'
import { addDataset, emptyWorkspace } from '../domain/workspace.ts'
import { catalogue } from '../indicators/indicator.ts'
import { evaluation } from './evaluation.ts'

const tables = canonicalNames.map(canonical => {
  return { table: canonical, canonical, file: canonical, rows: 1, columns: [] }
})
const dataset = { id: 'd', name: 'd', synthetic: false, asOf: null, files: [], leftOut: [], tables }
const dataTime = Date.parse('2026-06-30T00:00:00Z') * 1000

function inPeriod(id: string) {
  const indicator = catalogue.find(recipe => recipe.id === id)
  if (!indicator) throw new Error(`no ${id}`)
  const workspace = { ...addDataset(dataset)(emptyWorkspace), filters: { ...noFilters, to: '2026-03-31' } }
  return evaluation(indicator, workspace, { asOf: dataTime, overlapping: [] })
}

test('a value that the period cuts, or that is counted at its end, speaks of its last moment', () => {
  for (const id of ['CON-01', 'AGG-01', 'PLN-02']) {
    const { asOf, obeyed, ignored } = inPeriod(id)
    expect([id, asOf]).toEqual([id, Date.parse('2026-04-01T00:00:00Z') * 1000 - 1])
    expect([id, obeyed, ignored]).toEqual([id, ['period'], []])
  }
})

test('a value that no period acts on keeps the time of the data, and says that it ignores the period', () => {
  for (const id of ['CON-16', 'CON-17', 'CON-18', 'PLN-01']) {
    const { asOf, obeyed, ignored } = inPeriod(id)
    expect([id, asOf, obeyed, ignored]).toEqual([id, dataTime, [], ['period']])
  }
})
