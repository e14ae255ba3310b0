import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CanonicalName } from '../domain/canonical.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { column, constant } from './raw-table.ts'
import { ask, canonicalMapping, loadText, rowsOf, stageRaw, type TextRow, valueIn } from './testing.ts'

const signal = new AbortController().signal
let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const headersOf = (rows: readonly TextRow[]) => [...new Set(rows.flatMap(row => Object.keys(row)))]

async function stageText(rows: readonly TextRow[], table: CanonicalName, zone = '+00:00') {
  const raw = await loadText(engine, rows)
  return { raw, ...(await stageRaw(engine, raw, canonicalMapping(headersOf(rows), table, zone), { zone })) }
}

describe('a value', () => {
  test('is taken by its code or by its name in either language', async () => {
    const tiers = ['基础', '成长级', 'Leading', 'ecological ', null, '']
    const types = ['专业', '行业型', 'collaborative', ' 专业型', null, '']
    const rows = tiers.map((tier, i) => ({ platform_id: `P${i}`, tier, type: types[i] ?? null }))
    const { raw, counts } = await stageText(rows, 'platform')
    expect(counts).toEqual({ read: 6, accepted: 6, rejected: 0 })
    const staged = await rowsOf(engine, `${raw}_platform`)
    expect(staged.map(row => row.tier)).toEqual(['基础', '成长', '引领', '生态', null, null])
    expect(staged.map(row => row.type)).toEqual(['专业', '行业', '协作', '专业', null, null])
  })

  test('that is not allowed, out of range or unreadable rejects its row with reason, column and value', async () => {
    const good = {
      batch_id: 'B1',
      platform_id: 'P1',
      source_id: 'S1',
      window_start: '2026-01-01T00:00:00Z',
      window_end: '2026-01-02T00:00:00Z',
      records: '10',
      counter_kind: '增量',
    }
    const bad = [
      { ...good, batch_id: 'B2', records: '10,00' },
      { ...good, batch_id: 'B3', records: '-1' },
      { ...good, batch_id: 'B4', records: '12.5' },
      { ...good, batch_id: 'B5', records: '1e3' },
      { ...good, batch_id: 'B6', window_end: 'tomorrow' },
      { ...good, batch_id: 'B7', counter_kind: 'monthly' },
      { ...good, batch_id: 'B8', source_id: '' },
      { ...good, batch_id: '', source_id: 'S2' },
      { ...good, batch_id: '8.68533E+14' },
      { ...good, batch_id: 'B9', window_start: '0001-01-01T00:00:00Z' },
      { ...good, batch_id: 'B10', records: `9${'0'.repeat(200)}` },
    ]
    const { counts, rejects, rejectCounts } = await stageText([good, ...bad], 'ingest_batch')
    expect(counts).toEqual({ read: 12, accepted: 1, rejected: 11 })
    expect(rejects.map(({ row, reason, column, value }) => [row, reason, column, value])).toEqual([
      [2, 'not-a-number', 'records', '10,00'],
      [3, 'out-of-range', 'records', '-1'],
      [4, 'not-a-number', 'records', '12.5'],
      [5, 'not-a-number', 'records', '1e3'],
      [6, 'not-a-time', 'window_end', 'tomorrow'],
      [7, 'not-allowed', 'counter_kind', 'monthly'],
      [8, 'missing-required', 'source_id', ''],
      [9, 'missing-required', 'batch_id', ''],
      [10, 'ruined-identifier', 'batch_id', '8.68533E+14'],
      [11, 'missing-required', 'window_start', '0001-01-01T00:00:00Z'],
      [12, 'not-a-number', 'records', `9${'0'.repeat(79)}`],
    ])
    expect(rejectCounts.map(({ reason, rows }) => [reason, rows])).toEqual([
      ['not-a-number', 4],
      ['missing-required', 3],
      ['not-a-time', 1],
      ['not-allowed', 1],
      ['out-of-range', 1],
      ['ruined-identifier', 1],
    ])
  })

  test('keeps all digits of a 64-bit integer and every spelling of a boolean', async () => {
    const spellings = ['true', 'FALSE', '1', '0', 'Yes', 'no', '是', '否']
    const rows = spellings.map((is_key, i) => ({ platform_id: `P${i}`, is_key }))
    const { raw } = await stageText(rows, 'platform')
    const keys = (await rowsOf(engine, `${raw}_platform`)).map(row => row.is_key)
    expect(keys).toEqual([true, false, true, false, true, false, true, false])

    const usage = { asset_id: 'A', consumer: 'C', month: '2026-06', calls: '9007199254740993' }
    const more = { ...usage, month: '2026-07', calls: '9223372036854775807' }
    const pandas = { ...usage, month: '2026-08', calls: '12.0' }
    const staged = await stageText([usage, more, pandas], 'asset_usage')
    const stored = await rowsOf(engine, `${staged.raw}_asset_usage`)
    expect(stored.map(row => row.calls)).toEqual([9007199254740993n, 9223372036854775807n, 12])
    expect(stored.map(row => row.month)).toEqual([
      '2026-06-01T00:00:00.000Z',
      '2026-07-01T00:00:00.000Z',
      '2026-08-01T00:00:00.000Z',
    ])
  })

  test('of a province is a code or a name; what no code is known for is counted and loses no device', async () => {
    const provinces = ['44', '440100', '广东', '广东省', 'guangdong', '内蒙古自治区', '上海市', 'Shaanxi']
    const unknown = ['粤', '粤', '99', '海南藏族自治州', null, '']
    const rows = [...provinces, ...unknown].map((province_code, i) => ({
      platform_id: `P${i}`,
      province_code,
    }))
    const { raw, counts, unresolved } = await stageText(rows, 'platform')
    expect(counts).toEqual({ read: 14, accepted: 14, rejected: 0 })
    const codes = (await rowsOf(engine, `${raw}_platform`)).map(row => row.province_code)
    expect(codes).toEqual(['44', '44', '44', '44', '44', '15', '31', '61', ...unknown.map(() => null)])
    expect(unresolved.map(({ table, column, value, rows: n }) => [table, column, value, n])).toEqual([
      ['platform', 'province_code', '粤', 2],
      ['platform', 'province_code', '99', 1],
      ['platform', 'province_code', '海南藏族自治州', 1],
    ])
  })
})

