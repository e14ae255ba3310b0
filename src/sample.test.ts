import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { asOf, begin, connectedWindow, day } from '../scripts/sample/calendar.ts'
import type { CanonicalRow } from '../scripts/sample/canonical-row.ts'
import { groupBy } from '../scripts/sample/group-by.ts'
import { deviceKey } from '../scripts/sample/oracle.ts'
import { firstOfEachKey, readTable, readWhole } from '../scripts/sample/read-sample.ts'
import { recount } from '../scripts/sample/recount.ts'
import { bundled, type SampleFile, sampleFileNames, sampleFiles } from '../scripts/sample/sample-files.ts'
import { writeSample } from '../scripts/sample/write-sample.ts'
import { folderBefore } from '../scripts/sample/year-before.ts'
import { type CanonicalColumn, type CanonicalName, canonicalTable } from './domain/canonical.ts'
import { mainlandProvinces, provinces } from './domain/province.ts'
import type { Value } from './domain/table.ts'

const folder = 'resources/sample'
const manifest = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'))
const rows = Object.fromEntries(
  sampleFileNames.map(file => [file, readTable(folder, sampleFiles[file], file)]),
) as unknown as {
  readonly [F in SampleFile]: readonly CanonicalRow<(typeof sampleFiles)[F]>[]
}
const batches = firstOfEachKey('ingest_batch', rows.ingest_batch)
const fresh = mkdtempSync(join(tmpdir(), 'assay-sample-'))

afterAll(() => {
  for (const made of [fresh, folderBefore(fresh)]) rmSync(made, { recursive: true })
})

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

describe('the bundled sample as files', () => {
  test('is what the script writes, byte for byte', () => {
    writeSample({ ...bundled, out: fresh })
    for (const [made, bundle] of [
      [fresh, folder],
      [folderBefore(fresh), folderBefore(folder)],
    ] as const) {
      const written = readdirSync(made).sort()
      expect(written).toEqual(
        readdirSync(bundle)
          .filter(name => !name.startsWith('.'))
          .sort(),
      )
      for (const name of written)
        expect([name, sha256(join(made, name))]).toEqual([name, sha256(join(bundle, name))])
    }
  })

  test('is another sample under another seed, with other hashes and as many events', () => {
    const { files } = writeSample({ out: fresh, seed: bundled.seed + 1, rows: bundled.rows })
    expect(files.conn_event.rows).toBe(bundled.rows)
    expect(files.conn_event.sha256).not.toBe(sha256(join(folder, 'conn_event.arrow')))
  })

  test('is made bigger by events, which telemetry follows, and by platforms', () => {
    const { files, planted } = writeSample({ out: fresh, seed: 1, rows: 82_000, platforms: 500 })
    expect([files.platform.rows, files.organisation.rows]).toEqual([500, 1960])
    expect(files.conn_event.rows).toBe(82_000)
    // Half of the 20,000 further events, give or take the messages that are lost and repeated.
    expect(Math.abs(files.telemetry.rows - 10_000)).toBeLessThan(300)
    const again = (name: SampleFile) => readTable(fresh, sampleFiles[name], name)
    const large = Object.fromEntries(sampleFileNames.map(name => [name, again(name)])) as typeof rows
    expect(recount(large)).toEqual(planted)
  })

  test('is under 6 MB', () => {
    const sizes = [folder, folderBefore(folder)].flatMap(from =>
      readdirSync(from).map(name => statSync(join(from, name)).size),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000)
  })

  test('is described by its manifest: synthetic, data time, and for each table name, rows, bytes and hash', () => {
    expect(manifest.assay).toMatchObject({ synthetic: true, as_of: '2026-06-30T00:00:00Z' })
    expect(manifest.resources.map((resource: { name: string }) => resource.name)).toEqual(sampleFileNames)
    for (const { name, path, bytes, hash, rowCount } of manifest.resources) {
      expect({ name, bytes, hash, rowCount }).toEqual({
        name,
        bytes: statSync(join(folder, path)).size,
        hash: `sha256:${sha256(join(folder, path))}`,
        rowCount: rows[name as SampleFile].length,
      })
    }
  })
})

