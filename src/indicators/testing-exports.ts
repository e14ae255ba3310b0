import type { LoadedTables } from './scope.ts'
import { type Cells, type Circumstances, type Fixture, microseconds, type Trials } from './testing.ts'

/** Loads a fixture and, beside it, lists of platforms as they were exported at times. */
export async function loadExports(
  trials: Trials,
  fixture: Fixture,
  lists: Readonly<Record<string, readonly Cells[]>>,
): Promise<{ readonly loaded: LoadedTables; readonly exports: NonNullable<Circumstances['exports']> }> {
  const loaded = await trials.load(fixture)
  const asOf: Record<string, number> = {}
  for (const [time, platform] of Object.entries(lists)) {
    const [table = ''] = (await trials.load({ platform })).platform ?? []
    asOf[table] = microseconds(time)
  }
  return {
    loaded: { ...loaded, platform: Object.keys(asOf) },
    exports: { asOf, overlapping: ['platform'] },
  }
}
