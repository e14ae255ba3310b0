import type { Row, ValueType } from '../domain/table.ts'
import type { Computation, Context, InputDeclarations, InputValues } from './recipe.ts'

/** More rows than this are not handed to `derive`: recipes group in SQL what could be longer. */
export const mostDerived = 1_000_000

/** The columns of a computation's own statement. */
export function queriedColumns({
  queried,
  result,
}: Pick<Computation, 'queried' | 'result'>): Readonly<Record<string, ValueType>> {
  return queried ?? result
}

/** The rows of the result from all rows of the statement. */
export function derivedRows<I extends InputDeclarations>(
  computation: Computation<I>,
  rows: readonly Row[],
  inputs: InputValues<I>,
  context: Context,
): readonly Row[] {
  return computation.derive ? computation.derive(rows, inputs, context) : rows
}
