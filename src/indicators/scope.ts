import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import { activeFilters, type FilterName, type Filters } from '../domain/filter.ts'
import type { ValueType } from '../domain/table.ts'
import type { PlanTarget } from '../domain/target.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { dated, type Exports, latest, union, unknownExports } from './exports.ts'
import type { Tables } from './recipe.ts'
import { type SessionWindow, sessionsFrom } from './sessions.ts'

/** Canonical table -> the engine's tables that hold its rows. Each has every canonical column, `file_id` and `row_no`. */
export type LoadedTables = Readonly<Partial<Record<CanonicalName, readonly string[]>>>

/** The canonical relations with the board's filters applied, and the knowledge of which filters bit where. */
export interface Scope {
  readonly tables: Tables
  /** The set filters that at least one of these loaded tables obeys (give it a recipe's `needs` and `uses`). */
  obeyed(names: readonly CanonicalName[]): readonly FilterName[]
  /** The set filters that none of them can obey: the figure shows everything in that respect, and must say so. */
  unobeyed(names: readonly CanonicalName[]): readonly FilterName[]
}

/**
 * The time by which a table is cut to the period. Tables without one (platform, organisation, device, data_asset,
 * plan_target) describe a stock: a period does not choose among their rows, so they are reported, not cut. A snapshot
 * is an observation made at a time: the period chooses among snapshots.
 */
const clocks: Partial<Record<CanonicalName, Sql>> = {
  conn_event: name('ts_event'),
  ingest_batch: name('window_start'),
  asset_usage: name('month'),
  device_snapshot: name('as_of'),
  telemetry: name('ts_event'),
  session: name('start'),
  usage: name('month'),
  community: name('month'),
  contract: name('start'),
}

/** What stands beside the imported rows. */
export interface Circumstances {
  readonly targets?: readonly PlanTarget[]
  readonly exports?: Exports
}

/**
 * Narrows the loaded tables to the filters, and adds the person's own targets to those imported. Where exports overlap,
 * the latest one's rows stand. A table without rows to select from becomes a typed empty relation.
 */
export function scope(
  loaded: LoadedTables,
  filters: Filters,
  { targets = [], exports = unknownExports }: Circumstances = {},
): Scope {
  const imported = relations(canonical => rowsOf(canonical, loaded[canonical] ?? [], exports))
  const history = relations(canonical => datedRows(canonical, loaded[canonical] ?? [], exports))
  const stored = { ...imported, plan_target: withTargets(imported.plan_target, targets) }
  const derivesSessions = holds(loaded, 'conn_event') && !holds(loaded, 'session')
  const whole = derivesSessions ? { ...stored, session: sessionsOf(stored.conn_event) } : stored
  const active = activeFilters(filters)
  const isLoaded = (table: CanonicalName) => holds(loaded, table) || (table === 'session' && derivesSessions)
  const conditionsOn = (table: CanonicalName) =>
    active.flatMap(filter => {
      const condition = conditionOf(filter, { table, filters, whole, isLoaded })
      return condition === null ? [] : [{ filter, condition }]
    })
  const obeyed = (names: readonly CanonicalName[]) => {
    const found = names.filter(isLoaded).flatMap(table => conditionsOn(table).map(({ filter }) => filter))
    return active.filter(filter => found.includes(filter))
  }
  const narrowed = relations(table => cut(whole[table], isLoaded(table) ? conditionsOn(table) : []))
  const conditionsAnytime = (table: CanonicalName) =>
    conditionsOn(table).filter(({ filter }) => filter !== 'period')
  const withoutPeriod = relations(table => cut(whole[table], isLoaded(table) ? conditionsAnytime(table) : []))
  // Sessions are told from all events of the devices in scope, then cut to the period: some begin or end outside it.
  const [session, anytimeSession] = derivesSessions
    ? [sessionsOf(withoutPeriod.conn_event, period(filters)), sessionsOf(withoutPeriod.conn_event)]
    : [narrowed.session, withoutPeriod.session]
  const anytime = { ...withoutPeriod, session: anytimeSession }
  return {
    tables: { ...narrowed, session, whole, history, anytime, period: period(filters) },
    obeyed,
    unobeyed: names => active.filter(filter => !obeyed(names).includes(filter)),
  }
}

