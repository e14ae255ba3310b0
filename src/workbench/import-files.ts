import { adapters } from '../adapters/adapter.ts'
import { baseName, type Reject, rejectReasons } from '../domain/file.ts'
import { row, type Table } from '../domain/table.ts'
import { tableCsv } from '../exports/export.ts'
import { findItem } from './open-item.ts'
import { savedMappingOf, writeSavedMapping } from './saved-mapping.ts'
import type { Store } from './store.ts'
import type { HomeTaken } from './taking-home.ts'

/** What was chosen for one file of the open import, as a file for the next export of its kind. */
export function mappingFile(store: Store, id: string): HomeTaken {
  const item = findItem(store, id)
  const { history, importing } = store.getState()
  const aliases = [...history.present.aliases, ...(importing?.aliases ?? [])]
  const version = adapters.find(adapter => adapter.id === item.adapter)?.version ?? null
  const mapping = savedMappingOf(item, aliases, version)
  if (mapping === null) throw new Error(`${item.name} has not been looked at`)
  return writeSavedMapping(mapping)
}

/** Rejected rows as CSV: row number, reason (as a code and in words), column, value. */
export function rejectsFile(file: string, rejects: readonly Reject[], language: 'zh' | 'en'): HomeTaken {
  const names = ['row', 'reason', 'reason_text', 'column', 'value'] as const
  const table: Table = {
    columns: names.map(name => ({ name, type: name === 'row' ? 'integer' : 'text' })),
    rows: rejects.map(reject =>
      row(names, [
        reject.row,
        reject.reason,
        rejectReasons[reject.reason][language],
        reject.column,
        reject.value,
      ]),
    ),
  }
  const text = tableCsv(table, { bom: true, neutralise: true })
  return { name: `${baseName(file)}.rejects.csv`, bytes: new TextEncoder().encode(text) }
}
