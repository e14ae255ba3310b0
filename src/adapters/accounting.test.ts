import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { name, sql } from '../sql/sql.ts'
import { column } from './raw-table.ts'
import { ask, canonicalMapping, loadText, rowsOf, stageRaw, type TextRow, valueIn } from './testing.ts'

const signal = new AbortController().signal
let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const orNothing = (...values: readonly string[]) => fc.constantFrom(...values, '', null)
const anyText = fc.string({ unit: 'binary', maxLength: 12 }).map(text => text.replaceAll('\0', ''))
const device = fc.record({
  platform_id: orNothing('P', 'Q', ' P', "'; drop table raw; --"),
  device_id: fc.oneof(orNothing('a', 'b', '1.23E+14'), anyText),
  node_type: fc.oneof(orNothing('网关', 'DIRECT', 'gateway'), anyText),
  is_industrial: fc.oneof(orNothing('是', '0', 'TRUE'), anyText),
  created_at: fc.oneof(orNothing('2026-06-30', '0001-01-01', '1782820800'), anyText),
  province_code: fc.oneof(orNothing('44', '广东', '粤'), anyText),
})

test('rows read are always rows accepted plus rows rejected, and every accepted key is there once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(device, { minLength: 1, maxLength: 40 }), async rows => {
      const raw = await loadText(engine, rows)
      const { counts, rejectCounts, plan } = await stageRaw(
        engine,
        raw,
        canonicalMapping(Object.keys(rows[0] ?? {}), 'device'),
      )
      const statement = sql`select count(*) as stored, count(distinct (platform_id, device_id)) as keys
        from ${name(`${raw}_device`)}`
      const [stored] = await ask(engine, { statement, result: { stored: 'integer', keys: 'integer' } })
      expect(counts.read).toBe(rows.length)
      expect(counts.accepted + counts.rejected).toBe(rows.length)
      expect(rejectCounts.reduce((sum, row) => sum + Number(row.rows), 0)).toBe(counts.rejected)
      expect(stored).toEqual({ stored: counts.accepted, keys: counts.accepted })
      expect(counts.accepted).toBe(soundKeys(rows).size)
      for (const made of plan.drop) valueIn(await engine.execute(made, signal))
      valueIn(await engine.execute(sql`drop table ${name(raw)}`, signal))
    }),
    { numRuns: 12, seed: 20260630 },
  )
}, 120_000)

/** The keys that must be stored, told without SQL. */
function soundKeys(rows: readonly TextRow[]): ReadonlySet<string> {
  const within = (allowed: readonly string[], value: string | null | undefined) =>
    value === null || value === undefined || allowed.includes(value.replace(/^ +| +$/g, '').toLowerCase())
  const sound = rows.filter(
    row =>
      row.platform_id &&
      row.device_id &&
      !/^\d(\.\d+)?E\+\d+$/.test(row.device_id) &&
      within(['', '网关', 'gateway', 'direct', 'child', '直连设备', '网关子设备'], row.node_type) &&
      within(['', '是', '0', 'true', '1', 'yes', 'false', 'no', '否'], row.is_industrial) &&
      within(['', '2026-06-30', '0001-01-01', '1782820800', '0'], row.created_at),
  )
  return new Set(sound.map(row => JSON.stringify([row.platform_id, row.device_id])))
}

test('hostile names and values are values like any other', async () => {
  const hostile = [
    `"; drop table "raw"; --`,
    `'); drop table raw; --`,
    '__proto__',
    'constructor',
    'N'.repeat(5000),
    '\u202Egnp.exe',
    '={1+1}',
    '😀',
  ]
  const source = `"; drop table 'x'; -- ${'n'.repeat(5000)}`
  const raw = await loadText(
    engine,
    hostile.map(value => ({ [source]: value, ['__proto__']: 'P' })),
  )
  const columns = { platform_id: column('__proto__'), device_id: column(source) }
  const refusals = [
    { reason: 'not-a-device' as const, column: source, when: sql`${name(source)} = 'constructor'` },
  ]
  const staged = await stageRaw(engine, raw, { targets: [{ table: 'device', columns }], refusals })
  expect(staged.counts).toEqual({ read: 8, accepted: 7, rejected: 1 })
  const stored = await rowsOf(engine, `${raw}_device`)
  expect(stored.map(row => row.device_id)).toEqual(hostile.filter(value => value !== 'constructor'))

  const again = await loadText(
    engine,
    ['x', 'x'].map(() => ({ platform_id: 'P', device_id: 'N'.repeat(5000) })),
  )
  const { rejects } = await stageRaw(engine, again, canonicalMapping(['platform_id', 'device_id'], 'device'))
  expect(rejects.map(row => row.value)).toEqual([`P / ${'N'.repeat(76)}`])
})
