import { adapters } from '../adapters/adapter.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import type { Failure } from '../domain/failure.ts'
import type { ImportedFile } from '../domain/file.ts'
import type { Column } from '../domain/table.ts'
import type { DatasetTable } from '../domain/workspace.ts'
import { itemLabel, type OpenItem } from './open-item.ts'
import type { Recipe } from './replay.ts'
import type { ImportItem } from './state.ts'

/** How a file went, in the words of the workspace. A file that was not finished counts as cancelled. */
export function importedFile(item: ImportItem): ImportedFile {
  const { counts } = item
  const unfinished: Failure = { kind: 'cancelled' }
  return {
    name: item.name,
    part: item.part?.id ?? null,
    archive: item.archive,
    sha256: counts?.sha256 ?? '',
    bytes: item.bytes,
    format: item.inspection?.format ?? null,
    adapter: item.adapter,
    adapterVersion: adapters.find(({ id }) => id === item.adapter)?.version ?? null,
    encoding: item.inspection?.encoding ?? null,
    assumedZone: item.options.zone ?? '+00:00',
    choices: {
      readOptions: item.readOptions,
      options: item.options,
      overrides: item.overrides,
      savedMapping: item.savedMapping,
    },
    rowsRead: counts?.rowsRead ?? 0,
    rowsAccepted: counts?.rowsAccepted ?? 0,
    rowsRejected: counts?.rowsRejected ?? 0,
    rejectCounts: counts?.rejectCounts ?? {},
    rejects: counts?.rejects ?? [],
    droppedSecrets: counts?.droppedSecrets ?? item.inspection?.droppedSecrets ?? [],
    doubts: counts?.doubts ?? item.inspection?.doubts ?? [],
    unresolved: counts?.unresolved ?? [],
    failure: item.failure ?? (counts === null ? unfinished : null),
  }
}

/** The tables that a finished item brings: canonical ones, or the raw one where nothing was mapped. */
export function datasetTables({ raw, mapped, incoming, part }: OpenItem): readonly DatasetTable[] {
  if (raw === null) return []
  const file = itemLabel({ name: incoming.name, part })
  if (mapped === null) {
    const { table, columns, summary } = raw
    return [{ table, canonical: null, file, rows: summary.rowsSent, columns }]
  }
  return Object.entries(mapped.outputs).map(([canonical, table]) => ({
    table,
    canonical: canonical as CanonicalName,
    file,
    rows: mapped.rows[canonical as CanonicalName] ?? 0,
    columns: storedColumns(canonical as CanonicalName),
  }))
}

function storedColumns(canonical: CanonicalName): readonly Column[] {
  const declared = Object.entries(canonicalTable(canonical).columns).map(([name, { type }]) => ({
    name,
    type,
  }))
  return [{ name: 'file_id', type: 'text' }, { name: 'row_no', type: 'integer' }, ...declared]
}

/** How to make an item's tables again. */
export function recipeOf({ incoming, readOptions, raw, request, mapped }: OpenItem): Recipe {
  return {
    file: incoming.file,
    name: incoming.name,
    readOptions,
    raw,
    request: mapped === null ? null : request,
  }
}