/** What is wrong with a value under its declaration; null when nothing is. */
function complaint(value: Value | undefined, column: CanonicalColumn): string | null {
  if (value === null || value === undefined) return column.key || column.required ? 'missing' : null
  if (column.type === 'text')
    return typeof value !== 'string' || (column.values && !(value in column.values)) ? 'text' : null
  if (column.type === 'boolean') return typeof value === 'boolean' ? null : 'not a boolean'
  if (typeof value !== 'number') return 'not a number'
  if (column.type === 'number' ? !Number.isFinite(value) : !Number.isSafeInteger(value))
    return 'not in the type'
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = column.range ?? {}
  return value < min || value > max ? 'out of the range' : null
}

describe('the rows of the bundled sample', () => {
  test.each(sampleFileNames)('%s keeps to the canonical declaration', name => {
    const columns = Object.entries(canonicalTable(sampleFiles[name]).columns)
    const complaints = (rows[name] as readonly Readonly<Record<string, Value>>[]).flatMap((one, i) =>
      columns.flatMap(([column, declared]) => {
        const wrong = complaint(one[column], declared)
        return wrong === null ? [] : [`row ${i + 1}, ${column}: ${wrong}`]
      }),
    )
    expect(complaints).toEqual([])
  })

  test('have unique keys, apart from the batches that are repeated on purpose', () => {
    const tables = new Set<CanonicalName>(Object.values(sampleFiles))
    const repeated = [...tables].filter(table => {
      const whole = readWhole(folder, table)
      return firstOfEachKey(table, whole).length < whole.length
    })
    expect(repeated).toEqual(['ingest_batch'])
    expect(rows.ingest_batch.length - batches.length).toBe(manifest.assay.planted.duplicate_batches)
  })

  test('carry exactly the faults that the manifest counts, some of every kind', () => {
    expect(recount(rows)).toEqual(manifest.assay.planted)
    expect(Math.min(...(Object.values(manifest.assay.planted) as number[]))).toBeGreaterThan(0)
  })

  test('refer only to what exists', () => {
    const devices = new Map(rows.device.map(one => [deviceKey(one), one]))
    const organisations = new Set(rows.organisation.map(({ org_id }) => org_id))
    const assets = new Set(rows.data_asset.map(({ asset_id }) => asset_id))
    const parents = rows.device.filter(({ parent_id }) => parent_id !== null)
    const parentOf = ({ platform_id, parent_id }: CanonicalRow<'device'>) =>
      devices.get(deviceKey({ platform_id, device_id: parent_id ?? '' }))
    expect(new Set(parents.map(one => parentOf(one)?.node_type))).toEqual(new Set(['gateway']))
    const spoken = [
      ...readWhole(folder, 'conn_event'),
      ...readWhole(folder, 'device_snapshot'),
      ...rows.telemetry,
    ]
    expect(spoken.filter(one => !devices.has(deviceKey(one)))).toEqual([])
    expect(
      [...rows.platform, ...rows.device].filter(
        ({ org_id }) => org_id !== null && !organisations.has(org_id),
      ),
    ).toEqual([])
    expect(
      rows.asset_usage.filter(one => !assets.has(one.asset_id) || !organisations.has(one.consumer)),
    ).toEqual([])
  })

  test('of services refer only to platforms, organisations, models and applications that exist', () => {
    const platforms = new Set(rows.platform.map(({ platform_id }) => platform_id))
    const organisations = new Set(rows.organisation.map(({ org_id }) => org_id))
    const home = new Map<string, string>([
      ...rows.model.map(one => [one.model_id, one.platform_id] as const),
      ...rows.application.map(one => [one.application_id, one.platform_id] as const),
    ])
    const named = [
      ...rows.model,
      ...rows.application,
      ...rows.usage,
      ...rows.contract,
      ...rows.community,
      ...rows.ingest_batch_2025,
    ].flatMap(({ platform_id }) => platform_id ?? [])
    const ends = rows.platform_link.flatMap(({ from, to }) => [from, to])
    expect([...named, ...ends].filter(id => !platforms.has(id))).toEqual([])
    const users = [...rows.usage, ...rows.contract].map(({ org_id }) => org_id)
    expect(users.filter(id => id !== '*' && !organisations.has(id))).toEqual([])
    expect(rows.usage.filter(one => home.get(one.subject_id) !== one.platform_id)).toEqual([])
    expect(rows.platform_link.filter(({ from, to }) => from === to)).toEqual([])
  })

  test('say that they are synthetic in every platform name', () => {
    expect(
      rows.platform.filter(({ name }) => !/^示例平台 \d{3} \/ Sample platform \d{3}$/.test(name ?? '')),
    ).toEqual([])
  })
})

