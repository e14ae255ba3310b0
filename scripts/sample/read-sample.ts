import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableFromIPC, type Vector } from 'apache-arrow'
import { type CanonicalName, canonicalTable, keyColumns } from '../../src/domain/canonical.ts'
import { row, type Value, type ValueType } from '../../src/domain/table.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { sampleFileNames, sampleFiles } from './sample-files.ts'

/**
 * All rows of one file of a sample folder, in file order, as they would be before any import check. Without a file it is
 * the one that bears the table's name.
 */
export function readTable<N extends CanonicalName>(
  folder: string,
  name: N,
  file: string = name,
): readonly CanonicalRow<N>[] {
  const table = tableFromIPC(readFileSync(join(folder, `${file}.arrow`)))
  const declared = Object.entries(canonicalTable(name).columns)
  const names = declared.map(([column]) => column)
  const columns = declared.map(([column, { type }]) => decodeColumn(table.getChild(column), type))
  return Array.from(
    { length: table.numRows },
    (_, i) =>
      row(
        names,
        columns.map(values => values[i] ?? null),
      ) as CanonicalRow<N>,
  )
}

/** All rows of a table from all files of a sample folder that hold it, the file of its own name first. */
export function readWhole<N extends CanonicalName>(folder: string, name: N): readonly CanonicalRow<N>[] {
  const files = sampleFileNames.filter(file => sampleFiles[file] === name)
  return files.flatMap(file => readTable(folder, name, file))
}

/** The rows that an import accepts: of rows with the same key, the first. */
export function firstOfEachKey<N extends CanonicalName>(
  name: N,
  rows: readonly CanonicalRow<N>[],
): readonly CanonicalRow<N>[] {
  const key = keyColumns(name)
  const seen = new Set<string>()
  return rows.filter(one => {
    const id = JSON.stringify(key.map(column => (one as Readonly<Record<string, Value>>)[column]))
    return key.length === 0 || (!seen.has(id) && seen.add(id))
  })
}

function decodeColumn(vector: Vector | null, type: ValueType): readonly Value[] {
  if (vector === null) return []
  const values: readonly Value[] = [...vector]
  if (type === 'timestamp') return microseconds(vector)
  if (type === 'date') return values.map(value => (typeof value === 'number' ? value * 1000 : null))
  return values.map(value => (typeof value === 'bigint' ? Number(value) : value))
}

/** apache-arrow 17 reads timestamps as fractional milliseconds; the stored integers are what counts. */
function microseconds(vector: Vector): readonly Value[] {
  return vector.data.flatMap(data =>
    Array.from(data.values as BigInt64Array, (value, i) => (data.getValid(i) ? Number(value) : null)),
  )
}
