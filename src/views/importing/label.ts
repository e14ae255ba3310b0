import { fileLabel } from '../../domain/file.ts'
import type { ImportItem } from '../../workbench/workbench.ts'

/** A table of a file as people are shown it. */
export function labelOf({ name, part }: Pick<ImportItem, 'name' | 'part'>): string {
  return fileLabel({ name, part: part?.id ?? null })
}
