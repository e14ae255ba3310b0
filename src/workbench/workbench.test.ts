import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import { openWorld } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { directReader } from '../formats/format.ts'
import { type MemoryHost, memoryHost } from '../host/host.ts'
import { sql } from '../sql/sql.ts'
import { openStore } from './store.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

let engine: Engine
let host: MemoryHost
let workbench: Workbench
/** One for all tests: table names must not come again in the one engine. */
const world = openWorld()

beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  host = memoryHost()
  const store = openStore('en', 'light')
  workbench = await openWorkbench({
    store,
    engine,
    reader: directReader(),
    host,
    world,
    isolated: false,
  })
})

const state = () => workbench.store.getState()
const csv = (name: string, ...lines: string[]) => new File([`${lines.join('\n')}\n`], name)

/** Three platforms with 2, 1 and 1 devices: shares 1/2, 1/4, 1/4, so HHI = 1/4 + 1/16 + 1/16 = 3/8. */
const devices = () =>
  csv('device.csv', 'platform_id,device_id,protocol', 'A,1,MQTT', 'A,2,MQTT', 'B,1,OPC UA', 'C,1,OPC UA')

async function tables(): Promise<readonly string[]> {
  const found = await engine.query(
    sql`select table_name::varchar as t from duckdb_tables() order by 1`,
    { t: 'text' },
    new AbortController().signal,
  )
  if (!found.ok) throw new Error(found.failure.kind)
  return found.value.rows.map(row => String(row.t))
}

async function take(...files: File[]): Promise<void> {
  await workbench.importFiles(files)
  await workbench.confirmImport()
  await workbench.settled()
}

function value(id: string): number | null | undefined {
  const outcome = state().results[id]?.outcome
  return outcome?.status === 'ok' ? outcome.headline.value : undefined
}

