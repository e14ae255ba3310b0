import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { describe, expect, test, vi } from 'vitest'
import { absentNames } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { itemLabel } from './open-item.ts'
import { readSavedMapping } from './saved-mapping.ts'
import { csv, devices, openTrial } from './testing.ts'

const trial = openTrial()
const items = () => trial.state().importing?.items ?? []
const itemOf = (name: string) => {
  const found = items().find(item => itemLabel(item) === name)
  if (found === undefined) throw new Error(`no ${name} among ${items().map(itemLabel).join()}`)
  return found
}
const datasets = () => trial.state().history.present.datasets
const accepted = () => datasets().flatMap(({ files }) => files.map(file => file.rowsAccepted))

/** Two visible sheets of devices and platforms, and a hidden one of devices. */
function workbook(): File {
  const sheet = (rows: readonly (readonly string[])[]) => utils.aoa_to_sheet(rows as string[][])
  const book = utils.book_new()
  utils.book_append_sheet(
    book,
    sheet([
      ['platform_id', 'device_id'],
      ['A', '1'],
      ['A', '2'],
    ]),
    'device',
  )
  utils.book_append_sheet(
    book,
    sheet([
      ['platform_id', 'name', 'tier'],
      ['A', 'Alpha', '成长级'],
    ]),
    'platform',
  )
  utils.book_append_sheet(
    book,
    sheet([
      ['platform_id', 'device_id'],
      ['OLD', '9'],
    ]),
    'device old',
  )
  book.Workbook = { Sheets: [{}, {}, { Hidden: 1 }] }
  return new File([write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer], 'june.xlsx')
}

describe('a workbook', () => {
  test('is an item for each sheet; the hidden one is named and left out', async () => {
    await trial.workbench.importFiles([workbook()])
    expect(items().map(item => [itemLabel(item), item.included, item.counts?.rowsAccepted])).toEqual([
      ['june.xlsx › device', true, 2],
      ['june.xlsx › platform', true, 1],
      ['june.xlsx › device old', false, undefined],
    ])
    await trial.workbench.confirmImport()
    expect(datasets()[0]?.leftOut).toEqual(['june.xlsx › device old'])
    expect(accepted()).toEqual([2, 1])
  })

  test('takes a hidden sheet in when asked to, and leaves a shown one out', async () => {
    await trial.workbench.importFiles([workbook()])
    await trial.workbench.reviseImport(itemOf('june.xlsx › device old').id, { included: true })
    await trial.workbench.reviseImport(itemOf('june.xlsx › device').id, { included: false })
    await trial.workbench.confirmImport()
    expect(datasets()[0]?.leftOut).toEqual(['june.xlsx › device'])
    expect(accepted()).toEqual([1, 1])
  })

  test('its sheets are no twins of each other, but the workbook dropped again is one', async () => {
    await trial.take(workbook())
    await trial.workbench.importFiles([new File([await workbook().arrayBuffer()], 'copy.xlsx')])
    expect(
      items()
        .filter(item => item.included)
        .map(item => item.failure?.kind),
    ).toEqual(['already-imported', 'already-imported'])
    await trial.workbench.cancelImport()
  })
})

