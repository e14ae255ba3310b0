import type { World } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import { reachableTables } from './history.ts'
import { dropTables, type Intake } from './intake.ts'
import { notify } from './notices.ts'
import { type Recipe, replay } from './replay.ts'
import type { EngineState } from './state.ts'
import type { Store } from './store.ts'

/** Knows how every table came about: makes them again after the engine was replaced, drops what no undo can need. */
export interface Recovery {
  keep(recipe: Recipe): void
}

export function openRecovery(
  intake: Intake,
  store: Store,
  isolated: boolean,
  onReloaded: () => void,
): Recovery {
  let recipes: readonly Recipe[] = []

  let running = new AbortController()
  let work: Promise<void> = Promise.resolve()

  /** Where the engine dies once more during a reload, that reload is over and the next begins from the start. */
  intake.engine.onReplaced(detail => {
    store.setState({ engine: { status: 'reloading', detail } })
    running.abort()
    running = new AbortController()
    const { signal } = running
    work = work.then(() => reload(signal))
  })

  async function reload(signal: AbortSignal): Promise<void> {
    const lost = (await replay(intake, recipes, signal)).filter(({ failure }) => failure.kind !== 'cancelled')
    for (const { failure } of lost) notify(store, intake.world, 'bad', lostText, failure)
    // What ends the engine whenever it is loaded would have it reloaded for ever.
    const fatal = lost.flatMap(({ failure, recipe }) => (failure.kind === 'engine-lost' ? recipe : []))
    recipes = recipes.filter(recipe => !fatal.includes(recipe))
    if (signal.aborted) return
    store.setState({ engine: await engineState(intake.engine, isolated) })
    sayReloaded(store, intake.world, lost.length)
    onReloaded()
  }

  store.subscribe(({ history, importing }, before) => {
    if (history === before.history || importing !== null) return
    const needed = neededTables(reachableTables(history), recipes)
    const isNeeded = (recipe: Recipe) => tablesOf(recipe).some(table => needed.has(table))
    const left = recipes.filter(recipe => !isNeeded(recipe))
    recipes = recipes.filter(isNeeded)
    void dropTables(intake.engine, left.flatMap(tablesOf))
  })

  return {
    keep(recipe) {
      recipes = [...recipes, recipe]
    },
  }
}

const lostText = { zh: '有文件未能重新载入', en: 'A file could not be loaded again' }

/** The engine as the status bar shows it; an engine that cannot tell its memory answers nothing else either. */
export async function engineState(engine: Engine, isolated: boolean): Promise<EngineState> {
  const memory = await engine.memory()
  if (!memory.ok) return { status: 'failed', failure: memory.failure }
  return { status: 'ready', info: engine.info, isolated, memory: memory.value }
}

function sayReloaded(store: Store, world: World, lost: number): void {
  const text = {
    zh: '分析引擎曾意外终止，已重新启动，数据集已重新载入。',
    en: 'The engine stopped unexpectedly. It was started again and the datasets were loaded again.',
  }
  notify(store, world, lost === 0 ? 'warning' : 'bad', text)
}

/** With the tables whose keys later recipes are compared with: without them these could not be replayed. */
function neededTables(reachable: ReadonlySet<string>, recipes: readonly Recipe[]): ReadonlySet<string> {
  const needed = new Set(reachable)
  for (const recipe of recipes.toReversed()) {
    if (!tablesOf(recipe).some(table => needed.has(table))) continue
    for (const table of Object.values(recipe.request?.existing ?? {}).flat()) needed.add(table)
  }
  return needed
}

function tablesOf({ raw, request }: Recipe): readonly string[] {
  if (request !== null) return Object.values(request.outputs)
  return raw === null ? [] : [raw.table]
}
