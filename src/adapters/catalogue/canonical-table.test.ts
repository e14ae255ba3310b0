import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importedNames } from '../../domain/canonical.ts'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { adapters } from '../adapter.ts'
import { importBytes, proposedMapping, rawTable } from '../testing.ts'

const canonical = adapters.find(({ id }) => id === 'canonical-table')
if (!canonical) throw new Error('the catalogue has no canonical tables')
const { table, counter_kind } = canonical.options

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

describe('the table', () => {
  const both = { platform_id: 'P', org_id: 'O', province_code: '', size: '' }
  const proposal = (fileName: string, part: string | null, row = both) =>
    table?.proposal({ ...rawTable(fileName, [row]), part })

  test('between equals is told by the sheet before the file', () => {
    expect(proposal('export.xlsx', 'organisation')).toBe('organisation')
    expect(proposal('organisation.xlsx', 'platform')).toBe('platform')
    expect(proposal('export.xlsx', '平台')).toBe('platform')
    expect(proposal('export.xlsx', '组织')).toBe('organisation')
    expect(proposal('organisation.xlsx', 'Sheet1')).toBe('organisation')
  })

  test('is never one that is derived', () => {
    const { choices = [] } = table ?? {}
    const offered = typeof choices === 'function' ? choices(rawTable('x.csv', [both])) : choices
    expect(offered.map(({ value }) => value)).toEqual(importedNames)
    const session = {
      ...{ platform_id: 'P', device_id: 'D', session_id: 's', start: '2026-06-30', end: '2026-06-30' },
      ...{ start_truncated: 'false', end_censored: 'false', end_cause: 'lost' },
    }
    expect(canonical.recognise(rawTable('session.csv', [session]))).toBe(0)
  })
})

describe('the counter kind of ingest batches', () => {
  const batch = (source: string, hour: number, records: number) => ({
    platform_id: 'P',
    batch_id: `${source}${hour}`,
    source_id: source,
    window_start: `2026-06-30T${String(hour).padStart(2, '0')}:00:00Z`,
    window_end: `2026-06-30T${String(hour + 1).padStart(2, '0')}:00:00Z`,
    records: String(records),
  })
  const series = (source: string, ...counts: readonly number[]) => counts.map((n, i) => batch(source, i, n))
  const proposal = (rows: readonly Record<string, string>[]) =>
    counter_kind?.proposal(rawTable('x.csv', rows))
  const growing = series('a', 5, 9, 9, 20, 31, 40)

  test('is cumulative where no source ever falls, in the order of the windows', () => {
    expect(proposal(growing)).toBe('cumulative')
    expect(proposal(growing.toReversed())).toBe('cumulative')
    expect(proposal([...growing, ...series('b', 100, 200, 300, 400, 500)])).toBe('cumulative')
  })

  test('is delta where one falls, where all stay the same, and where there are too few to tell', () => {
    expect(proposal(series('a', 5, 9, 8, 20, 31))).toBe('delta')
    expect(proposal([...growing, ...series('b', 3, 2, 3, 2, 3)])).toBe('delta')
    expect(proposal(series('a', 60, 60, 60, 60, 60, 60))).toBe('delta')
    expect(proposal(series('a', 1, 2, 3, 4))).toBe('delta')
  })

  test('is asked only where the table does not say it', () => {
    expect(proposal(growing.map(row => ({ ...row, counter_kind: 'delta' })))).toBe('')
    expect(counter_kind?.proposal(rawTable('x.csv', [{ platform_id: 'P', device_id: 'D' }]))).toBe('')
    const mapping = proposedMapping(canonical, rawTable('x.csv', [{ platform_id: 'P', device_id: 'D' }]))
    expect(Object.keys(mapping.targets[0]?.columns ?? {})).toEqual(['platform_id', 'device_id'])
  })

  test('is stored as chosen', async () => {
    const header = Object.keys(batch('a', 0, 0)).join()
    const csv = [header, ...growing.map(row => Object.values(row).join())].join('\n')
    const kinds = async (chosen: Record<string, string>) =>
      new Set(
        (await (await importBytes(engine, 'b.csv', csv, chosen)).rows('ingest_batch')).map(
          row => row.counter_kind,
        ),
      )
    expect(await kinds({})).toEqual(new Set(['cumulative']))
    expect(await kinds({ counter_kind: 'delta' })).toEqual(new Set(['delta']))
    expect(await kinds({ counter_kind: '' })).toEqual(new Set([undefined]))
  })
})
