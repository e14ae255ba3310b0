import { join } from 'node:path'
import { categoriesOf, openTableFile, type WrittenFile } from './arrow-file.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { type SampleFile, sampleFiles } from './sample-files.ts'

/** Writes a table that is held in memory into its file below `out`. */
export function writeTable<F extends SampleFile>(
  out: string,
  file: F,
  rows: readonly CanonicalRow<(typeof sampleFiles)[F]>[],
): WrittenFile {
  const table: (typeof sampleFiles)[F] = sampleFiles[file]
  const written = openTableFile(table, join(out, `${file}.arrow`), categoriesOf(table, rows))
  written.append(rows)
  return written.close()
}