describe('the shape of the bundled sample', () => {
  test('is 340 platforms of all types and tiers, fewer in each higher tier, in all 31 provinces', () => {
    const tiers = ['基础', '成长', '引领', '生态'].map(
      tier => rows.platform.filter(one => one.tier === tier).length,
    )
    expect(tiers).toEqual([190, 100, 38, 12])
    expect(new Set(rows.platform.map(({ type }) => type)).size).toBe(3)
    expect(new Set(rows.platform.map(one => one.province_code))).toEqual(
      new Set(mainlandProvinces.map(one => one.code)),
    )
    expect(rows.device.length).toBeGreaterThan(20_000)
    expect(new Set(rows.device.map(({ platform_id }) => platform_id)).size).toBe(340)
  })

  test('is mostly of small and micro and of private organisations in the 41 industrial divisions', () => {
    const share = (test: (one: CanonicalRow<'organisation'>) => boolean) =>
      rows.organisation.filter(test).length / rows.organisation.length
    expect(share(({ size }) => size === '小' || size === '微')).toBeGreaterThan(0.6)
    expect(share(({ ownership }) => ownership === '民营')).toBeGreaterThan(0.75)
    expect(new Set(rows.organisation.map(one => one.industry_code)).size).toBe(41)
    expect(
      rows.device.filter(
        ({ province_code: code }) => code !== null && !provinces.some(one => one.code === code),
      ),
    ).toEqual([])
  })

  test('has a device stock that grew by 6 to 12 % in the year', () => {
    const stock = (time: number) =>
      rows.device.filter(
        ({ activated_at, retired_at }) =>
          activated_at !== null && activated_at <= time && !(retired_at !== null && retired_at <= time),
      ).length
    const growth = stock(asOf) / stock(asOf - 365 * day) - 1
    expect(growth).toBeGreaterThan(0.06)
    expect(growth).toBeLessThan(0.12)
  })

  test('tells the same connected devices from the events as from the snapshot, where a platform exports both', () => {
    const contacts = groupBy(
      rows.conn_event.filter(
        ({ kind, ts_event }) => kind !== 'disconnect' && ts_event > 0 && ts_event <= asOf,
      ),
      deviceKey,
    )
    const exporting = new Set(rows.conn_event.map(({ platform_id }) => platform_id))
    const both = rows.device_snapshot.filter(({ platform_id }) => exporting.has(platform_id))
    const lately = (time: number | null) => time !== null && time > asOf - connectedWindow
    const differing = both.filter(one => {
      const times = (contacts.get(deviceKey(one)) ?? []).map(({ ts_event }) => ts_event)
      const last = times.length > 0 ? Math.max(...times) : null
      return last === null ? lately(one.last_seen) : last !== one.last_seen
    })
    expect(both.length).toBeGreaterThan(15_000)
    expect(differing).toEqual([])
  })

  test('has snapshots of every kind and state, and events and batches through the whole year', () => {
    expect(new Set(rows.device_snapshot.map(one => one.state_kind)).size).toBe(3)
    expect(new Set(rows.device_snapshot.map(one => one.state)).size).toBe(4)
    const monthsOf = (times: readonly number[]) =>
      new Set(
        times
          .filter(time => time >= begin && time < asOf)
          .map(time => new Date(time / 1000).toISOString().slice(0, 7)),
      )
    expect(monthsOf(rows.conn_event.map(({ ts_event }) => ts_event)).size).toBe(12)
    expect(monthsOf(batches.map(({ window_start }) => window_start)).size).toBe(12)
  })
})