/** `plan_target` with the targets that a person has set; they stand in place of imported ones. */
function withTargets(imported: Sql, targets: readonly PlanTarget[]): Sql {
  if (targets.length === 0) return imported
  const own = targets.map(
    ({ indicator, scope, baseDate, baseValue, baseIsFloor, targetDate, targetValue, source }) => sql`
      select ${indicator} as indicator, ${scope} as scope, ${baseDate}::date as base_date,
        ${baseValue}::double as base_value, ${baseIsFloor} as base_is_floor, ${targetDate}::date as target_date,
        ${targetValue}::double as target_value, ${source} as source`,
  )
  return sql`(
    with own as (${join(own, ' union all by name ')})
    select * from own
    union all by name
    select * from ${imported} where (indicator, scope) not in (select indicator, scope from own)
  )`
}

function holds(loaded: LoadedTables, table: CanonicalName): boolean {
  return (loaded[table] ?? []).length > 0
}

function sessionsOf(events: Sql, window?: SessionWindow): Sql {
  return sql`(${sessionsFrom(events, window)})`
}

/** The instants between which the whole days of the filters lie. */
function period({ from, to }: Filters): SessionWindow {
  return {
    from: from === null ? null : sql`${from}::date::timestamp`,
    until: to === null ? null : sql`(${to}::date + 1)::timestamp`,
  }
}

interface Question {
  readonly table: CanonicalName
  readonly filters: Filters
  readonly whole: Tables['whole']
  readonly isLoaded: (table: CanonicalName) => boolean
}

/** The condition by which a table obeys a filter; null where its rows do not tell. */
function conditionOf(filter: FilterName, question: Question): Sql | null {
  const { filters, whole, isLoaded } = question
  switch (filter) {
    case 'platform':
      return onPlatform(question, sql`${filters.platforms}`)
    case 'province':
      return inProvince(question)
    case 'industry':
      return inIndustry(question)
    case 'ownership':
      return ofOrganisations(question, sql`ownership in ${filters.ownerships}`)
    case 'size':
      return ofOrganisations(question, sql`size in ${filters.sizes}`)
    case 'period':
      return inPeriod(question)
    case 'tier': {
      if (!isLoaded('platform')) return null
      const ofTier = sql`(select platform_id from ${whole.platform} where tier in ${filters.tiers})`
      return onPlatform(question, ofTier)
    }
  }
}

/** Rows of the platforms; a link is of both its ends, and an asset's usage of the asset's platform. */
function onPlatform({ table, whole, isLoaded }: Question, platforms: Sql): Sql | null {
  const condition = sql`platform_id in ${platforms}`
  if (table === 'usage') return usageOnPlatform(whole, condition)
  if (has(table, 'platform_id')) return condition
  if (table === 'platform_link') {
    return sql`(${name('from')} in ${platforms} or ${name('to')} in ${platforms})`
  }
  if (!has(table, 'asset_id') || !isLoaded('data_asset')) return null
  return sql`asset_id in (select asset_id from ${whole.data_asset} where ${condition})`
}

/** By the row's own platform, else by that of the model or application used. */
function usageOnPlatform(whole: Question['whole'], condition: Sql): Sql {
  const of = (kind: 'application' | 'model') =>
    sql`(subject_kind = ${kind} and subject_id in (select ${name(`${kind}_id`)} from ${whole[kind]} where ${condition}))`
  return sql`(${condition} or (platform_id is null and (${of('application')} or ${of('model')})))`
}

/** By the row's own province, else by its device's, else by its platform's. */
function inProvince(question: Question): Sql | null {
  const { table, filters, whole, isLoaded } = question
  const own = sql`province_code in ${filters.provinces}`
  if (has(table, 'province_code')) return own
  if (has(table, 'device_id') && isLoaded('device')) return onDevice(question, own)
  if (!isLoaded('platform')) return null
  return onPlatform(question, sql`(select platform_id from ${whole.platform} where ${own})`)
}

