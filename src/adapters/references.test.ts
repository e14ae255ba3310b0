import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { referenceQuestion } from './adapter.ts'
import { ask, canonicalMapping, loadText, stageRaw, type TextRow } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function load(table: CanonicalName, rows: readonly TextRow[]): Promise<string> {
  const raw = await loadText(engine, rows)
  const { counts } = await stageRaw(engine, raw, canonicalMapping(Object.keys(rows[0] ?? {}), table))
  expect(counts.rejected).toBe(0)
  return `${raw}_${table}`
}

test('rows that name what no loaded table has are counted, per reference', async () => {
  const month = '2026-06'
  const event = { ts_event: '2026-06-30T12:00:00Z', kind: 'connect' }
  const loaded = {
    platform: [await load('platform', [{ platform_id: 'P' }])],
    device: [
      await load('device', [{ platform_id: 'P', device_id: '1', org_id: 'o' }]),
      await load('device', [{ platform_id: 'Q', device_id: '2', org_id: null }]),
    ],
    conn_event: [
      await load('conn_event', [
        { platform_id: 'P', device_id: '1', ...event },
        { platform_id: 'P', device_id: '2', ...event },
        { platform_id: 'P', device_id: '2', ...event },
        { platform_id: 'Q', device_id: '2', ...event },
      ]),
    ],
    model: [await load('model', [{ model_id: 'm', platform_id: 'P' }])],
    usage: [
      await load('usage', [
        { subject_kind: 'model', subject_id: 'm', month, org_id: '*' },
        { subject_kind: 'model', subject_id: 'n', month, org_id: '*' },
        { subject_kind: 'application', subject_id: 'm', month, org_id: '*' },
      ]),
    ],
  }
  // Organisations and applications are not loaded, so nobody asks for them. (P, 2) is no device of P, twice; Q is no
  // platform, neither for its device nor for its event; the model n is nowhere.
  expect(await ask(engine, referenceQuestion(loaded))).toEqual([
    { table: 'conn_event', columns: 'platform_id, device_id', referenced: 'device', names: 1, rows: 2 },
    { table: 'conn_event', columns: 'platform_id', referenced: 'platform', names: 1, rows: 1 },
    { table: 'device', columns: 'platform_id', referenced: 'platform', names: 1, rows: 1 },
    { table: 'usage', columns: 'subject_id', referenced: 'model', names: 1, rows: 1 },
  ])
  const organisation = [await load('organisation', [{ org_id: 'p' }])]
  const more = await ask(engine, referenceQuestion({ device: loaded.device, organisation }))
  expect(more).toEqual([
    { table: 'device', columns: 'org_id', referenced: 'organisation', names: 1, rows: 1 },
  ])
  expect(await ask(engine, referenceQuestion({}))).toEqual([])
})

test('every declared reference leads from a column to a column', () => {
  for (const table of canonicalNames) {
    for (const { table: referenced, columns, where = {} } of canonicalTable(table).references ?? []) {
      const target = canonicalNames.find(known => known === referenced)
      const theirs = target ? Object.keys(canonicalTable(target).columns) : []
      const own = Object.keys(canonicalTable(table).columns)
      expect(own).toEqual(expect.arrayContaining([...Object.keys(columns), ...Object.keys(where)]))
      expect(theirs).toEqual(expect.arrayContaining(Object.values(columns)))
    }
  }
})
