import {
  makeData,
  makeVector,
  TimestampMicrosecond,
  TimestampNanosecond,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CanonicalName } from '../domain/canonical.ts'
import type { Engine } from '../engine/engine.ts'
import { type ArrowColumn, arrowStream, chunksOf, openTestEngine } from '../engine/testing.ts'
import { sql } from '../sql/sql.ts'
import { ask, canonicalMapping, rowsOf, stageRaw, valueIn } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function stageArrow(
  raw: string,
  columns: Readonly<Record<string, ArrowColumn>>,
  table: CanonicalName,
  zone = '+00:00',
) {
  const stream = chunksOf(arrowStream(columns))
  valueIn(await engine.ingest(stream, raw, new AbortController().signal))
  return stageRaw(engine, raw, canonicalMapping(Object.keys(columns), table, zone), { zone })
}

const columns = {
  platform_id: { type: 'category', values: ['P', 'P', 'P'] },
  device_id: { type: 'integer', values: [1, 2, 3] },
  is_industrial: { type: 'boolean', values: [true, null, false] },
  created_at: { type: 'timestamp', values: [1782820800000001, null, 0] },
  activated_at: { type: 'date', values: ['2026-06-30', null, '1970-01-01'] },
  retired_at: vectorFromArray([1782820800000, null, null], new TimestampNanosecond()),
  node_type: { type: 'category', values: ['网关', null, 'direct'] },
  admin_state: { type: 'category', values: ['Enabled', 'disabled', null] },
} as const

test('a typed table is read by its types: microseconds stay, ENUMs are codes, sentinels are no times', async () => {
  const { counts } = await stageArrow('typed', columns, 'device')
  expect(counts).toEqual({ read: 3, accepted: 3, rejected: 0 })
  const [first, second, third] = await rowsOf(engine, 'typed_device')
  expect(first).toEqual({
    platform_id: 'P',
    device_id: '1',
    node_type: 'gateway',
    is_industrial: true,
    created_at: '2026-06-30T12:00:00.000Z',
    activated_at: '2026-06-30T00:00:00.000Z',
    retired_at: '2026-06-30T12:00:00.000Z',
    admin_state: 'enabled',
  })
  expect(second).toMatchObject({ is_industrial: null, created_at: null, admin_state: 'disabled' })
  expect(third).toMatchObject({ created_at: null, activated_at: null, node_type: 'direct' })
  const statement = sql`select epoch_us(created_at) as us from typed_device where created_at is not null`
  expect(await ask(engine, { statement, result: { us: 'integer' } })).toEqual([{ us: 1782820800000001 }])
})

test('typed times without zones are read in the assumed zone', async () => {
  await stageArrow('typed_local', columns, 'device', '+08:00')
  const [first] = await rowsOf(engine, 'typed_local_device')
  expect(first).toMatchObject({
    created_at: '2026-06-30T04:00:00.000Z',
    activated_at: '2026-06-29T16:00:00.000Z',
  })
})

test('typed times with a zone are instants: the assumed zone does not move them, its calendar gives their date', async () => {
  // 2026-01-01T20:00:00.000001Z is 2026-01-02T04:00 in China.
  const zoned = makeVector(
    makeData({
      type: new TimestampMicrosecond('UTC'),
      length: 1,
      data: BigInt64Array.of(1_767_297_600_000_001n),
    }),
  )
  const keys = {
    platform_id: { type: 'text', values: ['P'] },
    device_id: { type: 'text', values: ['1'] },
  } as const
  await stageArrow('typed_zoned', { ...keys, created_at: zoned }, 'device', '+08:00')
  const statement = sql`select epoch_us(created_at) as us from typed_zoned_device`
  expect(await ask(engine, { statement, result: { us: 'integer' } })).toEqual([{ us: 1_767_297_600_000_001 }])
  const text = (value: string) => ({ type: 'text', values: [value] }) as const
  const contract = { contract_id: text('c'), platform_id: text('P'), org_id: text('o'), start: zoned }
  await stageArrow('typed_zoned_date', contract, 'contract', '+08:00')
  const [first] = await rowsOf(engine, 'typed_zoned_date_contract')
  expect(first).toMatchObject({ start: '2026-01-02T00:00:00.000Z' })
})

test('typed tables may hold counts as doubles with gaps, but no infinities', async () => {
  const usage = {
    asset_id: { type: 'text', values: ['A', 'B', 'C', 'D'] },
    month: { type: 'timestamp', values: Array.from({ length: 4 }, () => '2026-06-01T00:00:00Z') },
    consumer: { type: 'text', values: ['x', 'x', 'x', 'x'] },
    calls: { type: 'number', values: [12, null, 1.5, 3] },
    revenue: vectorFromArray([1.25, Number.NaN, 2, Number.POSITIVE_INFINITY]),
  } as const
  const { counts, rejects } = await stageArrow('usage', usage, 'asset_usage')
  expect(counts).toEqual({ read: 4, accepted: 2, rejected: 2 })
  expect(rejects.map(({ reason, column: of, value }) => [reason, of, value])).toEqual([
    ['not-a-number', 'calls', '1.5'],
    ['not-a-number', 'revenue', 'inf'],
  ])
  const stored = await rowsOf(engine, 'usage_asset_usage')
  expect(stored.map(({ month, calls, revenue }) => [month, calls, revenue])).toEqual([
    ['2026-06-01T00:00:00.000Z', 12, 1.25],
    ['2026-06-01T00:00:00.000Z', null, null],
  ])
})
