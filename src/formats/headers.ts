import type { Doubt } from '../domain/file.ts'
import { limits } from './input.ts'
import { overLimit } from './refusal.ts'

/** Column names the engine can hold, in file order, and what had to be changed. */
export interface Header {
  readonly names: readonly string[]
  readonly doubts: readonly Doubt[]
}

/**
 * Gives every column a name of its own: an empty one becomes `column_3`, the second `id` becomes `id_2`. DuckDB
 * compares names without regard to case, so `ID` beside `id` counts as a duplicate; `row_no` is kept for the
 * readers' own column.
 */
export function header(raw: readonly string[]): Header {
  if (raw.length > limits.columns) throw overLimit('columns', raw.length, limits.columns)
  const taken = new Set(['row_no'])
  const wanted = new Set(raw.map(name => name.toLowerCase()))
  const counters = new Map<string, number>()
  const doubts: Doubt[] = []
  const names = raw.map((given, i) => {
    const plain = given.replaceAll('\0', '')
    const base = plain.trim() === '' ? `column_${i + 1}` : plain
    const name = unused(base, taken, wanted, counters)
    taken.add(name.toLowerCase())
    if (base !== plain) doubts.push({ kind: 'empty-header', column: name })
    else if (name !== given) doubts.push({ kind: 'duplicate-header', column: name })
    return name
  })
  return { names, doubts }
}

/** `base`, or `base_2`, `base_3` …, skipping names that other columns of the file already bear. */
function unused(
  base: string,
  taken: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
  counters: Map<string, number>,
): string {
  const key = base.toLowerCase()
  if (!taken.has(key)) return base
  let n = counters.get(key) ?? 2
  while (taken.has(`${key}_${n}`) || wanted.has(`${key}_${n}`)) n++
  counters.set(key, n + 1)
  return `${base}_${n}`
}
