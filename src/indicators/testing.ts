import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import type { Chart } from '../domain/chart.ts'
import { type Filters, noFilters } from '../domain/filter.ts'
import type { Row } from '../domain/table.ts'
import type { Engine, ResultSchema } from '../engine/engine.ts'
import { type Cell, type CellType, loadRows, openTestEngine } from '../engine/testing.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import { asOfQuery, asOfResult } from './as-of.ts'
import { type GivenInputs, type Headline, type Indicator, resolveInputs } from './recipe.ts'
import { type LoadedTables, type Scope, scope } from './scope.ts'

/** Canonical table -> rows of a fixture; absent columns are null, times are ISO 8601 text. */
export type Fixture = Readonly<Partial<Record<CanonicalName, readonly Readonly<Record<string, Cell>>[]>>>

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
      if (rows.length > 0) await this.fill(stored, table, rows)
      else await this.execute(sql`create table ${name(stored)} as select * from ${emptyTables[table]}`)
      loaded[table] = [stored]
    }
    return loaded
  }

  private async fill(stored: string, table: CanonicalName, rows: readonly Readonly<Record<string, Cell>>[]) {
    const traced = rows.map(row => ({ file_id: 'fixture', ...row }))
    await loadRows(this.engine, stored, columnsOf(table), traced)
  }

  private async execute(statement: Sql): Promise<void> {
    const answer = await this.engine.execute(statement, new AbortController().signal)
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  }

  async apply(recipe: Indicator, loaded: LoadedTables, given: Circumstances = {}): Promise<Outcome> {
    const scoped = scope(loaded, given.filters ?? noFilters)
    const inputs = resolveInputs(recipe.inputs, given.inputs ?? {})
    const asOf = given.asOf === undefined ? await this.asOf(scoped) : microseconds(given.asOf)
    const rows = await this.select(
      recipe.query(scoped.tables, inputs, { asOf: asOf ?? microseconds('2026-06-30T00:00:00Z') }),
      recipe.result,
    )
    return { rows, headline: recipe.headline(rows, inputs), chart: recipe.chart(rows, inputs) }
  }

  /** Loads, applies, and drops the fixture's tables again. */
  async run(recipe: Indicator, fixture: Fixture, given: Circumstances = {}): Promise<Outcome> {
    const loaded = await this.load(fixture)
    const outcome = await this.apply(recipe, loaded, given)
    await this.drop(loaded)
    return outcome
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

  private async drop(loaded: LoadedTables): Promise<void> {
    for (const stored of Object.values(loaded).flat()) {
      await this.execute(sql`drop table ${name(stored)}`)
    }
  }
}

/** The columns of a canonical table as an import stores them. */
function columnsOf(table: CanonicalName): Record<string, CellType> {
  const declared = Object.entries(canonicalTable(table).columns)
  const columns = declared.map(
    ([column, { type, category }]) => [column, category ? 'category' : type] as const,
  )
  return { file_id: 'text', ...Object.fromEntries(columns) }
}

/** ISO 8601 text as microseconds UTC. */
export function microseconds(iso: string): number {
  return Date.parse(iso) * 1000
}
