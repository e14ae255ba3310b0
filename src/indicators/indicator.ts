/** The door of the indicators: the catalogue of recipes, and what is needed to apply one to loaded tables. */
import type { Deriver } from './deriver.ts'
import { workerDeriver } from './worker-deriver.ts'

/** The deriver of the page, with a worker of its own. */
export function openDeriver(): Deriver {
  return workerDeriver(() => new Worker(new URL('./derive.worker.ts', import.meta.url), { type: 'module' }))
}

export { computationOf, derivedRows, mostDerived, queriedColumns } from './apply.ts'
export { asOfQuery, asOfResult } from './as-of.ts'
export { catalogue } from './catalogue.ts'
export { columnName } from './column-name.ts'
export { type Deriver, directDeriver } from './deriver.ts'
export {
  type Fate,
  fateCounts,
  fateCountsResult,
  fateRows,
  fateRowsResult,
  fates,
  isComparable,
  type TablePair,
} from './difference.ts'
export { type Exports, overlap, unknownExports } from './exports.ts'
export {
  peerPlatforms,
  peerPlatformsResult,
  platformsSeen,
  platformsSeenResult,
} from './peers.ts'
export {
  type Basis,
  type Computation,
  type Context,
  type Detail,
  type Explanation,
  type GivenInputs,
  type Headline,
  type Indicator,
  type IndicatorId,
  type InputDeclaration,
  type InputDeclarations,
  type InputValues,
  type Interval,
  indicator,
  resolveInputs,
  type Tables,
  type Unit,
} from './recipe.ts'
export { type LoadedTables, type Scope, scope } from './scope.ts'
export { certaintyTexts, headlineText, headlineValue } from './words.ts'
