import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CanonicalName } from '../domain/canonical.ts'
import { type Filters, noFilters } from '../domain/filter.ts'
import type { PlanTarget } from '../domain/target.ts'
import { name, sql } from '../sql/sql.ts'
import { type LoadedTables, scope } from './scope.ts'
import { type Fixture, Trials } from './testing.ts'

/** Two platforms: P in Shanghai, leading; Q in Guangdong, basic. Device P/2 stands in Guangdong. */
const fixture: Fixture = {
  platform: [
    { platform_id: 'P', tier: '引领', province_code: '31' },
    { platform_id: 'Q', tier: '基础', province_code: '44' },
  ],
  organisation: [
    { org_id: 'o', province_code: '31' },
    { org_id: 'u', province_code: '44' },
  ],
  device: [
    { platform_id: 'P', device_id: '1', province_code: '31' },
    { platform_id: 'P', device_id: '2', province_code: '44' },
    { platform_id: 'Q', device_id: '1', province_code: null },
  ],
  device_snapshot: [
    {
      platform_id: 'P',
      device_id: '1',
      as_of: '2026-03-31T23:59:59Z',
      state: 'online',
      state_kind: 'session',
    },
    {
      platform_id: 'P',
      device_id: '2',
      as_of: '2026-06-30T00:00:00Z',
      state: 'online',
      state_kind: 'session',
    },
  ],
  conn_event: [
    { platform_id: 'P', device_id: '1', ts_event: '2026-03-31T23:59:59.999999Z', kind: 'connect' },
    { platform_id: 'P', device_id: '2', ts_event: '2026-04-01T00:00:00Z', kind: 'connect' },
    { platform_id: 'Q', device_id: '1', ts_event: '2026-03-01T00:00:00Z', kind: 'connect' },
  ],
  ingest_batch: ['P', 'Q'].map(platform_id => ({
    ...{ batch_id: platform_id, platform_id, source_id: 's' },
    ...{ window_start: '2026-03-01T00:00:00Z', window_end: '2026-04-01T00:00:00Z' },
  })),
  data_asset: ['P', 'Q'].map(platform_id => ({ asset_id: `of ${platform_id}`, platform_id })),
  asset_usage: ['P', 'Q'].map(platform_id => ({
    ...{
      asset_id: `of ${platform_id}`,
      month: platform_id === 'P' ? '2026-03-01' : '2026-06-01',
      consumer: 'c',
    },
  })),
  plan_target: [
    {
      indicator: 'x',
      scope: 'national',
      base_date: '2025-12-31',
      target_date: '2028-12-31',
      target_value: 1,
    },
  ],
}
const tables = Object.keys(fixture) as readonly CanonicalName[]

let trials: Trials
let loaded: LoadedTables
beforeAll(async () => {
  trials = await Trials.open()
  loaded = await trials.load(fixture)
})
afterAll(() => trials.engine.close())

/** Rows of each table under the filters. */
async function counts(
  filters: Partial<Filters>,
  from: LoadedTables = loaded,
): Promise<Record<string, unknown>> {
  const scoped = scope(from, { ...noFilters, ...filters })
  const counted: Record<string, unknown> = {}
  for (const table of tables) {
    const [row] = await trials.select(sql`select count(*) as n from ${scoped.tables[table]}`, {
      n: 'integer',
    })
    counted[table] = row?.n
  }
  return counted
}

const everything = {
  ...{ platform: 2, organisation: 2, device: 3, device_snapshot: 2, conn_event: 3 },
  ...{ ingest_batch: 2, data_asset: 2, asset_usage: 2, plan_target: 1 },
}

