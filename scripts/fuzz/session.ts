import { openWorld } from '../../src/domain/world.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { openTestEngine } from '../../src/engine/testing.ts'
import { workerReader } from '../../src/formats/worker-reader.ts'
import { memoryHost } from '../../src/host/host.ts'
import { directDeriver } from '../../src/indicators/indicator.ts'
import { name, sql } from '../../src/sql/sql.ts'
import { openStore, openWorkbench, type Workbench } from '../../src/workbench/workbench.ts'
import { type Random, random } from '../sample/random.ts'
import { channelWorker } from './channel-worker.ts'
import {
  count,
  failureComplaint,
  itemComplaints,
  prototypeComplaints,
  searchFor,
  shownSecrets,
  storedSecrets,
  tableNames,
  words,
} from './complaints.ts'
import type { Mutant } from './mutant.ts'
import { type Traps, watchTraps } from './traps.ts'

export interface Verdict {
  /** How the files of the mutant ended: `csv, device-list` or the kind of the failure. */
  readonly outcomes: readonly string[]
  readonly milliseconds: number
  readonly complaints: readonly string[]
  /** A library trapped, as only a worker of its own may: this process is to be replaced. */
  readonly spent: boolean
}

export interface Fuzzed {
  try(mutant: Mutant): Promise<Verdict>
  /** Imports a sound file and computes an indicator of it. Gives what is wrong. */
  check(): Promise<readonly string[]>
}

interface Bench {
  readonly workbench: Workbench
  readonly engine: Engine
  readonly traps: Traps
}

/** The real workbench on the real engine, without a screen. */
export async function openFuzzed(): Promise<Fuzzed> {
  const traps = watchTraps()
  const engine = await openTestEngine()
  const workbench = await openWorkbench({
    store: openStore('en', 'light'),
    engine,
    reader: workerReader(channelWorker),
    deriver: directDeriver(),
    host: memoryHost(),
    world: openWorld(),
    isolated: false,
  })
  const bench = { workbench, engine, traps }
  return { try: mutant => tried(bench, mutant), check: () => checked(bench) }
}

async function tried(bench: Bench, mutant: Mutant): Promise<Verdict> {
  const { workbench, traps } = bench
  const started = performance.now()
  const trapsBefore = traps.answered()
  const said: string[] = []
  const outcomes: string[] = []
  try {
    outcomes.push(...(await imported(bench, mutant, said)))
  } catch (thrown) {
    said.push(`thrown: ${thrown instanceof Error ? thrown.stack : thrown}`)
  }
  const milliseconds = performance.now() - started
  said.push(...traps.takeUnanswered(), ...prototypeComplaints(), ...noticeComplaints(workbench))
  return { outcomes, milliseconds, complaints: said, spent: traps.answered() > trapsBefore }
}

async function imported(bench: Bench, mutant: Mutant, said: string[]): Promise<readonly string[]> {
  const { workbench, engine } = bench
  const state = () => workbench.store.getState()
  const before = await tableNames(engine)
  await workbench.importFiles([new File([mutant.bytes as BlobPart], mutant.name)])
  const outcomes = (state().importing?.items ?? []).map(outcomeOf)
  const drawn = random(Math.floor(mutant.whim * 2 ** 31), 'whim')
  said.push(...(await lookedAt(bench, before, mutant, mutant.sound)))
  if (drawn.chance(0.3)) {
    const change = await revised(workbench, drawn)
    said.push(...(await lookedAt(bench, before, mutant, false)).map(words => `after ${change}: ${words}`))
  }
  if (drawn.chance(0.15)) await confirmed(bench, said)
  else {
    await workbench.cancelImport()
    const after = await tableNames(engine)
    const left = after.filter(table => !before.includes(table))
    if (left.length > 0) said.push(`left behind: ${left.join(', ')}`)
  }
  return outcomes.length === 0 ? ['nothing'] : outcomes
}

type Item = NonNullable<ReturnType<Workbench['store']['getState']>['importing']>['items'][number]

function outcomeOf({ failure, inspection, adapter, progress }: Item): string {
  if (failure !== null) return failure.kind
  if (progress.stage !== 'ready') return progress.stage
  return `${inspection?.format}, ${adapter ?? 'as it is'}`
}

/** Everything that can be checked while the import is open. */
async function lookedAt(
  { workbench, engine }: Bench,
  before: readonly string[],
  { format }: Mutant,
  sound: boolean,
): Promise<readonly string[]> {
  const state = workbench.store.getState()
  const items = state.importing?.items ?? []
  const search = searchFor(state, format, sound)
  const tables = (await tableNames(engine)).filter(table => !/^(import|piece) /.test(table))
  return [
    ...items.flatMap(itemComplaints),
    ...shownSecrets(state, search),
    ...(await storedSecrets(engine, tables, search)),
    ...(await rawRowComplaints(engine, items, before)),
  ]
}

