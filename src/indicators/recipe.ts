import type { CanonicalName } from '../domain/canonical.ts'
import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row, ValueType } from '../domain/table.ts'
import type { Sql } from '../sql/sql.ts'

/**
 * How rows come about: a statement over canonical tables, and what plain arithmetic adds to its rows. `derive` is for what
 * SQL says badly (survival curves, forecasts, resampling); it is pure and draws only from seeds that stand in the recipe.
 */
export interface Computation<I extends InputDeclarations = InputDeclarations> {
  /** Columns of the result, in order. */
  readonly result: Readonly<Record<string, ValueType>>
  /** Columns of the statement's rows where `derive` turns them into the result; absent where they are the result. */
  readonly queried?: Readonly<Record<string, ValueType>>
  /** One SELECT over the (already filtered) tables; its order must be total, so that the same data gives the same bytes. */
  query(tables: Tables, inputs: InputValues<I>, context: Context): Sql
  /** From the rows of the statement to those of the result. All of the rows are there, or it is not called. */
  derive?(rows: readonly Row[], inputs: InputValues<I>, context: Context): readonly Row[]
}

/** Rows behind a result, looked up when asked for: the failing rows of a quality rule, the cells of a coverage game. */
export interface Detail<I extends InputDeclarations = InputDeclarations> extends Computation<I> {
  readonly name: Phrase
  /** What one row is, and in which order they come. */
  readonly meaning: Phrase
  /** Shown above the rows. */
  chart?(rows: readonly Row[], inputs: InputValues<I>): Chart
}

/** How a number is made from canonical tables: what it needs, the SQL, its result, its chart and its explanation. */
export interface Indicator<I extends InputDeclarations = InputDeclarations> extends Computation<I> {
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
  /** Short names (`cells`, `failing-rows`) -> what can be looked into behind the result. */
  readonly details?: Readonly<Record<string, Detail<I>>>
  /** The headline from the result rows; `missing` where the rows do not carry a value. */
  headline(rows: readonly Row[], inputs: InputValues<I>): Headline
  chart(rows: readonly Row[], inputs: InputValues<I>): Chart
  readonly explanation: Explanation
}

export type IndicatorId = `${'CON' | 'AGG' | 'STR' | 'VAL' | 'PLN'}-${string}`

/** `percent` and `%/a` take a ratio (0.5 is shown as 50%, 0.0627 as 6.27%/a); the others are shown as given. */
export type Unit =
  | 'devices'
  | 'percent'
  | 'ratio'
  | 'effective number'
  | 'GB/d'
  | '%/a'
  | 'h'
  | 's'
  | 'devices/month'
  | 'per 10,000 devices'
  | 'persons'
  | 'index'
  | 'yuan'

/** Canonical table -> the relation to select from, filters applied; usable after `from`, already in brackets or quoted. */
export interface Tables extends Readonly<Record<CanonicalName, Sql>> {
  /** The same relations without filters: for what rows in scope refer to (names, the industry of an operator). */
  readonly whole: Readonly<Record<CanonicalName, Sql>>
  /**
   * All rows of all exports without filters, also those that a later export replaced, with `export_as_of` (timestamp, null
   * where the export does not say) and `export_no` (1 for the oldest).
   */
  readonly history: Readonly<Record<CanonicalName, Sql>>
  /** The relations with all filters but the period: for what a row in the period began from, or ended with. */
  readonly anytime: Readonly<Record<CanonicalName, Sql>>
  /** The period's bounds as timestamps: the first instant, and the first after it; null where there is none. */
  readonly period: { readonly from: Sql | null; readonly until: Sql | null }
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
  /** How far the value may be off; in the value's unit. */
  readonly interval?: Interval
  /** What the value rests on. */
  readonly basis?: Basis
  /** Figures that belong beside the value, with their own names ("registered", "share of data it rests on"). */
  readonly beside?: readonly {
    readonly name: Phrase
    readonly value: number
    readonly format: 'integer' | 'decimal' | 'percent'
  }[]
}

/**
 * - `confidence`: covers the true value in the given share of samples; either end is null where the method gives none
 * - `prediction`: will hold the future value with the given probability
 * - `range`: what the declared assumptions span; it is shown in place of the value, which alone would claim too much
 */
export interface Interval {
  readonly kind: 'confidence' | 'prediction' | 'range'
  readonly low: number | null
  readonly high: number | null
  /** 0.95; absent for a range. */
  readonly level?: number
  /** "Wilson", "log-log of Kaplan–Meier": as an auditor would look it up. */
  readonly method: Phrase
}

export interface Basis {
  readonly n: number
  /** What is counted by n: devices, sessions, platforms. */
  readonly of: Phrase
  /** The share of what is in scope that the value rests on, 0 to 1; null where there is no telling. */
  readonly share: number | null
}

/** What an auditor reads beside the number: plain text, one paragraph each. */
export interface Explanation {
  readonly meaning: Phrase
  /** LaTeX math (without `$`) in the field's usual notation and in no language; long ones in lines of `aligned`. */
  readonly formula: string
  /** What its symbols stand for, TeX between dollar signs: `$n$: number of platforms; $x_i$: devices of platform $i$`. */
  readonly symbols?: Phrase
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
      /** By how much the field steps; values lie on it. Absent: 1. */
      readonly step?: number
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