test('an archive is opened, and its name and hash stay with what came out of it', async () => {
  const packed = gzipSync(await devices().text())
  await trial.take(new File([packed], 'device.csv.gz'))
  const [file] = datasets()[0]?.files ?? []
  expect(file).toMatchObject({ rowsAccepted: 4, archive: { name: 'device.csv.gz' } })
  expect(file?.archive?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(file?.archive?.sha256).not.toBe(file?.sha256)
})

test('a damaged archive is one failed item beside the others', async () => {
  const packed = gzipSync(await devices().text())
  await trial.workbench.importFiles([new File([packed.subarray(0, 30)], 'half.csv.gz'), devices()])
  expect(items().map(item => [item.name, item.failure?.kind ?? null])).toEqual([
    ['half.csv.gz', 'unreadable-file'],
    ['device.csv', null],
  ])
  await trial.workbench.confirmImport()
  expect(datasets()[0]?.tables).toHaveLength(1)
})

test('files dropped while an import is open join it', async () => {
  await trial.workbench.importFiles([devices()])
  await trial.workbench.importFiles([csv('more.csv', 'platform_id,device_id', 'D,1')])
  expect(items().map(({ counts }) => counts?.rowsAccepted)).toEqual([4, 1])
  await trial.workbench.confirmImport()
  expect(datasets()).toHaveLength(1)
})

test('two days of one month are one row, and the file says that days were taken for months', async () => {
  await trial.take(
    csv(
      'usage.csv',
      'asset_id,month,consumer,calls',
      'a,2026-06-01,c,1',
      'a,2026-06-17,c,2',
      'a,2026-07-31,c,4',
    ),
  )
  const [file] = datasets()[0]?.files ?? []
  expect(file).toMatchObject({
    ...{ rowsRead: 3, rowsAccepted: 2, rowsRejected: 1 },
    rejects: [{ row: 2, reason: 'duplicate-key', value: 'a / 2026-06-01 / c' }],
    doubts: [{ kind: 'day-within-month', column: 'month', rows: 2 }],
  })
})

describe('a mapping', () => {
  const strange = () => csv('plants.csv', 'platform_id,device_id,site', 'A,1,广东', 'A,2,江苏')

  test('is changed by choosing, and the first rows as stored follow', async () => {
    await trial.workbench.importFiles([strange()])
    const { id } = itemOf('plants.csv')
    expect(itemOf('plants.csv').after.device?.rows.map(row => row.province_code)).toEqual([null, null])
    const overrides = { 'device.province_code': { from: 'column', column: 'site' } } as const
    await trial.workbench.reviseImport(id, { overrides })
    expect(itemOf('plants.csv').after.device?.rows.map(row => row.province_code)).toEqual(['44', '32'])
    await trial.workbench.reviseImport(id, {
      overrides: { ...overrides, 'device.protocol': { from: 'constant', value: 'MQTT' } },
    })
    expect(itemOf('plants.csv').after.device?.rows.map(row => row.protocol)).toEqual(['MQTT', 'MQTT'])
    await trial.workbench.reviseImport(id, { overrides: { 'device.device_id': { from: 'nothing' } } })
    expect(itemOf('plants.csv').counts?.rejectCounts).toEqual({ 'missing-required': 2 })
    await trial.workbench.cancelImport()
  })

  test('is saved and used again for a file with the same columns, not for others', async () => {
    await trial.workbench.importFiles([strange()])
    const overrides = { 'device.province_code': { from: 'column', column: 'site' } } as const
    await trial.workbench.reviseImport(itemOf('plants.csv').id, { overrides })
    await trial.workbench.saveMapping(itemOf('plants.csv').id)
    await trial.workbench.cancelImport()
    const saved = trial.host.saved.get('plants.assay-mapping.json')
    const mapping = new File([saved as BlobPart], 'plants.assay-mapping.json')
    const july = csv('july.csv', 'platform_id,device_id,site', 'A,3,广东')
    const other = csv('other.csv', 'platform_id,device_id,place', 'A,4,广东')
    await trial.workbench.importFiles([mapping, july, other])
    expect(items().map(item => [item.name, item.savedMapping])).toEqual([
      ['july.csv', 'plants.csv'],
      ['other.csv', null],
    ])
    expect(itemOf('july.csv').after.device?.rows.map(row => row.province_code)).toEqual(['44'])
    await trial.workbench.cancelImport()
  })

  test('loaded later changes the files that it fits, and leaves what was chosen for others', async () => {
    const mapping = {
      kind: 'assay-mapping',
      version: 1,
      name: 'last month',
      format: 'csv',
      columns: ['platform_id', 'device_id', 'site'],
      readOptions: {},
      adapter: 'canonical-table',
      adapterVersion: 1,
      options: { table: 'device', zone: '+00:00' },
      overrides: { 'device.province_code': { from: 'column', column: 'site' } },
      aliases: [{ kind: 'province_code', raw: '广', canonical: '44', approvedBy: 'person' }],
    }
    const chosen = csv('other.csv', 'platform_id,device_id', 'B,1')
    await trial.workbench.importFiles([csv('plants.csv', 'platform_id,device_id,site', 'A,1,广'), chosen])
    await trial.workbench.reviseImport(itemOf('other.csv').id, { adapter: null })
    const file = new File([JSON.stringify(mapping)], 'any.json')
    const choosing = vi.spyOn(await import('./choose-files.ts'), 'chooseFiles').mockResolvedValue([file])
    await trial.workbench.loadMapping()
    choosing.mockRestore()
    expect(itemOf('plants.csv')).toMatchObject({ savedMapping: 'last month' })
    expect(itemOf('plants.csv').after.device?.rows.map(row => row.province_code)).toEqual(['44'])
    expect(itemOf('other.csv')).toMatchObject({ adapter: null, savedMapping: null })
    expect(trial.state().notices.at(-1)?.text.en).toContain('applied to 1 file')
    await trial.workbench.cancelImport()
  })

  test('that is no saved mapping is refused with its place', () => {
    const right: SavedMapping = {
      kind: 'assay-mapping',
      version: 1,
      name: 'x',
      format: 'csv',
      columns: [],
      readOptions: {},
      adapter: null,
      adapterVersion: null,
      options: {},
      overrides: {},
      aliases: [],
    }
    expect(readSavedMapping(JSON.stringify(right), 'f')).toEqual({ ok: true, value: right })
    const wrong = { ...right, overrides: { 'device.x': { from: 'sql', text: 'drop table' } } }
    expect(readSavedMapping(JSON.stringify(wrong), 'f')).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', where: 'overrides.device.x.from' },
    })
    expect(readSavedMapping('{', 'f').ok).toBe(false)
  })
})

