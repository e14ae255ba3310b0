import { expect, test } from 'vitest'
import { name, sql } from '../sql/sql.ts'
import { openTrial } from './testing.ts'
import { canary, mixedFolder } from './testing-folder.ts'

const trial = openTrial()
const never = new AbortController().signal

function dropped(): readonly File[] {
  return mixedFolder().map(({ path, bytes }) => {
    const file = new File([bytes], path.slice(path.lastIndexOf('/') + 1))
    Object.defineProperty(file, 'webkitRelativePath', { value: path })
    return file
  })
}

test('a folder that mixes twelve exports comes in whole, with every row accounted for', async () => {
  await trial.workbench.importFiles(dropped())
  const items = trial.state().importing?.items ?? []
  expect(
    items.map(({ archive, name: path, adapter, counts, failure }) => ({
      path: archive?.name ?? path,
      adapter,
      accepted: counts?.rowsAccepted,
      rejected: counts?.rowsRejected,
      failure,
    })),
  ).toEqual(
    mixedFolder().map(({ path, adapter, accepted, rejected }) => ({
      path,
      adapter,
      accepted,
      rejected,
      failure: null,
    })),
  )
  expect(JSON.stringify(trial.state().importing)).not.toContain(canary)
  await trial.workbench.confirmImport()
  await trial.workbench.settled()
  expect(await findings(canary)).toBe(0)
  expect(JSON.stringify(trial.state(), plain)).not.toContain(canary)
})

test('states of different kinds stay apart, and sentinels are no times', async () => {
  await trial.workbench.importFiles(dropped())
  const asking = (trial.state().importing?.items ?? []).filter(({ asks }) => asks.includes('as_of'))
  expect(asking.map(({ adapter }) => adapter)).toEqual(['huawei-iotda', 'jetlinks-devices'])
  for (const { id, options } of asking)
    await trial.workbench.reviseImport(id, { options: { ...options, as_of: '2026-06-02T00:00:00Z' } })
  await trial.workbench.confirmImport()
  const states = await ask(
    'device_snapshot',
    sql`select device_id::varchar as device_id, state::varchar as state,
    state_kind::varchar as kind`,
  )
  expect(states).toEqual(
    expect.arrayContaining([
      { device_id: 'hw-1', state: 'online', kind: 'session' },
      { device_id: 'hw-2', state: 'unknown', kind: 'session' },
      { device_id: 'hw-3', state: 'never', kind: 'session' },
      { device_id: 'jet-2', state: 'unknown', kind: 'session' },
      { device_id: 'org:1', state: 'online', kind: 'session' },
    ]),
  )
})

test('telemetry of six platforms is one table: numbers exact, texts as texts, times in UTC', async () => {
  await trial.take(...dropped())
  const rows = await ask(
    'telemetry',
    sql`select device_id::varchar as device, metric::varchar as metric,
    strftime(ts_event, '%H:%M:%S') as at, value_num as number, value_text as text`,
  )
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ metric: 'temperature', at: '00:00:00', number: 21.5, text: null }),
      expect.objectContaining({ device: 'root.plant.press1', metric: 'note', text: '12,3' }),
      expect.objectContaining({ device: 'dev-1', metric: 'mode', at: '00:00:00', text: 'auto' }),
      expect.objectContaining({ device: '1', metric: 'humidity', number: 20.25 }),
    ]),
  )
})

async function ask(canonical: string, select: ReturnType<typeof sql>) {
  const tables = trial.state().history.present.datasets.flatMap(dataset => dataset.tables)
  const rows = []
  for (const { table } of tables.filter(candidate => candidate.canonical === canonical)) {
    const statement = sql`${select} from ${name(table)}`
    const columns = /select (.*)$/s.exec(select.text)?.[1] ?? ''
    const names = [...columns.matchAll(/as (\w+)(?=,|$)/g)].map(match => match[1] ?? '')
    const types = Object.fromEntries(
      names.map(column => [column, column === 'number' ? 'number' : 'text'] as const),
    )
    const found = await trial.engine.query(statement, types, never)
    if (!found.ok) throw new Error(JSON.stringify(found.failure))
    rows.push(...found.value.rows.map(row => ({ ...row })))
  }
  return rows
}

/** How many cells of all tables of the engine contain the text. */
async function findings(text: string): Promise<number> {
  let count = 0
  for (const table of await trial.tables()) {
    const columns = await trial.engine.columns(table, never)
    if (!columns.ok) continue
    for (const column of columns.value) {
      const statement = sql`select count(*) as n from ${name(table)}
        where contains(cast(${name(column.name)} as varchar), ${text})`
      const found = await trial.engine.query(statement, { n: 'integer' }, never)
      if (!found.ok) throw new Error(JSON.stringify(found.failure))
      count += Number(found.value.rows[0]?.n)
    }
  }
  return count
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
