import { describe, expect, test } from 'vitest'
import { csv, openTrial } from '../testing.ts'
import { median, midRank } from './peers.ts'

const trial = openTrial()
const signal = () => new AbortController().signal
const quiet = () => {}

const platforms = csv(
  'platform.csv',
  'platform_id,name,tier,type',
  'A,甲,引领,行业',
  'B,乙,引领,行业',
  'C,丙,引领,行业',
  'D,丁,基础,行业',
)

/** Batches of the platforms: day, platform, expected, received. */
const batches = csv(
  'ingest_batch.csv',
  'batch_id,platform_id,source_id,window_start,window_end,expected,received',
  '1,A,s,2026-01-05T00:00:00Z,2026-01-06T00:00:00Z,100,50',
  '2,B,s,2026-01-05T00:00:00Z,2026-01-06T00:00:00Z,100,100',
  '3,A,s,2026-02-05T00:00:00Z,2026-02-06T00:00:00Z,100,80',
  '4,C,s,2026-02-05T00:00:00Z,2026-02-06T00:00:00Z,100,20',
)

describe('a platform and its peers', () => {
  test('are those of its tier and type, each computed alone', async () => {
    await trial.take(platforms, batches)
    const compared = await trial.workbench.comparing.peers('AGG-03', 'A', quiet, signal())
    // A received 130 of 200, B 100 of 100, C 20 of 100; D is of another tier. One of two peers lies below A.
    expect(compared).toMatchObject({
      ok: true,
      value: {
        ...{ tier: '引领', type: '行业', own: 0.65, median: 0.6, percentile: 0.5, without: 0 },
        values: [
          { platform: 'C', value: 0.2 },
          { platform: 'A', value: 0.65 },
          { platform: 'B', name: '乙' },
        ],
      },
    })
  })

  test('level with half of the others is the middle; alone there is no rank', () => {
    expect(midRank(5, [5, 5])).toBe(0.5)
    expect(midRank(5, [1, 5, 9, 2])).toBe(2.5 / 4)
    expect(midRank(5, [])).toBeNull()
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNull()
  })

  test('a comparison that is stopped gives nothing', async () => {
    await trial.take(platforms, batches)
    const stop = new AbortController()
    const stopped = trial.workbench.comparing.peers('AGG-03', 'A', () => stop.abort(), stop.signal)
    expect(await stopped).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  })
})

test('two periods are compared on everything and on the platforms seen in both', async () => {
  await trial.take(platforms, batches)
  const { comparing } = trial.workbench
  expect(comparing.periodIndicators().map(({ id }) => id)).toContain('AGG-03')
  const periods = {
    earlier: { from: '2026-01-01', to: '2026-01-31' },
    later: { from: '2026-02-01', to: '2026-02-28' },
  }
  const compared = await comparing.periods(['AGG-03'], periods, quiet, signal())
  // January: A 50 and B 100 of 200. February: A 80 and C 20 of 200. A alone is in both: 0.5 and then 0.8.
  expect(compared).toEqual({
    ok: true,
    value: {
      ...{ earlierPlatforms: 2, laterPlatforms: 2, matched: ['A'] },
      values: [{ indicator: 'AGG-03', earlier: 0.75, later: 0.5, earlierMatched: 0.5, laterMatched: 0.8 }],
    },
  })
})

test('two exports: what appeared, vanished and changed, and each thing by name', async () => {
  await trial.take(csv('platform.csv', 'platform_id,name,tier', 'A,甲,基础', 'B,乙,引领', 'C,丙,引领'))
  await trial.take(csv('later.csv', 'platform_id,name,tier', 'A,甲,成长', 'B,乙,引领', 'D,丁,引领'))
  const [older = '', newer = ''] = trial.state().history.present.datasets.map(({ id }) => id)
  expect(await trial.workbench.comparing.exports(older, newer, signal())).toEqual({
    ok: true,
    value: [{ table: 'platform', appeared: 1, vanished: 1, changed: 1, unchanged: 1 }],
  })
  const rows = await trial.workbench.comparing.exportRows(older, newer, 'platform', signal())
  expect(rows.ok && rows.value.rows.map(row => Object.values(row))).toEqual([
    ['appeared', 'D', null],
    ['changed', 'A', 'tier: 基础 → 成长'],
    ['vanished', 'C', null],
  ])
})
