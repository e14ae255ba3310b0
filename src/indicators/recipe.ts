import type { CanonicalName } from '../domain/canonical.ts'
import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row, ValueType } from '../domain/table.ts'
import type { Sql } from '../sql/sql.ts'

/** How a number is made from canonical tables: what it needs, the SQL, its result, its chart and its explanation. */
export interface Indicator<I extends InputDeclarations = InputDeclarations> {
  readonly id: IndicatorId
  /** Raised whenever the same data would give another number. */
  readonly version: number
  readonly name: Phrase
  readonly unit: Unit
  readonly source: string
  /** Canonical tables without which there is nothing to compute. */
  readonly needs: readonly CanonicalName[]
  /** Tables that are used where present. Absent ones are given as empty tables. */
  readonly uses?: readonly CanonicalName[]
  /** Counts a stock at `asOf`, so that the end of a period acts on it though none of its tables is cut. */
  readonly atAsOf?: true
  readonly inputs: I
  /** Columns of the query's result, in order. */
  readonly result: Readonly<Record<string, ValueType>>
  /** One SELECT over the (already filtered) tables; its order must be total, so that the same data gives the same bytes. */
  query(tables: Tables, inputs: InputValues<I>, context: Context): Sql
  /** The headline from the result rows; `missing` where the rows do not carry a value. */
  headline(rows: readonly Row[], inputs: InputValues<I>): Headline
  chart(rows: readonly Row[], inputs: InputValues<I>): Chart
  readonly explanation: Explanation
}

export type IndicatorId = `${'CON' | 'AGG' | 'STR' | 'VAL' | 'PLN'}-${string}`

/** `percent` and `%/a` take a ratio (0.5 is shown as 50%, 0.0627 as 6.27%/a); the others are shown as given. */
export type Unit = 'devices' | 'percent' | 'ratio' | 'effective number' | 'GB/d' | '%/a'

/** Canonical table -> the relation to select from, filters applied; usable after `from`, already in brackets or quoted. */
export interface Tables extends Readonly<Record<CanonicalName, Sql>> {
  /** The same relations without filters: for what rows in scope refer to (names, the industry of an operator). */
  readonly whole: Readonly<Record<CanonicalName, Sql>>
}

export interface Context {
  /** The time the data speaks of, microseconds UTC; never the clock of this machine. */
  readonly asOf: number
}

export interface Headline {
  /** In the indicator's unit (percent as a ratio); null when the data does not carry it. */
  readonly value: number | null
  /** What is missing when the value is null: tables or columns. */
  readonly missing?: readonly string[]
  /** Figures that belong beside the value, with their own names ("registered", "share of data it rests on"). */
  readonly beside?: readonly {
    readonly name: Phrase
    readonly value: number
    readonly format: 'integer' | 'decimal' | 'percent'
  }[]
}

/** What an auditor reads beside the number: plain text, one paragraph each; the formula in the field's usual notation. */
export interface Explanation {
  readonly meaning: Phrase
  readonly formula: string
  readonly source: Phrase
  readonly cautions: Phrase
}

export type InputDeclaration =
  | {
      readonly kind: 'choice'
      readonly name: Phrase
      readonly choices: Readonly<Record<string, Phrase>>
      readonly default: string
    }
  | {
      readonly kind: 'number'
      readonly name: Phrase
      readonly unit?: Phrase
      readonly min: number
      readonly max: number
      readonly default: number
    }

export type InputDeclarations = Readonly<Record<string, InputDeclaration>>

export type InputValues<I extends InputDeclarations> = {
  readonly [K in keyof I]: I[K] extends { kind: 'number' }
    ? number
    : I[K] extends { kind: 'choice' }
      ? string
      : string | number
}

/** What a person has set, before defaults are filled in. */
export type GivenInputs = Readonly<Record<string, string | number>>

/** Checks a recipe at compile time and keeps its input types. */
export function indicator<const I extends InputDeclarations>(recipe: Indicator<I>): Indicator<I> {
  return recipe
}

/** Declared inputs with their defaults, what was given on top; values outside the declaration are ignored. */
export function resolveInputs<I extends InputDeclarations>(declared: I, given: GivenInputs): InputValues<I> {
  const resolved = Object.entries(declared).map(([name, declaration]) => [
    name,
    resolveInput(declaration, given[name]),
  ])
  return Object.fromEntries(resolved) as InputValues<I>
}

function resolveInput(declaration: InputDeclaration, given: string | number | undefined): string | number {
  if (declaration.kind === 'number') {
    const fits = typeof given === 'number' && given >= declaration.min && given <= declaration.max
    return fits ? given : declaration.default
  }
  return typeof given === 'string' && Object.hasOwn(declaration.choices, given) ? given : declaration.default
}