describe('a key', () => {
  test('stays with its first sound row; later rows with it are rejects', async () => {
    const rows = [
      { platform_id: 'P', device_id: 'a', created_at: 'never', product: 'unsound' },
      { platform_id: 'P', device_id: 'a', created_at: '2026-01-01', product: 'first' },
      { platform_id: 'Q', device_id: 'a', created_at: '2026-01-01', product: 'other platform' },
      { platform_id: 'P', device_id: 'a', created_at: '2026-01-01', product: 'second' },
      { platform_id: 'P', device_id: 'a', created_at: '2026-01-01', product: 'third' },
    ]
    const { raw, counts, rejects } = await stageText(rows, 'device')
    expect(counts).toEqual({ read: 5, accepted: 2, rejected: 3 })
    expect(rejects.map(({ row, reason, value }) => [row, reason, value])).toEqual([
      [1, 'not-a-time', 'never'],
      [4, 'duplicate-key', 'P / a'],
      [5, 'duplicate-key', 'P / a'],
    ])
    const products = (await rowsOf(engine, `${raw}_device`)).map(row => row.product)
    expect(products).toEqual(['first', 'other platform'])
  })

  test('that an existing table has is rejected, however that table stores its categories', async () => {
    const first = await stageText(
      ['a', 'b'].map(device_id => ({ platform_id: 'P', device_id })),
      'device',
    )
    const rows = ['b', 'c'].map(device_id => ({ platform_id: 'P', device_id }))
    const raw = await loadText(engine, rows)
    const existing = { device: [`${first.raw}_device`] }
    const second = await stageRaw(engine, raw, canonicalMapping(headersOf(rows), 'device'), { existing })
    expect(second.counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
    expect(second.rejects.map(({ row, reason, value }) => [row, reason, value])).toEqual([
      [1, 'duplicate-key', 'P / b'],
    ])
  })

  test('is no constraint for events, which may repeat', async () => {
    const event = { platform_id: 'P', device_id: 'a', ts_event: '2026-01-01T00:00:00Z', kind: '连接' }
    const { counts } = await stageText([event, event], 'conn_event')
    expect(counts).toEqual({ read: 2, accepted: 2, rejected: 0 })
  })
})

describe('a mapping', () => {
  test('that leaves out a required column accepts nothing, and says why', async () => {
    const rows = [{ id: 'a' }, { id: 'b' }]
    const raw = await loadText(engine, rows)
    const targets = [{ table: 'device' as const, columns: { device_id: column('id') } }]
    const { counts, rejects } = await stageRaw(engine, raw, { targets, refusals: [] })
    expect(counts).toEqual({ read: 2, accepted: 0, rejected: 2 })
    expect(rejects[0]).toMatchObject({ reason: 'missing-required', column: 'platform_id', value: null })
  })

  test('with two targets takes a row for both or for neither', async () => {
    const rows = [
      { id: 'a', state: 'online' },
      { id: 'b', state: 'dancing' },
      { id: 'c', state: null },
    ]
    const raw = await loadText(engine, rows)
    const key = { platform_id: constant('P'), device_id: column('id') }
    const snapshot = {
      ...key,
      as_of: constant('2026-06-30T00:00:00Z'),
      state: column('state'),
      state_kind: constant('session'),
    }
    const { counts } = await stageRaw(engine, raw, {
      targets: [
        { table: 'device', columns: key },
        { table: 'device_snapshot', when: sql`${name('state')} is not null`, columns: snapshot },
      ],
      refusals: [{ reason: 'not-a-device', column: 'id', when: sql`${name('id')} = 'z'` }],
    })
    expect(counts).toEqual({ read: 3, accepted: 2, rejected: 1 })
    expect((await rowsOf(engine, `${raw}_device`)).map(row => row.device_id)).toEqual(['a', 'c'])
    expect((await rowsOf(engine, `${raw}_device_snapshot`)).map(row => row.device_id)).toEqual(['a'])
  })
})

describe('what is made', () => {
  const rows = [
    { platform_id: 'b', tier: '生态' },
    { platform_id: 'a', tier: '基础' },
  ]

  test('starts with file and row, has every declared column, and stores categories as ENUMs in declared order', async () => {
    const { raw } = await stageText(rows, 'platform')
    const statement = sql`select column_name as "column", data_type as type
      from information_schema.columns where table_name = ${`${raw}_platform`} order by ordinal_position`
    const described = await ask(engine, { statement, result: { column: 'text', type: 'text' } })
    expect(described.map(({ column: of, type }) => `${of} ${type}`)).toEqual([
      `file_id ENUM('file of ${raw}')`,
      'row_no BIGINT',
      "platform_id ENUM('a', 'b')",
      'name VARCHAR',
      "type ENUM('专业', '行业', '协作')",
      "tier ENUM('基础', '成长', '引领', '生态')",
      'legacy_class ENUM()',
      'org_id VARCHAR',
      'province_code ENUM()',
      'is_key BOOLEAN',
      'is_influential BOOLEAN',
    ])
  })

  test('can be released and dropped without a trace, also when the import stopped half-way', async () => {
    const names = () =>
      ask(engine, {
        statement: sql`select table_name as found from information_schema.tables
          union all select type_name from duckdb_types() where not internal order by 1`,
        result: { found: 'text' },
      })
    const raw = await loadText(engine, rows)
    const before = await names()
    const { plan } = await stageRaw(engine, raw, canonicalMapping(headersOf(rows), 'platform'))
    for (const statement of plan.release) valueIn(await engine.execute(statement, signal))
    expect((await names()).map(row => row.found)).toEqual(
      [...before.map(row => row.found), `${raw}_platform`].toSorted(),
    )
    for (const statement of plan.drop) valueIn(await engine.execute(statement, signal))
    expect(await names()).toEqual(before)

    for (const statement of plan.statements.slice(0, 5)) valueIn(await engine.execute(statement, signal))
    expect(await names()).not.toEqual(before)
    for (const statement of plan.drop) valueIn(await engine.execute(statement, signal))
    expect(await names()).toEqual(before)
  })
})

describe('a time', () => {
  const event = { platform_id: 'P', device_id: 'a', kind: 'connect' }

  test('that stands for none is absent where it may be, and refused where it is required', async () => {
    const none = [
      '0001-01-01T00:00:00Z',
      '9999-12-31',
      '0',
      '-62135596800',
      '253402300799999',
      '0000-00-00 00:00:00',
    ]
    const rows = none.map(time => ({ ...event, ts_event: '2026-06-30T12:00:00Z', ts_ingest: time }))
    const optional = await stageText(rows, 'conn_event')
    expect(optional.counts).toEqual({ read: 6, accepted: 6, rejected: 0 })
    expect((await rowsOf(engine, `${optional.raw}_conn_event`)).map(row => row.ts_ingest ?? null)).toEqual(
      none.map(() => null),
    )
    const required = await stageText(
      none.map(ts_event => ({ ...event, ts_event })),
      'conn_event',
    )
    expect(required.rejectCounts).toEqual([{ reason: 'missing-required', rows: 6 }])
  })

  test('with digits beyond the microsecond is cut there, and counted', async () => {
    const times = [
      '2026-06-30T12:00:00.123456789Z',
      '2026-06-30T12:00:00.123456000Z',
      '1782820800000001999',
      '1782820800000001000',
      '2026-06-30T12:00:00.5Z',
    ]
    const { raw, plan } = await stageText(
      times.map(ts_event => ({ ...event, ts_event })),
      'conn_event',
    )
    const statement = sql`select epoch_us(ts_event) % 1000000 as us from ${name(`${raw}_conn_event`)} order by row_no`
    const stored = await ask(engine, { statement, result: { us: 'integer' } })
    expect(stored.map(row => row.us)).toEqual([123456, 123456, 1, 1, 500000])
    expect(await ask(engine, plan.cutTimes)).toEqual([{ column: 'ts_event', rows: 2 }])
  })
})
