import { type Phrase, same } from '../../domain/phrase.ts'
import type { State, Workbench } from '../../workbench/workbench.ts'
import { menuGroups } from '../../workbench/workbench.ts'
import { bestFit } from './fuzzy.ts'

/** Something that the palette can do or go to. */
export interface Entry {
  readonly id: string
  readonly label: Phrase
  /** Accelerator of the command, if it has one. */
  readonly keys: string | undefined
  /** The menu it stands in, or what it is. */
  readonly group: Phrase | undefined
  run(): void
}

/** Enabled commands (going to an indicator is one of them), then datasets to go to. */
export function entries(workbench: Workbench, state: State): readonly Entry[] {
  const commands = workbench.commands
    .filter(command => command.id !== 'open-palette' && command.enabled(state))
    .map(({ id, label, keys, menu }) => ({
      id,
      label,
      keys,
      group: menu && menuGroups[menu.group],
      run: () => void workbench.run(id),
    }))
  const { datasets } = state.history.present
  if (datasets.length === 0 || state.importing !== null) return commands
  return [...commands, ...datasetEntries(workbench, state)]
}

function datasetEntries(workbench: Workbench, state: State): readonly Entry[] {
  return state.history.present.datasets.map(({ id, name }) => ({
    id: `dataset ${id}`,
    label: same(name),
    keys: undefined,
    group: { zh: '数据集', en: 'Dataset' },
    run: () => workbench.setSession({ place: { kind: 'dataset', id, table: null } }),
  }))
}

/** The entries that fit what was typed, in either language, best first; all of them for an empty query. */
export function ranked(all: readonly Entry[], query: string): readonly Entry[] {
  if (query.trim() === '') return all
  return all
    .flatMap(entry => {
      const score = bestFit(query, [entry.label.zh, entry.label.en])
      return score === null ? [] : [{ entry, score }]
    })
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}