describe('a filter acts on the tables that have its column, or a way to it', () => {
  const cases: readonly [string, Partial<Filters>, Record<string, number>, readonly CanonicalName[]][] = [
    ['nothing', {}, {}, tables],
    [
      'platform',
      { platforms: ['P'] },
      { platform: 1, device: 2, conn_event: 2, ingest_batch: 1, data_asset: 1, asset_usage: 1 },
      ['organisation', 'plan_target'],
    ],
    [
      'tier',
      { tiers: ['引领', '生态'] },
      { platform: 1, device: 2, conn_event: 2, ingest_batch: 1, data_asset: 1, asset_usage: 1 },
      ['organisation', 'plan_target'],
    ],
    [
      'province',
      { provinces: ['31'] },
      // Devices by their own province, events and snapshots by their device's, batches and assets by their platform's.
      {
        ...{ platform: 1, organisation: 1, device: 1, device_snapshot: 1, conn_event: 1 },
        ...{ ingest_batch: 1, data_asset: 1, asset_usage: 1 },
      },
      ['plan_target'],
    ],
    [
      'period',
      { from: '2026-03-01', to: '2026-03-31' },
      { device_snapshot: 1, conn_event: 2, asset_usage: 1 },
      ['platform', 'organisation', 'device', 'data_asset', 'plan_target'],
    ],
  ]
  test.each(cases)('%s', async (filter, filters, changed, unable) => {
    expect(await counts(filters)).toEqual({ ...everything, ...changed })
    const scoped = scope(loaded, { ...noFilters, ...filters })
    for (const table of filter === 'nothing' ? [] : tables) {
      expect(scoped.unobeyed([table])).toEqual(unable.includes(table) ? [filter] : [])
      expect(scoped.obeyed([table])).toEqual(unable.includes(table) ? [] : [filter])
    }
  })
})

describe('what organisations are acts on what is theirs', () => {
  const rows: Fixture = {
    organisation: [
      { org_id: 'operator', industry_code: '65', ownership: '国有', size: '大' },
      { org_id: 'mill', industry_code: '31', ownership: '民营', size: '小' },
    ],
    platform: [
      { platform_id: 'P', org_id: 'operator' },
      { platform_id: 'Q', org_id: 'mill' },
    ],
    device: [
      { platform_id: 'P', device_id: '1', org_id: 'mill', industry_code: '31' },
      { platform_id: 'P', device_id: '2', org_id: 'operator', industry_code: '36' },
    ],
    conn_event: ['1', '2'].map(device_id => ({
      ...{ platform_id: 'P', device_id, ts_event: '2026-03-01T00:00:00Z', kind: 'connect' },
    })),
    ingest_batch: ['P', 'Q'].map(platform_id => ({
      ...{ batch_id: platform_id, platform_id, source_id: 's' },
      ...{ window_start: '2026-03-01T00:00:00Z', window_end: '2026-04-01T00:00:00Z' },
    })),
    contract: ['operator', 'mill'].map(org_id => ({
      ...{ contract_id: org_id, platform_id: 'P', org_id, start: '2026-01-01' },
    })),
    application: [{ application_id: 'a', platform_id: 'P', industry_code: '31' }],
    model: [{ model_id: 'a', platform_id: 'P', industry_code: '36' }],
    usage: [
      { subject_kind: 'application', subject_id: 'a', month: '2026-03-01', org_id: 'mill' },
      { subject_kind: 'model', subject_id: 'a', month: '2026-03-01', org_id: '*' },
    ],
  }
  const keys: Partial<Record<CanonicalName, string>> = {
    organisation: 'org_id',
    platform: 'platform_id',
    device: 'device_id',
    conn_event: 'device_id',
    ingest_batch: 'platform_id',
    contract: 'org_id',
    usage: 'subject_kind',
  }

  async function left(filters: Partial<Filters>): Promise<Record<string, unknown>> {
    const scoped = scope(await trials.load(rows), { ...noFilters, ...filters })
    const found: Record<string, unknown> = {}
    for (const [table, key] of Object.entries(keys)) {
      const statement = sql`select ${name(key)}::varchar as key from ${scoped.tables[table as CanonicalName]} order by 1`
      found[table] = (await trials.select(statement, { key: 'text' })).map(row => row.key)
    }
    return found
  }

  test.each([
    ['ownership', { ownerships: ['民营'] }],
    ['size', { sizes: ['小', '微'] }],
  ])('%s: by the organisation of the row, else of its device, else of the platform', async (_, filters) => {
    expect(await left(filters)).toEqual({
      ...{ organisation: ['mill'], platform: ['Q'], device: ['1'], conn_event: ['1'], ingest_batch: ['Q'] },
      ...{ contract: ['mill'], usage: ['application'] },
    })
  })

  test('industry: by the row itself, by what is used, else by the device, else by the organisation', async () => {
    expect(await left({ industries: ['36'] })).toEqual({
      ...{ organisation: [], platform: [], device: ['2'], conn_event: ['2'], ingest_batch: [], contract: [] },
      usage: ['model'],
    })
    expect(await left({ industries: ['65'] })).toMatchObject({ platform: ['P'], ingest_batch: ['P'] })
  })

  test('without organisations they cannot act, and say so', async () => {
    const { organisation: _, ...others } = await trials.load(rows)
    const scoped = scope(others, { ...noFilters, ownerships: ['民营'], sizes: ['小'], industries: ['36'] })
    expect(scoped.unobeyed(['ingest_batch'])).toEqual(['industry', 'ownership', 'size'])
    expect(scoped.unobeyed(['conn_event'])).toEqual(['ownership', 'size'])
  })
})

