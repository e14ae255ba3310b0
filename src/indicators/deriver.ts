import type { Row } from '../domain/table.ts'
import { computationOf, derivedRows } from './apply.ts'
import { catalogue } from './catalogue.ts'
import type { Context } from './recipe.ts'

/** The rows of a statement, and the computation whose result follows from them. */
export interface Derivation {
  readonly indicator: string
  /** Which of its details; null for the indicator itself. */
  readonly detail: string | null
  readonly rows: readonly Row[]
  readonly inputs: Readonly<Record<string, number | string>>
  readonly context: Context
}

/** Does the arithmetic that follows a statement. What a recipe throws rejects; so does an abort, by its reason. */
export interface Deriver {
  derive(derivation: Derivation, signal: AbortSignal): Promise<readonly Row[]>
  close(): void
}

/** The rows of the result. Throws what the recipe throws. */
export function derive({ indicator, detail, rows, inputs, context }: Derivation): readonly Row[] {
  const recipe = catalogue.find(({ id }) => id === indicator)
  if (recipe === undefined) throw new Error(`there is no indicator ${indicator}`)
  return derivedRows(computationOf(recipe, detail), rows, inputs, context)
}

/** The deriver that works where it is called: in the page's worker, and in Node. */
export function directDeriver(): Deriver {
  return {
    derive: async (derivation, signal) => {
      signal.throwIfAborted()
      return derive(derivation)
    },
    close: () => {},
  }
}
