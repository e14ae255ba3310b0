/** What loading a sample and computing indicators runs through, for the benchmark to bundle. */
export { canonicalTable } from '../src/domain/canonical.ts'
export { noFilters } from '../src/domain/filter.ts'
export {
  asOfQuery,
  asOfResult,
  catalogue,
  derivedRows,
  mostDerived,
  queriedColumns,
  resolveInputs,
  scope,
} from '../src/indicators/indicator.ts'
export { name, sql } from '../src/sql/sql.ts'
export * from './import-path.ts'
