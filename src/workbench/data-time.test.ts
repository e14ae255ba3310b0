import { expect, test } from 'vitest'
import { laterRowsWords } from './data-time.ts'
import { csv, openTrial } from './testing.ts'

const trial = openTrial()

/** One batch a day from the given days; a second source brings one of another day. */
function batches(name: string, first: string, days: number, ...others: readonly string[]): File {
  const daily = Array.from({ length: days }, (_, i) => new Date(Date.parse(first) + i * 86_400_000))
  const all = [...daily.map(day => day.toISOString().slice(0, 10)), ...others]
  return csv(
    name,
    'batch_id,platform_id,source_id,window_start,window_end,records',
    ...all.map((day, i) => `${name} ${i},A,s,${day}T00:00:00Z,${day}T12:00:00Z,1`),
  )
}

const time = () => {
  const { asOf, laterRows, filterChoices } = trial.state()
  const shown = (value: number | null | undefined) =>
    typeof value === 'number' ? new Date(value / 1000).toISOString().slice(0, 13) : null
  return {
    asOf: shown(asOf),
    later: laterRows?.rows ?? 0,
    latest: shown(laterRows?.latest),
    to: filterChoices.to,
  }
}

test('a batch of a wrong year moves neither the time of the data nor the calendar, and is told', async () => {
  await trial.take(batches('a.csv', '2026-06-01', 30, '2106-02-07'))
  expect(time()).toEqual({ asOf: '2026-06-30T12', later: 1, latest: '2106-02-07T12', to: '2026-06-30' })
  expect(laterRowsWords({ rows: 1, latest: 4_294_987_200_000_000 }, 1_782_820_800_000_000)).toEqual({
    zh: '数据时点取 2026-06-30 12:00:00 UTC；有 1 行的时间更晚（最晚 2106-02-07 12:00:00 UTC），视为时钟异常或年份有误，不据以确定数据时点。',
    en: 'The data is taken as of 2026-06-30 12:00:00 UTC. 1 row tells of a later time (up to 2106-02-07 12:00:00 UTC), taken for a clock at fault or a wrong year.',
  })
})

test('the person decides: the time set on the dataset’s page stands', async () => {
  await trial.take(batches('a.csv', '2026-06-01', 30, '2106-02-07'))
  const set = async (day: string | null) => {
    const [dataset] = trial.state().history.present.datasets
    trial.workbench.setExportTime(dataset?.id ?? '', day === null ? null : `${day}T00:00:00Z`)
    await trial.workbench.settled()
    return time()
  }
  expect(await set('2106-02-07')).toMatchObject({ asOf: '2106-02-07T12', later: 0, to: '2106-02-07' })
  // Rows are believed to 16 June 00:00: the batches of 17 to 30 June and of 2106 begin later.
  expect(await set('2026-06-15')).toMatchObject({ asOf: '2026-06-15T12', later: 15 })
  expect(await set(null)).toMatchObject({ asOf: '2026-06-30T12', later: 1 })
})

test('two exports a year apart are each asked by themselves', async () => {
  await trial.take(batches('older.csv', '2025-05-01', 31, '2099-01-01'))
  expect(time()).toMatchObject({ asOf: '2025-05-31T12', later: 1 })
  await trial.take(batches('newer.csv', '2026-06-01', 10))
  expect(time()).toMatchObject({ asOf: '2026-06-10T12', later: 1, latest: '2099-01-01T12' })
})

test('ordinary data has no later rows', async () => {
  await trial.take(batches('a.csv', '2026-06-01', 30))
  expect(time()).toEqual({ asOf: '2026-06-30T12', later: 0, latest: null, to: '2026-06-30' })
})
