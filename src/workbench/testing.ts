import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openWorld } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { directReader } from '../formats/format.ts'
import { type MemoryHost, memoryHost } from '../host/host.ts'
import { directDeriver } from '../indicators/indicator.ts'
import { sql } from '../sql/sql.ts'
import { openStore } from './store.ts'
import { openWorkbench, type State, type Workbench } from './workbench.ts'

/** A workbench for each test, on one engine for all of them. */
export interface Trial {
  readonly engine: Engine
  readonly host: MemoryHost
  readonly workbench: Workbench
  state(): State
  /** Imports files as they are proposed, and waits for the results. */
  take(...files: readonly File[]): Promise<void>
  /** The headline of a computed indicator. */
  value(id: string): number | null | undefined
  /** The names of all tables in the engine. */
  tables(): Promise<readonly string[]>
}

/** One for all tests: table names must not come again in the one engine. */
const world = openWorld()

export function openTrial(): Trial {
  let engine: Engine
  let host: MemoryHost
  let workbench: Workbench
  beforeAll(async () => {
    engine = await openTestEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    host = memoryHost()
    const store = openStore('en', 'light')
    workbench = await openWorkbench({
      store,
      engine,
      reader: directReader(),
      deriver: directDeriver(),
      host,
      world,
      isolated: false,
    })
  })
  const state = () => workbench.store.getState()
  return {
    get engine() {
      return engine
    },
    get host() {
      return host
    },
    get workbench() {
      return workbench
    },
    state,
    async take(...files) {
      await workbench.importFiles(files)
      await workbench.confirmImport()
      await workbench.settled()
    },
    value(id) {
      const outcome = state().results[id]?.outcome
      return outcome?.status === 'ok' ? outcome.headline.value : undefined
    },
    async tables() {
      const statement = sql`select table_name::varchar as t from duckdb_tables() order by 1`
      const found = await engine.query(statement, { t: 'text' }, new AbortController().signal)
      if (!found.ok) throw new Error(found.failure.kind)
      return found.value.rows.map(row => String(row.t))
    },
  }
}

export const csv = (name: string, ...lines: string[]) => new File([`${lines.join('\n')}\n`], name)

/** Three platforms with 2, 1 and 1 devices: shares 1/2, 1/4, 1/4, so HHI = 1/4 + 1/16 + 1/16 = 3/8. */
export const devices = () =>
  csv('device.csv', 'platform_id,device_id,protocol', 'A,1,MQTT', 'A,2,MQTT', 'B,1,OPC UA', 'C,1,OPC UA')