/** Where every file is kept as it is, the raw tables hold exactly what was accepted, each row with its own number. */
async function rawRowComplaints(
  engine: Engine,
  items: readonly Item[],
  before: readonly string[],
): Promise<readonly string[]> {
  if (items.some(({ adapter, progress }) => adapter !== null || progress.stage === 'failed')) return []
  const accepted = items.reduce((sum, { counts }) => sum + (counts?.rowsAccepted ?? 0), 0)
  const made = (await tableNames(engine)).filter(table => table.startsWith('raw_') && !before.includes(table))
  let held = 0
  for (const table of made) {
    const rows = await count(engine, sql`select count(*) as n from ${name(table)}`)
    const numbers = await count(engine, sql`select count(distinct row_no) as n from ${name(table)}`)
    if (rows !== numbers) return [`${table} has ${rows} rows and ${numbers} row numbers`]
    held += rows
  }
  return held === accepted ? [] : [`${accepted} rows accepted, ${held} held`]
}

/** What a person may try: another adapter, or another way to read. */
async function revised(workbench: Workbench, drawn: Random): Promise<string> {
  const items = workbench.store.getState().importing?.items ?? []
  if (items.length === 0) return 'nothing'
  const { id } = drawn.pick(items)
  const readings = [
    { delimiter: ';' },
    { delimiter: '|', quote: '' },
    { encoding: 'utf-16le' },
    { encoding: 'gb18030' },
    { encoding: 'windows-1252' },
    { skipRows: 3 },
    { headerRows: 0 },
    { headerRows: 3, mergedCells: 'first' },
    { escape: 'backslash' },
    { decimal: ',', trim: true },
    { comment: '#' },
    { part: 'nonsense' },
  ] as const
  const adapter = drawn.pick([null, ...workbench.adapters.map(one => one.id)])
  const change = drawn.chance(0.6) ? { adapter } : { readOptions: drawn.pick(readings) }
  await workbench.reviseImport(id, change)
  return JSON.stringify(change)
}

/** Confirms, computes every indicator, compares the workspace with the engine, and takes it all back. */
async function confirmed({ workbench, engine }: Bench, said: string[]): Promise<void> {
  const state = () => workbench.store.getState()
  const depth = state().history.past.length
  await workbench.confirmImport()
  await workbench.settled()
  if (state().importing !== null) await workbench.cancelImport()
  for (const { table, rows } of state().history.present.datasets.flatMap(({ tables }) => tables)) {
    const held = await count(engine, sql`select count(*) as n from ${name(table)}`)
    if (held !== rows) said.push(`${table}: ${rows} rows told, ${held} held`)
  }
  for (const [id, { outcome }] of Object.entries(state().results))
    if (outcome?.status === 'failed') said.push(`${id}: ${words(outcome.failure)}`)
  if (state().history.past.length > depth) workbench.undo()
  await workbench.settled()
}

function noticeComplaints(workbench: Workbench): readonly string[] {
  const { notices } = workbench.store.getState()
  for (const { id } of notices) workbench.dismissNotice(id)
  return notices.flatMap(({ failure, text }) => {
    if (failure === undefined) return /stopped unexpectedly/.test(text.en) ? [text.en] : []
    return failureComplaint(failure, 'notice') ?? []
  })
}

/** Three platforms with 2, 1 and 1 devices: HHI = 1/4 + 1/16 + 1/16 = 3/8. */
const known = 'platform_id,device_id,protocol\nA,1,MQTT\nA,2,MQTT\nB,1,OPC UA\nC,1,OPC UA\n'

async function checked({ workbench, traps }: Bench): Promise<readonly string[]> {
  const state = () => workbench.store.getState()
  await workbench.importFiles([new File([known], 'device.csv')])
  const [item] = state().importing?.items ?? []
  const accepted = item?.counts?.rowsAccepted
  await workbench.confirmImport()
  await workbench.settled()
  const outcome = state().results['CON-17']?.outcome
  const value = outcome?.status === 'ok' ? outcome.headline.value : outcome?.status
  workbench.undo()
  await workbench.settled()
  const said = [...traps.takeUnanswered(), ...noticeComplaints(workbench)]
  if (accepted !== 4) said.push(`a sound file: ${accepted} of 4 rows, ${JSON.stringify(item?.failure)}`)
  if (value !== 3 / 8) said.push(`a sound file: CON-17 is ${value}, not 0.375`)
  return said.map(words => `poisoned: ${words}`)
}