test('a target of the person’s own stands in place of the imported one for the same indicator and scope', async () => {
  const target: PlanTarget = {
    ...{ indicator: 'connected_devices', baseDate: '2025-12-31', targetDate: '2028-12-31', baseValue: null },
    ...{ scope: '44', baseIsFloor: false, targetValue: 12, source: 'own' },
  }
  const dated = { base_date: '2025-12-31', target_date: '2028-12-31', indicator: 'connected_devices' }
  const imported = await trials.load({
    plan_target: [
      { ...dated, scope: '44', target_value: 10 },
      { ...dated, scope: '31', target_value: 20 },
    ],
  })
  const { tables: scoped } = scope(imported, noFilters, { targets: [target] })
  const result = { scope: 'text', target_value: 'number', base_value: 'number', source: 'text' } as const
  const found = await trials.select(sql`select * from ${scoped.plan_target} order by scope`, result)
  expect(found.map(row => ({ ...row }))).toEqual([
    { scope: '31', target_value: 20, base_value: null, source: null },
    { scope: '44', target_value: 12, base_value: null, source: 'own' },
  ])
})

test('the whole tables stay whole, whatever the filters', async () => {
  const filters = { ...noFilters, provinces: ['31'], platforms: ['P'], to: '2026-03-31' }
  const { whole } = scope(loaded, filters).tables
  for (const table of tables) {
    const [row] = await trials.select(sql`select count(*) as n from ${whole[table]}`, { n: 'integer' })
    expect([table, row?.n]).toEqual([table, everything[table as keyof typeof everything]])
  }
})

test('a period may be open at either end, and its last day counts to its last microsecond', async () => {
  expect(await counts({ to: '2026-03-31' })).toMatchObject({ conn_event: 2 })
  expect(await counts({ from: '2026-04-01' })).toMatchObject({ conn_event: 1 })
})

test('filters narrow together', async () => {
  expect(await counts({ platforms: ['P'], provinces: ['44'] })).toMatchObject({ platform: 0, device: 1 })
})

test('the tables of any time obey every filter but the period, which stands beside', async () => {
  const { anytime, period } = scope(loaded, { ...noFilters, platforms: ['P'], from: '2026-04-01' }).tables
  const [row] = await trials.select(
    sql`select count(*) as n, min(ts_event) >= ${period.from ?? sql`null`} as inside, ${period.until ?? sql`null`} is null as open
      from ${anytime.conn_event}`,
    { n: 'integer', inside: 'boolean', open: 'boolean' },
  )
  expect({ ...row }).toEqual({ n: 2, inside: false, open: true })
})

test('a figure obeys a filter when one of its tables does, and says so when none can', () => {
  const scoped = scope(loaded, { ...noFilters, platforms: ['P'], from: '2026-01-01' })
  expect(scoped.obeyed(['device', 'conn_event'])).toEqual(['platform', 'period'])
  expect(scoped.obeyed(['device', 'plan_target'])).toEqual(['platform'])
  expect(scoped.unobeyed(['device', 'plan_target'])).toEqual(['period'])
})

test('a tier or province that no loaded table tells is reported, and leaves the rows as they are', async () => {
  const events: LoadedTables = { conn_event: loaded.conn_event ?? [] }
  const filters = { tiers: ['引领'], provinces: ['31'] }
  expect(await counts(filters, events)).toMatchObject({ conn_event: 3, platform: 0 })
  expect(scope(events, { ...noFilters, ...filters }).unobeyed(['conn_event'])).toEqual(['province', 'tier'])
})

test('without devices, events go by the province of their platform', async () => {
  const { device: _, ...others } = loaded
  expect(await counts({ provinces: ['31'] }, others)).toMatchObject({ conn_event: 2, device_snapshot: 2 })
})

test('several engine tables are one relation, whatever the order of their columns and the values of their ENUMs', async () => {
  const more = await trials.load({ platform: [{ platform_id: 'R', tier: '生态', province_code: '11' }] })
  const both: LoadedTables = { platform: [...(loaded.platform ?? []), ...(more.platform ?? [])] }
  expect(await counts({ tiers: ['生态', '基础'] }, both)).toMatchObject({ platform: 2 })
})

