import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import type { Chart } from '../domain/chart.ts'
import { type Filters, noFilters } from '../domain/filter.ts'
import type { Row, Value, ValueType } from '../domain/table.ts'
import type { PlanTarget } from '../domain/target.ts'
import type { Engine, ResultSchema } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { derivedRows, queriedColumns } from './apply.ts'
import { asOfQuery, asOfResult } from './as-of.ts'
import type { Exports } from './exports.ts'
import {
  type Computation,
  type Context,
  type GivenInputs,
  type Headline,
  type Indicator,
  resolveInputs,
} from './recipe.ts'
import { type LoadedTables, type Scope, scope } from './scope.ts'

/** A row of a fixture. */
export type Cells = Readonly<Record<string, Value>>

/** Canonical table -> rows of a fixture; absent columns are null, times are ISO 8601 text. */
export type Fixture = Readonly<Partial<Record<CanonicalName, readonly Cells[]>>>

/** A recipe applied to a fixture. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly headline: Headline
  readonly chart: Chart
}

/** What a trial may set besides the rows. Without `asOf` it is what `asOfQuery` says, and 2026-06-30 where that is null. */
export interface Circumstances {
  readonly inputs?: GivenInputs
  readonly filters?: Filters
  readonly asOf?: string
  readonly targets?: readonly PlanTarget[]
  readonly exports?: Exports
}

const emptyTables = scope({}, noFilters).tables

/** Loads fixtures into the real engine and applies recipes to them, as the workbench does. */
export class Trials {
  readonly engine: Engine
  private loads = 0

  constructor(engine: Engine) {
    this.engine = engine
  }

  static async open(): Promise<Trials> {
    return new Trials(await openTestEngine())
  }

  /** Fills one engine table a canonical table; category columns become ENUMs, as imports make them. */
  async load(fixture: Fixture): Promise<LoadedTables> {
    const loaded: Partial<Record<CanonicalName, readonly string[]>> = {}
    for (const table of canonicalNames) {
      const rows = fixture[table]
      if (!rows) continue
      const stored = `${table}_${++this.loads}`
      await this.execute(sql`create table ${name(stored)} as ${contents(table, rows)}`)
      loaded[table] = [stored]
    }
    return loaded
  }

  async drop(table: string): Promise<void> {
    await this.execute(sql`drop table ${name(table)}`)
  }

  private async execute(statement: Sql): Promise<void> {
    const answer = await this.engine.execute(statement, new AbortController().signal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  }

  /** Applies a recipe to loaded tables, as the workbench does. */
  async apply(recipe: Indicator, loaded: LoadedTables, given: Circumstances = {}): Promise<Outcome> {
    const scoped = scope(loaded, given.filters ?? noFilters, given)
    const inputs = resolveInputs(recipe.inputs, given.inputs ?? {})
    const asOf = given.asOf === undefined ? await this.asOf(scoped) : microseconds(given.asOf)
    const context = { asOf: asOf ?? microseconds('2026-06-30T00:00:00Z') }
    const rows = await this.compute(recipe, scoped, inputs, context)
    return { rows, headline: recipe.headline(rows, inputs), chart: recipe.chart(rows, inputs) }
  }

  /** The rows of one of a recipe's details on loaded tables. */
  async detail(
    recipe: Indicator,
    detail: string,
    loaded: LoadedTables,
    given: Circumstances = {},
  ): Promise<readonly Row[]> {
    const computation = recipe.details?.[detail]
    if (!computation) throw new Error(`${recipe.id} has no detail ${detail}`)
    const scoped = scope(loaded, given.filters ?? noFilters, given)
    const asOf = given.asOf === undefined ? await this.asOf(scoped) : microseconds(given.asOf)
    const inputs = resolveInputs(recipe.inputs, given.inputs ?? {})
    return this.compute(computation, scoped, inputs, { asOf: asOf ?? microseconds('2026-06-30T00:00:00Z') })
  }

  private async compute(
    computation: Computation,
    { tables }: Scope,
    inputs: GivenInputs,
    context: Context,
  ): Promise<readonly Row[]> {
    const statement = computation.query(tables, inputs, context)
    const rows = await this.select(statement, queriedColumns(computation))
    return derivedRows(computation, rows, inputs, context)
  }

  /** Loads a fixture and applies a recipe to it. */
  async run(recipe: Indicator, fixture: Fixture, given: Circumstances = {}): Promise<Outcome> {
    return this.apply(recipe, await this.load(fixture), given)
  }

  async asOf(scoped: Scope): Promise<number | null> {
    const [first] = await this.select(asOfQuery(scoped.tables), asOfResult)
    return (first?.as_of ?? null) as number | null
  }

  async select(statement: Sql, result: ResultSchema): Promise<readonly Row[]> {
    const answer = await this.engine.query(statement, result, new AbortController().signal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
    return answer.value.rows
  }
}

/** A SELECT of the rows with every canonical column, `file_id` and `row_no`, in the types in which imports store them. */
function contents(table: CanonicalName, rows: readonly Cells[]): Sql {
  if (rows.length === 0) return sql`select * from ${emptyTables[table]}`
  const declared = Object.entries(canonicalTable(table).columns)
  const stray = rows
    .flatMap(row => Object.keys(row))
    .find(key => !declared.some(([column]) => column === key))
  if (stray !== undefined) throw new Error(`${table} has no column ${stray}`)
  const tuples = rows.map(
    (row, i) =>
      sql`(${join([sql`'fixture'`, sql`${i + 1}`, ...declared.map(([column]) => sql`${row[column] ?? null}`)])})`,
  )
  const names = ['file_id', 'row_no', ...declared.map(([column]) => column)].map(column => name(column))
  const stored = declared.map(([column, { type, category }]) => {
    const values = new Set(rows.flatMap(row => (typeof row[column] === 'string' ? [row[column]] : [])))
    return sql`${name(column)}::${category && values.size > 0 ? sql`enum ${[...values]}` : types[type]} as ${name(column)}`
  })
  const trace = sql`file_id::varchar as file_id, row_no::bigint as row_no`
  return sql`select ${join([trace, ...stored])} from (values ${join(tuples)}) as given(${join(names)})`
}

const types: Readonly<Record<ValueType, Sql>> = {
  text: sql`varchar`,
  integer: sql`bigint`,
  number: sql`double`,
  boolean: sql`boolean`,
  timestamp: sql`timestamp`,
  date: sql`date`,
}

/** ISO 8601 text as microseconds UTC. */
export function microseconds(iso: string): number {
  return Date.parse(iso) * 1000
}

/** The figures beside a headline, by their English names. */
export function besides({ beside = [] }: Headline): Readonly<Record<string, number>> {
  return Object.fromEntries(beside.map(({ name, value }) => [name.en, value]))
}