describe('a name that stands for nothing known', () => {
  const unknown = () =>
    csv('device.csv', 'platform_id,device_id,province_code', 'A,1,shanxi', 'A,2,广东', 'A,3,shanxi')

  test('is asked about, decided once, kept in the workspace, and taken back by undo', async () => {
    await trial.workbench.importFiles([unknown()])
    const { counts } = itemOf('device.csv')
    expect(counts?.unresolved).toEqual([
      { table: 'device', column: 'province_code', value: 'shanxi', rows: 2, rejected: false },
    ])
    expect(trial.workbench.suggestNames('province_code', 'shanxi')).toEqual(['14', '61'])
    await trial.workbench.decideName('province_code', 'shanxi', '61')
    expect(itemOf('device.csv').counts?.unresolved).toEqual([])
    expect(itemOf('device.csv').after.device?.rows.map(row => row.province_code)).toEqual(['61', '44', '61'])
    await trial.workbench.confirmImport()
    const decision = { kind: 'province_code', raw: 'shanxi', canonical: '61', approvedBy: 'person' }
    expect(trial.state().history.present.aliases).toEqual([decision])
    await trial.workbench.importFiles([csv('later.csv', 'platform_id,device_id,province_code', 'B,1,Shanxi')])
    expect(itemOf('later.csv').after.device?.rows.map(row => row.province_code)).toEqual(['61'])
    await trial.workbench.cancelImport()
    trial.workbench.undo()
    expect(trial.state().history.present.aliases).toEqual([])
  })

  test('that nobody decides stays on record with its file', async () => {
    await trial.take(unknown())
    const [file] = trial.state().history.present.datasets[0]?.files ?? []
    expect(file?.unresolved).toEqual([
      { table: 'device', column: 'province_code', value: 'shanxi', rows: 2, rejected: false },
    ])
    expect(absentNames(file?.unresolved ?? [])?.en).toBe('province_code “shanxi” (2)')
  })

  test('is resolved by an alias table that was imported before', async () => {
    await trial.take(csv('alias.csv', 'kind,raw,canonical', 'province_code,shanxi,14'))
    await trial.workbench.importFiles([unknown()])
    expect(itemOf('device.csv').after.device?.rows.map(row => row.province_code)).toEqual(['14', '44', '14'])
    await trial.workbench.cancelImport()
  })
})

describe('a corrected export', () => {
  const corrected = () => csv('device.csv', 'platform_id,device_id,protocol', 'A,1,MQTT', 'B,1,MQTT')

  test('takes the place of the earlier one; undo brings that back', async () => {
    await trial.take(devices())
    await trial.workbench.importFiles([corrected()])
    expect(itemOf('device.csv').replaces).toEqual({ dataset: datasets()[0]?.id, file: 'device.csv' })
    expect(itemOf('device.csv').counts?.rowsRejected).toBe(0)
    await trial.workbench.confirmImport()
    await trial.workbench.settled()
    expect(datasets()).toHaveLength(1)
    expect(accepted()).toEqual([2])
    expect(trial.value('CON-17')).toBeCloseTo(1 / 2, 12)
    trial.workbench.undo()
    await trial.workbench.settled()
    expect(accepted()).toEqual([4])
    expect(trial.value('CON-17')).toBeCloseTo(3 / 8, 12)
  })

  test('is one of the same time: the export of another time replaces nothing', async () => {
    const dated = (day: string) => {
      const manifest = {
        resources: [{ name: 'device', path: 'device.csv' }],
        assay: { synthetic: true, as_of: day },
      }
      return new File([JSON.stringify(manifest)], 'datapackage.json')
    }
    await trial.take(dated('2026-06-30'), devices())
    await trial.workbench.importFiles([dated('2026-07-31'), corrected()])
    expect(itemOf('device.csv').replaces).toBeNull()
    await trial.workbench.cancelImport()
    await trial.workbench.importFiles([dated('2026-06-30T00:00:00Z'), corrected()])
    expect(itemOf('device.csv').replaces).not.toBeNull()
    await trial.workbench.cancelImport()
  })

  test('may stand beside it as another export: then nothing of it is rejected, and the later rows stand', async () => {
    await trial.take(devices())
    await trial.workbench.importFiles([corrected()])
    await trial.workbench.reviseImport(itemOf('device.csv').id, { replaces: null })
    expect(itemOf('device.csv').counts?.rejectCounts).toEqual({})
    await trial.workbench.confirmImport()
    await trial.workbench.settled()
    expect(trial.state().history.present.datasets).toHaveLength(2)
    expect(trial.state().overlapping).toEqual(['device'])
  })
})

