import { describe, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import { sql } from '../sql/sql.ts'
import { csv, devices, openTrial } from './testing.ts'

const trial = openTrial()

describe('an import', () => {
  test('shows exact counts before anything is in the workspace, and then the indicators', async () => {
    await trial.workbench.importFiles([devices()])
    const [item] = trial.state().importing?.items ?? []
    expect(item).toMatchObject({
      adapter: 'canonical-table',
      counts: { rowsRead: 4, rowsAccepted: 4, rowsRejected: 0 },
    })
    expect(trial.state().history.present.datasets).toEqual([])
    await trial.workbench.confirmImport()
    await trial.workbench.settled()
    expect(trial.state().importing).toBeNull()
    expect(trial.state().notices).toEqual([])
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
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
    await trial.workbench.importFiles([file])
    const counts = trial.state().importing?.items[0]?.counts
    expect(counts).toMatchObject({ rowsRead: 5, rowsAccepted: 1, rowsRejected: 4 })
    expect(counts?.rejectCounts).toEqual({
      'duplicate-key': 1,
      'not-a-time': 1,
      'wrong-field-count': 1,
      'missing-required': 1,
    })
    await trial.workbench.cancelImport()
  })

  test('leaves nothing behind when it is cancelled', async () => {
    const before = await trial.tables()
    await trial.workbench.importFiles([devices()])
    await trial.workbench.cancelImport()
    expect(await trial.tables()).toEqual(before)
    expect(trial.state().importing).toBeNull()
  })

  test('refuses the very same bytes a second time', async () => {
    await trial.take(devices())
    await trial.workbench.importFiles([devices()])
    expect(trial.state().importing?.items[0]?.failure).toMatchObject({ kind: 'already-imported' })
    await trial.workbench.cancelImport()
  })

  test('takes what another dataset tells of too: the later export stands, and nothing is counted twice', async () => {
    await trial.take(devices())
    const rows = trial.state().history.present.datasets[0]?.tables[0]?.rows
    await trial.take(csv('more.csv', 'platform_id,device_id,protocol', 'A,1,OPC UA', 'D,1,'))
    expect(trial.state().history.present.datasets[1]?.files[0]).toMatchObject({
      rowsAccepted: 2,
      rowsRejected: 0,
    })
    await trial.workbench.settled()
    expect(trial.state().overlapping).toEqual(['device'])
    const outcome = trial.state().results['CON-17']?.outcome
    const counted = outcome?.status === 'ok' ? outcome.table.rows.map(row => Number(row.devices)) : []
    expect(counted.reduce((sum, devices) => sum + devices, 0)).toBe((rows ?? 0) + 1)
  })

  test('keeps an unknown table as it is, every value as written', async () => {
    await trial.take(csv('complaints.csv', 'Key,Borough', '007,BRONX', '008,QUEENS'))
    const [dataset] = trial.state().history.present.datasets
    const table = dataset?.tables[0]
    expect(table).toMatchObject({ canonical: null, rows: 2 })
    const peeked = await trial.workbench.peek(table?.table ?? '', 10, new AbortController().signal)
    expect(peeked.ok && peeked.value.rows.map(row => row.Key)).toEqual(['007', '008'])
    expect(trial.state().session.place).toMatchObject({ kind: 'dataset' })
  })

  test('can be read again with another adapter choice', async () => {
    await trial.workbench.importFiles([devices()])
    const [item] = trial.state().importing?.items ?? []
    await trial.workbench.reviseImport(item?.id ?? '', { adapter: null })
    expect(trial.state().importing?.items[0]).toMatchObject({
      adapter: null,
      mapping: null,
      counts: { rowsAccepted: 4 },
    })
    await trial.workbench.confirmImport()
    expect(trial.state().history.present.datasets[0]?.tables[0]?.canonical).toBeNull()
  })

  test('a file is mapped again when one before it no longer has its keys', async () => {
    await trial.workbench.importFiles([devices(), csv('more.csv', 'platform_id,device_id', 'A,1', 'D,1')])
    const accepted = () => trial.state().importing?.items.map(item => item.counts?.rowsAccepted)
    expect(accepted()).toEqual([4, 1])
    await trial.workbench.reviseImport(trial.state().importing?.items[0]?.id ?? '', { adapter: null })
    expect(accepted()).toEqual([4, 2])
    await trial.workbench.cancelImport()
  })

  test('tells a manifest whose file is missing or has other bytes', async () => {
    const manifest = {
      name: 'p',
      resources: [
        { name: 'device', path: 'device.csv', hash: `sha256:${'0'.repeat(64)}` },
        { name: 'gone', path: 'gone.csv' },
      ],
    }
    await trial.workbench.importFiles([new File([JSON.stringify(manifest)], 'datapackage.json'), devices()])
    expect(trial.state().importing?.items.map(item => item.failure?.kind)).toEqual([
      'manifest-mismatch',
      'manifest-mismatch',
    ])
    await trial.workbench.cancelImport()
  })
})

describe('a hasty person', () => {
  test('who confirms twice gets one dataset', async () => {
    await trial.workbench.importFiles([devices()])
    await Promise.all([trial.workbench.confirmImport(), trial.workbench.confirmImport()])
    await trial.workbench.settled()
    expect(trial.state().history.present.datasets).toHaveLength(1)
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who drops twice at once gets one import that refuses the twin, and can go on after it', async () => {
    await Promise.all([trial.workbench.importFiles([devices()]), trial.workbench.importFiles([devices()])])
    const failures = trial.state().importing?.items.map(({ failure }) => failure?.kind ?? null)
    expect(failures).toEqual([null, 'already-imported'])
    expect(trial.state().notices).toEqual([])
    await trial.workbench.cancelImport()
    await trial.take(devices())
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who corrects while cancelling leaves nothing behind, and can import again', async () => {
    const before = await trial.tables()
    await trial.workbench.importFiles([devices()])
    const id = trial.state().importing?.items[0]?.id ?? ''
    await Promise.all([
      trial.workbench.reviseImport(id, { readOptions: { delimiter: ';' } }),
      trial.workbench.cancelImport(),
      trial.workbench.reviseImport(id, { adapter: null }),
    ])
    expect(trial.state().importing).toBeNull()
    expect(await trial.tables()).toEqual(before)
    await trial.take(devices())
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('who maps a refused file otherwise does not get it in', async () => {
    await trial.take(devices())
    await trial.workbench.importFiles([devices()])
    const id = trial.state().importing?.items[0]?.id ?? ''
    await trial.workbench.reviseImport(id, { adapter: null })
    await trial.workbench.confirmImport()
    expect(trial.state().history.present.datasets).toHaveLength(1)
    await trial.workbench.cancelImport()
  })
})

describe('the workspace', () => {
  test('undo takes a dataset away with its results, redo brings both back', async () => {
    await trial.take(devices())
    trial.workbench.undo()
    await trial.workbench.settled()
    expect(trial.state().results).toEqual({})
    trial.workbench.redo()
    await trial.workbench.settled()
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('a filter narrows what is computed, and the result says that it did', async () => {
    await trial.take(devices())
    trial.workbench.setFilters({ ...noFilters, platforms: ['A', 'B'] })
    await trial.workbench.settled()
    expect(trial.value('CON-17')).toBeCloseTo((2 / 3) ** 2 + (1 / 3) ** 2, 12)
    expect(trial.state().results['CON-17']?.outcome).toMatchObject({ obeyed: ['platform'], ignored: [] })
  })

  test('an input of an indicator changes its result, and goes back with undo', async () => {
    await trial.take(devices())
    trial.workbench.setInput('CON-17', 'by', 'protocol')
    await trial.workbench.settled()
    expect(trial.value('CON-17')).toBeCloseTo(1 / 2, 12)
    trial.workbench.undo()
    await trial.workbench.settled()
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('an indicator without its data says what is missing, never zero', async () => {
    await trial.take(devices())
    expect(trial.state().results['AGG-01']?.outcome).toMatchObject({
      status: 'not-computable',
      missing: ['ingest_batch'],
    })
  })
})

describe('after the engine died', () => {
  test('datasets are loaded again, the person is told, and the figures are as before', async () => {
    await trial.take(devices())
    await trial.engine.execute(
      sql`create table boom as select length(repeat('z', 3000000000)) as n`,
      new AbortController().signal,
    )
    await expect.poll(() => trial.state().notices.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await trial.workbench.settled()
    expect(trial.state().notices[0]?.tone).toBe('warning')
    expect(trial.state().engine.status).toBe('ready')
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })
})

describe('when the engine dies under an open import', () => {
  test('what was read is read again before it can be confirmed', async () => {
    const more = csv('more.csv', 'platform_id,device_id', 'A,1', 'D,1')
    await trial.workbench.importFiles([devices(), more])
    await trial.engine.execute(
      sql`create table boom as select length(repeat('z', 3000000000)) as n`,
      new AbortController().signal,
    )
    await expect.poll(() => trial.state().importing?.busy, { timeout: 30_000 }).toBe(true)
    await trial.workbench.confirmImport()
    await trial.workbench.settled()
    const [dataset] = trial.state().history.present.datasets
    expect(dataset?.files.map(file => [file.rowsAccepted, file.failure])).toEqual([
      [4, null],
      [1, null],
    ])
    expect(trial.value('CON-17')).toBeCloseTo((2 / 5) ** 2 + 3 * (1 / 5) ** 2, 12)
  })
})

describe('commands', () => {
  test('have one id each, and labels in both languages', () => {
    const ids = trial.workbench.commands.map(command => command.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { label } of trial.workbench.commands) expect(label.zh && label.en).toBeTruthy()
  })

  test('no two share their keys', () => {
    const keys = trial.workbench.commands.flatMap(command => command.keys ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('one that is not enabled does nothing', async () => {
    await trial.workbench.run('undo')
    expect(trial.state().history.past).toEqual([])
  })

  test('walk through the indicators and round the end', async () => {
    await trial.take(devices())
    await trial.workbench.run('previous-indicator')
    const last = trial.state().session.place
    await trial.workbench.run('next-indicator')
    expect(last).not.toEqual(trial.state().session.place)
    expect(trial.state().session.place).toMatchObject({ kind: 'indicator', id: 'CON-01' })
  })
})