/** By the row's own industry, else by that of what it is about, else by its organisation's or its platform operator's. */
function inIndustry(question: Question): Sql | null {
  const { table, filters, whole, isLoaded } = question
  const own = sql`left(industry_code::varchar, 2) in ${filters.industries}`
  if (has(table, 'industry_code')) return own
  if (table === 'usage' && (isLoaded('application') || isLoaded('model'))) {
    const of = (kind: 'application' | 'model') =>
      sql`(subject_kind = ${kind} and subject_id in (select ${name(`${kind}_id`)} from ${whole[kind]} where ${own}))`
    return sql`(${of('application')} or ${of('model')})`
  }
  if (has(table, 'device_id') && isLoaded('device')) return onDevice(question, own)
  return ofOrganisations(question, own)
}

/** By the row's organisation (a device's owner, a contract's customer), else by its device's, else by its platform's operator. */
function ofOrganisations(question: Question, condition: Sql): Sql | null {
  const { table, whole, isLoaded } = question
  if (table === 'organisation') return condition
  if (!isLoaded('organisation')) return null
  const own = sql`org_id in (select org_id from ${whole.organisation} where ${condition})`
  if (has(table, 'org_id')) return own
  if (has(table, 'device_id') && isLoaded('device')) return onDevice(question, own)
  if (!isLoaded('platform')) return null
  return onPlatform(question, sql`(select platform_id from ${whole.platform} where ${own})`)
}

function onDevice({ whole }: Question, condition: Sql): Sql {
  return sql`(platform_id, device_id) in (select platform_id, device_id from ${whole.device} where ${condition})`
}

/** Whole days UTC, the last one included. */
function inPeriod({ table, filters: { from, to } }: Question): Sql | null {
  const clock = clocks[table]
  if (!clock) return null
  const bounds = []
  if (from !== null) bounds.push(sql`${clock} >= ${from}::date`)
  if (to !== null) bounds.push(sql`${clock} < ${to}::date + 1`)
  return join(bounds, ' and ')
}

function cut(relation: Sql, conditions: readonly { readonly condition: Sql }[]): Sql {
  if (conditions.length === 0) return relation
  const all = join(
    conditions.map(({ condition }) => condition),
    ' and ',
  )
  return sql`(select * from ${relation} where ${all})`
}

function rowsOf(canonical: CanonicalName, engineTables: readonly string[], exports: Exports): Sql {
  if (engineTables.length === 0) return nothing(canonical)
  return exports.overlapping.includes(canonical)
    ? latest(canonical, engineTables, exports)
    : union(engineTables)
}

function datedRows(canonical: CanonicalName, engineTables: readonly string[], exports: Exports): Sql {
  if (engineTables.length > 0) return dated(engineTables, exports)
  return sql`(select *, null::timestamp as export_as_of, null::integer as export_no from ${nothing(canonical)})`
}

const types: Readonly<Record<ValueType, Sql>> = {
  text: sql`null::varchar`,
  integer: sql`null::bigint`,
  number: sql`null::double`,
  boolean: sql`null::boolean`,
  timestamp: sql`null::timestamp`,
  date: sql`null::date`,
}

/** The table's columns without a row. */
function nothing(canonical: CanonicalName): Sql {
  const declared = Object.entries(canonicalTable(canonical).columns)
  const columns = declared.map(([column, { type }]) => sql`${types[type]} as ${name(column)}`)
  const stored = [sql`${types.text} as file_id`, sql`${types.integer} as row_no`]
  return sql`(select ${join([...columns, ...stored])} where false)`
}

function relations(of: (canonical: CanonicalName) => Sql): Tables['whole'] {
  return Object.fromEntries(canonicalNames.map(canonical => [canonical, of(canonical)])) as Tables['whole']
}

function has(table: CanonicalName, column: string): boolean {
  return Object.hasOwn(canonicalTable(table).columns, column)
}
