import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asOf, begin, day } from '../scripts/sample/calendar.ts'
import type { CanonicalRow } from '../scripts/sample/canonical-row.ts'
import { groupBy } from '../scripts/sample/group-by.ts'
import { deviceKey } from '../scripts/sample/oracle.ts'
import { readTable } from '../scripts/sample/read-sample.ts'
import { type SampleFile, sampleFileNames, sampleFiles } from '../scripts/sample/sample-files.ts'
import { folderBefore } from '../scripts/sample/year-before.ts'

const folder = 'resources/sample'
const rows = Object.fromEntries(
  sampleFileNames.map(file => [file, readTable(folder, sampleFiles[file], file)]),
) as unknown as {
  readonly [F in SampleFile]: readonly CanonicalRow<(typeof sampleFiles)[F]>[]
}

describe('the bundled sample beyond devices, events and batches', () => {
  test('has telemetry of twenty devices with three metrics each, before the end, on clocks of their own', () => {
    const devices = [...groupBy(rows.telemetry, deviceKey).values()]
    expect(devices).toHaveLength(20)
    expect(devices.every(mine => new Set(mine.map(({ metric }) => metric)).size === 3)).toBe(true)
    const times = rows.telemetry.map(({ ts_event }) => ts_event)
    expect(Math.min(...times)).toBeGreaterThan(asOf - 7 * day)
    expect(Math.max(...times)).toBeLessThan(asOf)
    const online = new Set(rows.device_snapshot.filter(({ state }) => state === 'online').map(deviceKey))
    expect(rows.telemetry.filter(one => !online.has(deviceKey(one)))).toEqual([])
  })

  test('has contracts of all modes that nothing contradicts', () => {
    expect(new Set(rows.contract.map(({ mode }) => mode))).toEqual(
      new Set(['subscription', 'pay_later', 'licence', 'project', null]),
    )
    const dates = rows.contract.flatMap(({ start, first_paid_at, ended_at }) =>
      [first_paid_at, ended_at].map(date => [start, date ?? start, date ?? asOf] as const),
    )
    expect(dates.filter(([start, date, end]) => date < start || start >= asOf || end > asOf)).toEqual([])
    const priced = rows.contract.filter(({ mrr }) => mrr !== null)
    expect(new Set(priced.map(({ mode }) => mode))).toEqual(new Set(['subscription']))
    expect(priced.length).toBe(rows.contract.filter(({ mode }) => mode === 'subscription').length)
  })

  test('has pay-later contracts that were paid, given up, overdue and undecided', () => {
    const trials = rows.contract.filter(({ mode }) => mode === 'pay_later')
    const open = trials.filter(({ first_paid_at, ended_at }) => first_paid_at === null && ended_at === null)
    const fates = [
      trials.filter(({ first_paid_at }) => first_paid_at !== null).length,
      trials.filter(({ ended_at }) => ended_at !== null).length,
      open.filter(({ matures_at }) => (matures_at ?? 0) < asOf).length,
      open.filter(({ matures_at }) => (matures_at ?? 0) >= asOf).length,
    ]
    expect(fates.reduce((sum, count) => sum + count, 0)).toBe(trials.length)
    expect(Math.min(...fates)).toBeGreaterThan(9)
  })

  test('has models and applications of every kind and depth, some of them used by several organisations', () => {
    expect(new Set(rows.model.map(({ kind }) => kind)).size).toBe(6)
    expect(new Set(rows.application.map(({ depth_level }) => depth_level))).toEqual(
      new Set([1, 2, 3, 4, 5, 6, null]),
    )
    const named = rows.usage.filter(({ org_id }) => org_id !== '*')
    const users = [...groupBy(named, ({ subject_id }) => subject_id).values()].map(
      mine => new Set(mine.map(({ org_id }) => org_id)).size,
    )
    expect(users.filter(count => count > 1).length).toBeGreaterThan(50)
    expect(users.filter(count => count === 1).length).toBeGreaterThan(50)
    expect(new Set(rows.usage.map(({ subject_id }) => subject_id)).size).toBeLessThan(
      rows.model.length + rows.application.length,
    )
  })

  test('has two years of communities, links of all kinds, and the quarter that a year can be compared with', () => {
    expect(new Set(rows.community.map(({ month }) => month)).size).toBe(24)
    const external = rows.community.filter(one => (one.merged_external ?? 0) > (one.merged ?? 0))
    expect(external).toEqual([])
    expect(rows.community.filter(one => (one.external_contributors ?? 0) > (one.contributors ?? 0))).toEqual(
      [],
    )
    expect(new Set(rows.platform_link.map(({ kind }) => kind)).size).toBe(3)
    const before = new Set(rows.ingest_batch_2025.map(({ window_start }) => window_start))
    expect([...before].map(time => new Date(time / 1000).toISOString().slice(0, 7)).sort()).toEqual([
      '2025-04',
      '2025-05',
      '2025-06',
    ])
  })

  test('has a snapshot of a year before that nothing later contradicts', () => {
    const devices = new Map(rows.device.map(one => [deviceKey(one), one]))
    const contradicted = rows.device_snapshot_2025.filter(one => {
      const { created_at = null, activated_at = null, retired_at = null } = devices.get(deviceKey(one)) ?? {}
      const isGone = retired_at !== null && retired_at < begin
      const isUnborn = created_at === null || created_at >= begin
      const isSeenTooEarly = one.last_seen !== null && one.last_seen < (activated_at ?? asOf)
      return isGone || isUnborn || isSeenTooEarly || (one.last_seen ?? 0) > begin
    })
    expect(contradicted).toEqual([])
    expect(new Set(rows.device_snapshot_2025.map(({ as_of }) => as_of))).toEqual(new Set([begin]))
  })

  test('has platforms that rose and fell since the older export, and some that are new', () => {
    const older = JSON.parse(readFileSync(join(folderBefore(folder), 'datapackage.json'), 'utf8'))
    expect(older.assay).toEqual({ synthetic: true, as_of: '2025-07-01T00:00:00Z' })
    const before = new Map(
      readTable(folderBefore(folder), 'platform', 'platform_2025').map(one => [one.platform_id, one]),
    )
    const rank = (tier: string | null | undefined) => ['基础', '成长', '引领', '生态'].indexOf(tier ?? '')
    const steps = rows.platform.flatMap(({ platform_id, tier }) => {
      const was = rank(before.get(platform_id)?.tier)
      return was < 0 ? [] : [rank(tier) - was]
    })
    const count = (step: number) => steps.filter(found => found === step).length
    expect([count(1), count(-1), rows.platform.length - before.size].every(found => found > 4)).toBe(true)
    expect(count(1) + count(0) + count(-1)).toBe(steps.length)
    expect([...before.keys()].filter(id => !rows.platform.some(one => one.platform_id === id))).toEqual([])
  })
})
