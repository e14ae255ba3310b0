import type { World } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import { reachableTables } from './history.ts'
import { dropTables, type Intake } from './intake.ts'
import { notify } from './notices.ts'
import { type Recipe, replay } from './replay.ts'
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

  intake.engine.onReplaced(detail => {
    store.setState({ engine: { status: 'reloading', detail } })
    void reload()
  })

  async function reload(): Promise<void> {
    const failures = await replay(intake, recipes, new AbortController().signal)
    store.setState({ engine: await engineState(intake.engine, isolated) })
    sayReloaded(store, intake.world, failures.length)
    for (const failure of failures) notify(store, intake.world, 'bad', lostText, failure)
    onReloaded()
  }

  store.subscribe(({ history, importing }, before) => {
    if (history === before.history || importing !== null) return
    const needed = reachableTables(history)
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

/** The engine as the status bar shows it. */
export async function engineState(engine: Engine, isolated: boolean) {
  const memory = await engine.memory()
  return { status: 'ready', info: engine.info, isolated, memory: memory.ok ? memory.value : 0 } as const
}

function sayReloaded(store: Store, world: World, lost: number): void {
  const text = {
    zh: '分析引擎曾意外终止，已重新启动，数据集已重新载入。',
    en: 'The engine stopped unexpectedly. It was started again and the datasets were loaded again.',
  }
  notify(store, world, lost === 0 ? 'warning' : 'bad', text)
}

function tablesOf({ raw, request }: Recipe): readonly string[] {
  if (request !== null) return Object.values(request.outputs)
  return raw === null ? [] : [raw.table]
}