test('cancelling leaves no table behind, whatever was open', async () => {
  const before = await trial.tables()
  await trial.workbench.importFiles([workbook(), devices(), csv('x.csv', 'a,b', '1,2')])
  await trial.workbench.cancelImport()
  expect(await trial.tables()).toEqual(before)
  expect(trial.state().importing).toBeNull()
})

test('rows that name what no loaded table describes are counted', async () => {
  await trial.take(devices(), csv('platform.csv', 'platform_id,name', 'A,Alpha', 'B,Beta'))
  const found = await trial.workbench.brokenReferences(new AbortController().signal)
  if (!found.ok) throw new Error(found.failure.kind)
  expect(found.value.rows).toEqual([
    expect.objectContaining({
      table: 'device',
      columns: 'platform_id',
      referenced: 'platform',
      names: 1,
      rows: 1,
    }),
  ])
})

test('sessions are derived from connection events, whose window truncates and censors them', async () => {
  await trial.take(
    csv(
      'conn_event.csv',
      'platform_id,device_id,ts_event,kind,reason_class',
      'A,1,2026-06-01T00:00:00Z,connect,',
      'A,1,2026-06-01T02:00:00Z,disconnect,keepalive',
      'A,2,2026-06-01T01:00:00Z,disconnect,planned',
      'A,3,2026-06-01T03:00:00Z,connect,',
      'A,3,2026-06-01T04:00:00Z,activity,',
    ),
  )
  const found = await trial.workbench.peek('session', 10, new AbortController().signal)
  if (!found.ok) throw new Error(JSON.stringify(found.failure))
  const hour = 3_600_000_000
  const midnight = Date.UTC(2026, 5, 1) * 1000
  const shown = found.value.rows.map(row => [
    row.device_id,
    (Number(row.start) - midnight) / hour,
    (Number(row.end) - midnight) / hour,
    row.start_truncated,
    row.end_censored,
    row.end_cause,
  ])
  expect(shown).toEqual([
    ['1', 0, 2, false, false, 'keepalive'],
    ['2', 0, 1, true, false, 'planned'],
    ['3', 3, 4, false, true, null],
  ])
})

test('a decision is forgotten on the dataset page, and undo brings it back', async () => {
  await trial.workbench.importFiles([csv('device.csv', 'platform_id,device_id,province_code', 'A,1,shanxi')])
  await trial.workbench.decideName('province_code', 'shanxi', '14')
  await trial.workbench.confirmImport()
  const aliases = () => trial.state().history.present.aliases.map(({ canonical }) => canonical)
  expect(aliases()).toEqual(['14'])
  const [decided] = trial.state().history.present.aliases
  if (decided === undefined) throw new Error('nothing was decided')
  trial.workbench.forgetName(decided)
  expect(aliases()).toEqual([])
  trial.workbench.undo()
  expect(aliases()).toEqual(['14'])
})

test('files dropped while an import is being confirmed open the next one', async () => {
  await trial.workbench.importFiles([devices()])
  const confirmed = trial.workbench.confirmImport()
  await trial.workbench.importFiles([csv('more.csv', 'platform_id,device_id', 'D,1')])
  await confirmed
  expect(datasets()).toHaveLength(1)
  expect(items().map(({ name, counts }) => [name, counts?.rowsAccepted])).toEqual([['more.csv', 1]])
  await trial.workbench.cancelImport()
})
