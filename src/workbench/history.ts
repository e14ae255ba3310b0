import type { Phrase } from '../domain/phrase.ts'
import { type Edit, emptyWorkspace, type Workspace } from '../domain/workspace.ts'

/** The line of workspaces a person has been through; undo and redo walk along it. */
export interface History {
  readonly past: readonly Step[]
  readonly present: Workspace
  readonly future: readonly Step[]
}

/** A workspace to go back (or forward) to, and the name of the edit that lies between. */
export interface Step {
  readonly workspace: Workspace
  readonly edit: Phrase
}

const depth = 100

export const emptyHistory: History = { past: [], present: emptyWorkspace, future: [] }

export function commit(history: History, edit: Edit, name: Phrase): History {
  const next = edit(history.present)
  if (next === history.present) return history
  return {
    past: [...history.past, { workspace: history.present, edit: name }].slice(-depth),
    present: next,
    future: [],
  }
}

export function undo(history: History): History {
  const step = history.past.at(-1)
  if (step === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: step.workspace,
    future: [{ workspace: history.present, edit: step.edit }, ...history.future],
  }
}

export function redo(history: History): History {
  const [step, ...rest] = history.future
  if (step === undefined) return history
  return {
    past: [...history.past, { workspace: history.present, edit: step.edit }],
    present: step.workspace,
    future: rest,
  }
}

/** Engine tables that some reachable workspace still needs. */
export function reachableTables(history: History): ReadonlySet<string> {
  const workspaces = [history.present, ...[...history.past, ...history.future].map(step => step.workspace)]
  return new Set(
    workspaces
      .flatMap(workspace => workspace.datasets)
      .flatMap(dataset => dataset.tables)
      .map(table => table.table),
  )
}
