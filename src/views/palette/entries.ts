import type { Phrase } from '../../domain/phrase.ts'
import type { State, Workbench } from '../../workbench/workbench.ts'
import { shown } from '../recipes.ts'
import { bestFit } from './fuzzy.ts'

/** Something that the palette can do or go to. */
export interface Entry {
  readonly id: string
  readonly label: Phrase
  /** Accelerator of the command, if it has one. */
  readonly keys: string | undefined
  /** A code by which it may also be found. */
  readonly code: string | undefined
  run(): void
}

/** Enabled commands, then indicators and datasets to go to. */
export function entries(workbench: Workbench, state: State): readonly Entry[] {
  const commands = workbench.commands
    .filter(command => command.id !== 'open-palette' && command.enabled(state))
    .map(({ id, label, keys }) => ({ id, label, keys, code: undefined, run: () => void workbench.run(id) }))
  const { datasets } = state.history.present
  if (datasets.length === 0 || state.importing !== null) return commands
  return [...commands, ...indicatorEntries(workbench), ...datasetEntries(workbench, state)]
}

function indicatorEntries(workbench: Workbench): readonly Entry[] {
  return shown.map(({ id, name }) => ({
    id: `indicator ${id}`,
    label: { zh: `指标：${name.zh}`, en: `Indicator: ${name.en}` },
    keys: undefined,
    code: id,
    run: () => workbench.setSession({ place: { kind: 'indicator', id } }),
  }))
}

function datasetEntries(workbench: Workbench, state: State): readonly Entry[] {
  return state.history.present.datasets.map(({ id, name }) => ({
    id: `dataset ${id}`,
    label: { zh: `数据集：${name}`, en: `Dataset: ${name}` },
    keys: undefined,
    code: undefined,
    run: () => workbench.setSession({ place: { kind: 'dataset', id, table: null } }),
  }))
}

/** The entries that fit what was typed, in either language, best first; all of them for an empty query. */
export function ranked(all: readonly Entry[], query: string): readonly Entry[] {
  if (query.trim() === '') return all
  return all
    .flatMap(entry => {
      const score = bestFit(query, [entry.label.zh, entry.label.en, entry.code ?? ''])
      return score === null ? [] : [{ entry, score }]
    })
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}