test('values with quotes stay values', async () => {
  expect(await counts({ platforms: ["P' or '1'='1"] })).toMatchObject({ platform: 0, device: 0 })
})

describe('sessions', () => {
  const session = (minute: number, kind: string, more = {}) => ({
    ...{ platform_id: 'P', device_id: '1', kind, reason_class: 'lost' },
    ...{ ts_event: new Date(Date.UTC(2026, 4, 31, 23, minute)).toISOString(), ...more },
  })
  const columns = {
    device_id: 'text',
    start: 'timestamp',
    start_truncated: 'boolean',
    end_censored: 'boolean',
  } as const
  const hours = (time: unknown) => (Number(time) / 60e6 - Date.UTC(2026, 4, 31, 23) / 60e3) / 60

  test('are derived from the events in scope, and cut to the period with what spans it', async () => {
    // From 23:00 on 31 May: device 1 for three hours, device 2 on another platform, device 1 again from 25 h on.
    const events = [
      session(0, 'connect'),
      session(180, 'disconnect'),
      session(0, 'connect', { platform_id: 'Q', device_id: '2' }),
      session(60 * 49, 'disconnect', { platform_id: 'Q', device_id: '2' }),
      session(60 * 25, 'connect'),
    ]
    const given = await trials.load({ conn_event: events })
    const told = async (filters: Partial<Filters>, whole = false) => {
      const { tables: scoped } = scope(given, { ...noFilters, ...filters })
      const from = whole ? scoped.whole.session : scoped.session
      const rows = await trials.select(sql`select * from ${from} order by device_id, start`, columns)
      return rows.map(row => [row.device_id, hours(row.start), row.start_truncated, row.end_censored])
    }
    const everything = [
      ['1', 0, false, false],
      ['1', 25, false, true],
      ['2', 0, false, false],
    ]
    expect(await told({})).toEqual(everything)
    expect(await told({ from: '2026-06-01', to: '2026-06-01', platforms: ['P'] }, true)).toEqual(everything)
    expect(await told({ platforms: ['P'] })).toEqual(everything.slice(0, 2))
    // 1 June, hours 1 to 25: device 1 until hour 3; device 2 all day, without an event in it.
    expect(await told({ from: '2026-06-01', to: '2026-06-01' })).toEqual([
      ['1', 1, true, false],
      ['2', 1, true, true],
    ])
    const scoped = scope(given, { ...noFilters, from: '2026-06-01', platforms: ['P'] })
    expect(scoped.obeyed(['session'])).toEqual(['platform', 'period'])
    expect(scope({}, { ...noFilters, from: '2026-06-01' }).obeyed(['session'])).toEqual([])
  })
})

test('links obey the platform filter by either end; usage, contracts, communities and telemetry obey the period', async () => {
  const month = { month: '2026-03-01' }
  const given = await trials.load({
    platform: [{ platform_id: 'P', tier: '引领' }],
    platform_link: ['PQ', 'QP', 'QR'].map(([from = '', to = '']) => ({ from, to, kind: 'interconnect' })),
    usage: [{ subject_kind: 'model', subject_id: 'm', org_id: '*', ...month }],
    community: [{ community_id: 'c', ...month }],
    contract: [{ contract_id: 'k', platform_id: 'P', org_id: 'o', start: '2026-03-31' }],
    telemetry: [{ platform_id: 'P', device_id: 'd', metric: 'm', ts_event: '2026-03-31T23:00:00Z' }],
  })
  const count = async (table: CanonicalName, filters: Partial<Filters>) => {
    const relation = scope(given, { ...noFilters, ...filters }).tables[table]
    const [row] = await trials.select(sql`select count(*) as n from ${relation}`, { n: 'integer' })
    return row?.n
  }
  expect(await count('platform_link', { platforms: ['P'] })).toBe(2)
  expect(await count('platform_link', { tiers: ['引领'] })).toBe(2)
  expect(await count('platform_link', { from: '2026-03-01' })).toBe(3)
  for (const table of ['usage', 'community', 'contract', 'telemetry'] as const) {
    expect([table, await count(table, { to: '2026-03-31' })]).toEqual([table, 1])
    expect([table, await count(table, { from: '2026-04-01' })]).toEqual([table, 0])
  }
})
