import type { Failure } from '../domain/failure.ts'
import type { ReadOptions } from '../domain/file.ts'
import { dropTables, type Intake, type MapRequest, mapIn, type RawFile, readIn } from './intake.ts'

/** How a file's tables came about, so that they can be made again in a fresh engine under the same names. */
export interface Recipe {
  readonly file: Blob | null
  readonly name: string
  readonly readOptions: ReadOptions
  readonly raw: RawFile | null
  /** Null where the file stays a raw table. */
  readonly request: MapRequest | null
}

const quiet = { bytes: () => {}, rows: () => {} }

/** A file that could not be brought back, or whose bytes have changed since. */
export interface NotReplayed {
  readonly recipe: Recipe
  readonly failure: Failure
}

/** Makes the tables of all recipes again, in the order in which they first came. Gives those that failed. */
export async function replay(
  intake: Intake,
  recipes: readonly Recipe[],
  signal: AbortSignal,
): Promise<readonly NotReplayed[]> {
  const failures: NotReplayed[] = []
  for (const recipe of recipes) {
    const failure = await replayOne(intake, recipe, signal)
    if (failure !== null) failures.push({ recipe, failure })
  }
  return failures
}

async function replayOne(intake: Intake, recipe: Recipe, signal: AbortSignal): Promise<Failure | null> {
  const { file, name, readOptions: options, raw, request } = recipe
  if (file === null || raw === null) return null
  const read = await readIn(intake, { file, name, options, table: raw.table }, signal, quiet)
  if (!read.ok) return read.failure
  if (read.value.summary.sha256 !== raw.summary.sha256) {
    await dropTables(intake.engine, [raw.table])
    return {
      kind: 'manifest-mismatch',
      file: name,
      expected: raw.summary.sha256,
      actual: read.value.summary.sha256,
    }
  }
  if (request === null) return null
  const mapped = await mapIn(intake, { ...request, raw: read.value }, signal)
  await dropTables(intake.engine, [raw.table])
  return mapped.ok ? null : mapped.failure
}
