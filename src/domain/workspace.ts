import type { Alias } from './alias.ts'
import type { CanonicalName } from './canonical.ts'
import { fileLabel, type ImportedFile } from './file.ts'
import { type Filters, noFilters } from './filter.ts'
import type { Column } from './table.ts'
import type { PlanTarget } from './target.ts'

/** All that a person has made: plain, immutable, versioned JSON. Results are computed from it and kept elsewhere. */
export interface Workspace {
  readonly version: 1
  readonly datasets: readonly Dataset[]
  readonly filters: Filters
  /** Indicator id -> inputs that differ from the recipe's defaults. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string | number>>>>
  /** What the person has said that names in exports stand for; later imports are read with it. */
  readonly aliases: readonly Alias[]
  /** Targets that the person has set; each stands in place of an imported one for the same indicator and scope. */
  readonly targets: readonly PlanTarget[]
}

/** What came in together: a data package, a folder, or the files of one drop. */
export interface Dataset {
  readonly id: string
  readonly name: string
  readonly synthetic: boolean
  /** The time the export speaks of, where it says so itself; ISO 8601 UTC. */
  readonly asOf: string | null
  readonly files: readonly ImportedFile[]
  /** Labels of files and sheets that were there and were left out. */
  readonly leftOut: readonly string[]
  readonly tables: readonly DatasetTable[]
}

/** A table in the engine that belongs to a dataset; `canonical` is null where nothing recognised the file. */
export interface DatasetTable {
  readonly table: string
  readonly canonical: CanonicalName | null
  /** The label of its file. */
  readonly file: string
  readonly rows: number
  readonly columns: readonly Column[]
}

/** A change of the workspace; exports and other deeds without a trace in it give none. */
export type Edit = (workspace: Workspace) => Workspace

export const emptyWorkspace: Workspace = {
  version: 1,
  datasets: [],
  filters: noFilters,
  inputs: {},
  aliases: [],
  targets: [],
}

export function addDataset(dataset: Dataset): Edit {
  return workspace => ({ ...workspace, datasets: [...workspace.datasets, dataset] })
}

/** A file of a dataset that another one, a corrected export, takes the place of. */
export interface Replacement {
  readonly dataset: string
  /** Its label. */
  readonly file: string
}

/** Puts a file and its tables in the place of an earlier one. */
export function replaceFile(
  { dataset: id, file: label }: Replacement,
  file: ImportedFile,
  tables: readonly DatasetTable[],
): Edit {
  const replaced = (dataset: Dataset): Dataset => ({
    ...dataset,
    files: dataset.files.map(old => (fileLabel(old) === label ? file : old)),
    tables: [...dataset.tables.filter(table => table.file !== label), ...tables],
  })
  return workspace => ({
    ...workspace,
    datasets: workspace.datasets.map(dataset => (dataset.id === id ? replaced(dataset) : dataset)),
  })
}

/** Adds what names stand for; a name decided before takes the new meaning. */
export function addAliases(aliases: readonly Alias[]): Edit {
  return workspace => {
    if (aliases.length === 0) return workspace
    const decided = new Set(aliases.map(aliasKey))
    const others = workspace.aliases.filter(old => !decided.has(aliasKey(old)))
    return { ...workspace, aliases: [...others, ...aliases] }
  }
}

/** Forgets what a name stands for; rows that are imported already stay as they are. */
export function removeAlias(alias: Alias): Edit {
  return workspace => ({
    ...workspace,
    aliases: workspace.aliases.filter(old => aliasKey(old) !== aliasKey(alias)),
  })
}

function aliasKey({ kind, raw }: Alias): string {
  return JSON.stringify([kind, raw.trim().toLowerCase()])
}

/** Says what time a dataset's export speaks of, where it does not say so itself; ISO 8601 UTC. */
export function setExportTime(id: string, asOf: string | null): Edit {
  return workspace => ({
    ...workspace,
    datasets: workspace.datasets.map(dataset => (dataset.id === id ? { ...dataset, asOf } : dataset)),
  })
}

/** Filters may name platforms that leave with the dataset; they are kept, and show as matching nothing. */
export function removeDataset(id: string): Edit {
  return workspace => ({ ...workspace, datasets: workspace.datasets.filter(dataset => dataset.id !== id) })
}

export function setFilters(filters: Filters): Edit {
  return workspace => ({ ...workspace, filters })
}

/** Sets one input of an indicator; `undefined` goes back to the recipe's default. */
export function setInput(indicator: string, input: string, value: string | number | undefined): Edit {
  return workspace => {
    const { [input]: _dropped, ...others } = workspace.inputs[indicator] ?? {}
    const inputs = value === undefined ? others : { ...others, [input]: value }
    return { ...workspace, inputs: { ...workspace.inputs, [indicator]: inputs } }
  }
}

/** Sets targets; one for the same indicator and scope takes the place of the earlier one. */
export function setTargets(targets: readonly PlanTarget[]): Edit {
  return workspace => ({
    ...workspace,
    targets: [
      ...workspace.targets.filter(old => !targets.some(target => isSameTarget(old, target))),
      ...targets,
    ],
  })
}

export function removeTarget(target: Pick<PlanTarget, 'indicator' | 'scope'>): Edit {
  return workspace => ({
    ...workspace,
    targets: workspace.targets.filter(old => !isSameTarget(old, target)),
  })
}

function isSameTarget(
  a: Pick<PlanTarget, 'indicator' | 'scope'>,
  b: Pick<PlanTarget, 'indicator' | 'scope'>,
): boolean {
  return a.indicator === b.indicator && a.scope === b.scope
}

/** Canonical table -> the engine tables that hold its rows, over all datasets. */
export function canonicalSources(
  workspace: Workspace,
): Readonly<Partial<Record<CanonicalName, readonly string[]>>> {
  const sources: Partial<Record<CanonicalName, string[]>> = {}
  for (const { table, canonical } of workspace.datasets.flatMap(dataset => dataset.tables)) {
    if (canonical !== null) sources[canonical] = [...(sources[canonical] ?? []), table]
  }
  return sources
}
