import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { loadRows, openTestEngine } from '../engine/testing.ts'
import { adapters } from './adapter.ts'
import { ask, proposedMapping, rawTable, stageRaw } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

/** A person may choose any adapter for any file: what its columns do not tell is absent, and rows are accounted for. */
test.each(adapters.map(adapter => [adapter.id, adapter] as const))(
  '%s takes columns that it does not know for absent ones',
  async (id, adapter) => {
    const rows = [
      { a: 'x', ID: '1', 'b c': null },
      { a: null, ID: '2', 'b c': '9' },
    ]
    const typed = { a: 'text', ID: 'text', 'b c': 'text' } as const
    await loadRows(engine, `unfit ${id}`, typed, rows)
    const raw = rawTable('unfit.csv', rows)
    const { counts, plan } = await stageRaw(engine, `unfit ${id}`, proposedMapping(adapter, raw))
    expect(counts.read).toBe(2)
    expect(counts.accepted + counts.rejected).toBe(2)
    expect(await ask(engine, plan.cutTimes)).toEqual([])
  },
)

/** Nothing in it can be taken for a measurement. */
test.each(adapters.map(adapter => [adapter.id, adapter] as const))(
  '%s takes a table of words without measurements',
  async (id, adapter) => {
    await loadRows(engine, `words ${id}`, { word: 'text' }, [{ word: 'x' }])
    const raw = rawTable('unfit.csv', [{ word: 'x' }])
    const { counts } = await stageRaw(engine, `words ${id}`, proposedMapping(adapter, raw))
    expect(counts.read).toBe(1)
    expect(counts.accepted + counts.rejected).toBe(1)
  },
)
