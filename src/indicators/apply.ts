import type { Row, ValueType } from '../domain/table.ts'
import type { Computation, Context, Indicator, InputDeclarations, InputValues } from './recipe.ts'

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

/** An indicator itself, or one of its details by name. Throws where it has no such detail. */
export function computationOf(indicator: Indicator, detail: string | null): Computation {
  if (detail === null) return indicator
  const found = indicator.details?.[detail]
  if (found === undefined) throw new Error(`${indicator.id} has no detail ${detail}`)
  return found
}