describe('an import', () => {
  test('shows exact counts before anything is in the workspace, and then the indicators', async () => {
    await workbench.importFiles([devices()])
    const [item] = state().importing?.items ?? []
    expect(item).toMatchObject({
      adapter: 'canonical-table',
      counts: { rowsRead: 4, rowsAccepted: 4, rowsRejected: 0 },
    })
    expect(state().history.present.datasets).toEqual([])
    await workbench.confirmImport()
    await workbench.settled()
    expect(state().importing).toBeNull()
    expect(state().notices).toEqual([])
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('accounts for every row: duplicates and broken rows are rejects with reasons', async () => {
    const file = csv(
      'device.csv',
      'platform_id,device_id,created_at',
      'A,1,2026-01-01',
      'A,1,2026-01-02',
      'A,2,nonsense',
      'A',
      ',3,',
    )
    await workbench.importFiles([file])
    const counts = state().importing?.items[0]?.counts
    expect(counts).toMatchObject({ rowsRead: 5, rowsAccepted: 1, rowsRejected: 4 })
    expect(counts?.rejectCounts).toEqual({
      'duplicate-key': 1,
      'not-a-time': 1,
      'wrong-field-count': 1,
      'missing-required': 1,
    })
    await workbench.cancelImport()
  })

  test('leaves nothing behind when it is cancelled', async () => {
    const before = await tables()
    await workbench.importFiles([devices()])
    await workbench.cancelImport()
    expect(await tables()).toEqual(before)
    expect(state().importing).toBeNull()
  })

  test('refuses the very same bytes a second time', async () => {
    await take(devices())
    await workbench.importFiles([devices()])
    expect(state().importing?.items[0]?.failure).toMatchObject({ kind: 'already-imported' })
    await workbench.cancelImport()
  })

  test('refuses keys that another dataset has already', async () => {
    await take(devices())
    await workbench.importFiles([csv('more.csv', 'platform_id,device_id', 'A,1', 'D,1')])
    expect(state().importing?.items[0]?.counts).toMatchObject({
      rowsAccepted: 1,
      rejectCounts: { 'duplicate-key': 1 },
    })
    await workbench.cancelImport()
  })

  test('keeps an unknown table as it is, every value as written', async () => {
    await take(csv('complaints.csv', 'Key,Borough', '007,BRONX', '008,QUEENS'))
    const [dataset] = state().history.present.datasets
    const table = dataset?.tables[0]
    expect(table).toMatchObject({ canonical: null, rows: 2 })
    const peeked = await workbench.peek(table?.table ?? '', 10, new AbortController().signal)
    expect(peeked.ok && peeked.value.rows.map(row => row.Key)).toEqual(['007', '008'])
    expect(state().session.place).toMatchObject({ kind: 'dataset' })
  })

  test('can be read again with another adapter choice', async () => {
    await workbench.importFiles([devices()])
    const [item] = state().importing?.items ?? []
    await workbench.reviseImport(item?.id ?? '', { adapter: null })
    expect(state().importing?.items[0]).toMatchObject({
      adapter: null,
      mapping: null,
      counts: { rowsAccepted: 4 },
    })
    await workbench.confirmImport()
    expect(state().history.present.datasets[0]?.tables[0]?.canonical).toBeNull()
  })

  test('a file is mapped again when one before it no longer has its keys', async () => {
    await workbench.importFiles([devices(), csv('more.csv', 'platform_id,device_id', 'A,1', 'D,1')])
    const accepted = () => state().importing?.items.map(item => item.counts?.rowsAccepted)
    expect(accepted()).toEqual([4, 1])
    await workbench.reviseImport(state().importing?.items[0]?.id ?? '', { adapter: null })
    expect(accepted()).toEqual([4, 2])
    await workbench.cancelImport()
  })

  test('tells a manifest whose file is missing or has other bytes', async () => {
    const manifest = {
      name: 'p',
      resources: [
        { name: 'device', path: 'device.csv', hash: `sha256:${'0'.repeat(64)}` },
        { name: 'gone', path: 'gone.csv' },
      ],
    }
    await workbench.importFiles([new File([JSON.stringify(manifest)], 'datapackage.json'), devices()])
    expect(state().importing?.items.map(item => item.failure?.kind)).toEqual([
      'manifest-mismatch',
      'manifest-mismatch',
    ])
    await workbench.cancelImport()
  })
})

describe('a hasty person', () => {
  test('who confirms twice gets one dataset', async () => {
    await workbench.importFiles([devices()])
    await Promise.all([workbench.confirmImport(), workbench.confirmImport()])
    await workbench.settled()
    expect(state().history.present.datasets).toHaveLength(1)
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who drops twice at once gets one import that refuses the twin, and can go on after it', async () => {
    await Promise.all([workbench.importFiles([devices()]), workbench.importFiles([devices()])])
    const failures = state().importing?.items.map(({ failure }) => failure?.kind ?? null)
    expect(failures).toEqual([null, 'already-imported'])
    expect(state().notices).toEqual([])
    await workbench.cancelImport()
    await take(devices())
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who corrects while cancelling leaves nothing behind, and can import again', async () => {
    const before = await tables()
    await workbench.importFiles([devices()])
    const id = state().importing?.items[0]?.id ?? ''
    await Promise.all([
      workbench.reviseImport(id, { readOptions: { delimiter: ';' } }),
      workbench.cancelImport(),
      workbench.reviseImport(id, { adapter: null }),
    ])
    expect(state().importing).toBeNull()
    expect(await tables()).toEqual(before)
    await take(devices())
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who maps a refused file otherwise does not get it in', async () => {
    await take(devices())
    await workbench.importFiles([devices()])
    const id = state().importing?.items[0]?.id ?? ''
    await workbench.reviseImport(id, { adapter: null })
    await workbench.confirmImport()
    expect(state().history.present.datasets).toHaveLength(1)
    await workbench.cancelImport()
  })
})

describe('the workspace', () => {
  test('undo takes a dataset away with its results, redo brings both back', async () => {
    await take(devices())
    workbench.undo()
    await workbench.settled()
    expect(state().results).toEqual({})
    workbench.redo()
    await workbench.settled()
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('a filter narrows what is computed, and the result says that it did', async () => {
    await take(devices())
    workbench.setFilters({ ...noFilters, platforms: ['A', 'B'] })
    await workbench.settled()
    expect(value('CON-17')).toBeCloseTo((2 / 3) ** 2 + (1 / 3) ** 2, 12)
    expect(state().results['CON-17']?.outcome).toMatchObject({ obeyed: ['platform'], ignored: [] })
  })

  test('an input of an indicator changes its result, and goes back with undo', async () => {
    await take(devices())
    workbench.setInput('CON-17', 'by', 'protocol')
    await workbench.settled()
    expect(value('CON-17')).toBeCloseTo(1 / 2, 12)
    workbench.undo()
    await workbench.settled()
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('an indicator without its data says what is missing, never zero', async () => {
    await take(devices())
    expect(state().results['AGG-01']?.outcome).toMatchObject({
      status: 'not-computable',
      missing: ['ingest_batch'],
    })
  })
})

describe('after the engine died', () => {
  test('datasets are loaded again, the person is told, and the figures are as before', async () => {
    await take(devices())
    await engine.execute(
      sql`create table boom as select length(repeat('z', 3000000000)) as n`,
      new AbortController().signal,
    )
    await expect.poll(() => state().notices.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await workbench.settled()
    expect(state().notices[0]?.tone).toBe('warning')
    expect(state().engine.status).toBe('ready')
    expect(value('CON-17')).toBeCloseTo(3 / 8, 12)
  })
})

describe('when the engine dies under an open import', () => {
  test('what was read is read again before it can be confirmed', async () => {
    const more = csv('more.csv', 'platform_id,device_id', 'A,1', 'D,1')
    await workbench.importFiles([devices(), more])
    await engine.execute(
      sql`create table boom as select length(repeat('z', 3000000000)) as n`,
      new AbortController().signal,
    )
    await expect.poll(() => state().importing?.busy, { timeout: 30_000 }).toBe(true)
    await workbench.confirmImport()
    await workbench.settled()
    const [dataset] = state().history.present.datasets
    expect(dataset?.files.map(file => [file.rowsAccepted, file.failure])).toEqual([
      [4, null],
      [1, null],
    ])
    expect(value('CON-17')).toBeCloseTo((2 / 5) ** 2 + 3 * (1 / 5) ** 2, 12)
  })
})

describe('commands', () => {
  test('have one id each, and labels in both languages', () => {
    const ids = workbench.commands.map(command => command.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { label } of workbench.commands) expect(label.zh && label.en).toBeTruthy()
  })

  test('no two share their keys', () => {
    const keys = workbench.commands.flatMap(command => command.keys ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('one that is not enabled does nothing', async () => {
    await workbench.run('undo')
    expect(state().history.past).toEqual([])
  })

  test('walk through the indicators and round the end', async () => {
    await take(devices())
    await workbench.run('previous-indicator')
    const last = state().session.place
    await workbench.run('next-indicator')
    expect(last).not.toEqual(state().session.place)
    expect(state().session.place).toMatchObject({ kind: 'indicator', id: 'CON-01' })
  })
})
