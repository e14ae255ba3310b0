import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, type Value } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import { platformNames } from './device-group.ts'
import type { InputValues, Tables } from './recipe.ts'

/** What a platform's portfolio is; the same for every indicator of differentiation. */
export const portfolioInputs = {
  of: {
    kind: 'choice',
    name: { zh: '组合包含', en: 'Portfolio of' },
    choices: {
      both: { zh: '模型与应用', en: 'Models and applications' },
      models: { zh: '仅模型', en: 'Models' },
      applications: { zh: '仅应用', en: 'Applications' },
    },
    default: 'both',
  },
  classes: {
    kind: 'choice',
    name: { zh: '类别', en: 'Classes' },
    choices: {
      both: { zh: '行业 × 功能', en: 'Industry × function' },
      industry: { zh: '行业', en: 'Industry' },
      function: { zh: '功能', en: 'Function' },
    },
    default: 'both',
  },
  unknown: {
    kind: 'choice',
    name: { zh: '行业或功能未知的', en: 'Of unknown industry or function' },
    choices: {
      exclude: { zh: '不计入', en: 'Leave out' },
      category: { zh: '“未知”自成一类', en: '“Unknown” is a class' },
    },
    default: 'exclude',
  },
  minimum: {
    kind: 'number',
    name: { zh: '组合的最小规模', en: 'Smallest portfolio' },
    unit: { zh: '项', en: 'items' },
    min: 1,
    max: 1000,
    default: 5,
  },
} as const

type Inputs = InputValues<typeof portfolioInputs>

/** Columns of `portfolioQuery`. */
export const portfolioQueried = {
  platform_id: 'text',
  platform_name: 'text',
  industry_code: 'text',
  function: 'text',
  items: 'integer',
} as const

/** Models and applications in scope, counted by platform, industry and function; each is one item. */
export function portfolioQuery(tables: Tables, of: string): Sql {
  const items = (table: Sql, wanted: boolean) => sql`
      select platform_id::varchar as platform_id, industry_code::varchar as industry_code,
        nullif(trim(${name('function')}::varchar), '') as ${name('function')}
      from ${table} where ${wanted}`
  return sql`
    with item as (${items(tables.model, of !== 'applications')}
      union all ${items(tables.application, of !== 'models')}
    ), counted as (select platform_id, industry_code, ${name('function')}, count(*) as items from item group by all)
    select platform_id, platform_name, industry_code, ${name('function')}, items
    from counted left join ${platformNames(tables)} using (platform_id)
    order by platform_id nulls last, industry_code nulls last, ${name('function')} nulls last`
}

export interface PortfolioClass {
  readonly industry: string | null
  readonly function: string | null
}

export interface Portfolio {
  readonly id: string
  readonly name: string | null
  /** Place in `classes` -> items, in the order of the classes. */
  readonly counts: ReadonlyMap<number, number>
  /** Items of known class. */
  readonly size: number
  /** All of its items. */
  readonly items: number
}

/** The cells of a row that name a portfolio's platform: its id and name. */
export function nameOf(portfolio: Portfolio | undefined): readonly [id: string | null, name: string | null] {
  return [portfolio?.id ?? null, portfolio?.name ?? null]
}

export interface Portfolios {
  readonly classes: readonly PortfolioClass[]
  /** Every platform with an item, the largest portfolio first. */
  readonly all: readonly Portfolio[]
  /** Those that are large enough to be compared. */
  readonly kept: readonly Portfolio[]
  /** Items in scope, also those of no platform. */
  readonly items: number
}

/** The portfolios from the rows of `portfolioQuery`. */
export function portfoliosOf(rows: readonly Row[], inputs: Omit<Inputs, 'of'>): Portfolios {
  const classes = new Map<string, { readonly place: number; readonly of: PortfolioClass }>()
  const platforms = new Map<string, Row[]>()
  for (const given of rows) {
    const of = classOf(given, inputs)
    const key = JSON.stringify(of)
    if (of && !classes.has(key)) classes.set(key, { place: classes.size, of })
    if (typeof given.platform_id !== 'string') continue
    const known = platforms.get(given.platform_id)
    if (known) known.push(given)
    else platforms.set(given.platform_id, [given])
  }
  const placeOf = (given: Row) => classes.get(JSON.stringify(classOf(given, inputs)))?.place
  const all = [...platforms]
    .map(([id, own]) => portfolio(id, own, placeOf))
    .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1))
  return {
    classes: [...classes.values()].map(({ of }) => of),
    all,
    kept: all.filter(({ size }) => size > 0 && size >= inputs.minimum),
    items: rows.reduce((sum, given) => sum + itemsOf(given), 0),
  }
}

/** The class of an item; null where it is unknown and unknown ones are left out. Only what the input asks for tells classes apart. */
function classOf(
  given: Row,
  { classes, unknown }: Pick<Inputs, 'classes' | 'unknown'>,
): PortfolioClass | null {
  const industry = classes === 'function' ? null : text(given.industry_code)
  const made = { industry, function: classes === 'industry' ? null : text(given.function) }
  const isKnown =
    (classes === 'function' || made.industry !== null) && (classes === 'industry' || made.function !== null)
  return isKnown || unknown === 'category' ? made : null
}

function portfolio(id: string, rows: readonly Row[], placeOf: (given: Row) => number | undefined): Portfolio {
  const counts = new Map<number, number>()
  for (const given of rows) {
    const place = placeOf(given)
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + itemsOf(given))
  }
  const size = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const items = rows.reduce((sum, given) => sum + itemsOf(given), 0)
  return { id, name: text(rows[0]?.platform_name), counts, size, items }
}

function itemsOf(given: Row): number {
  return asNumber(given.items) ?? 0
}

function text(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** Counts over all classes, as the functions of statistics take them. */
export function countsOver(classes: number, { counts }: Portfolio): readonly number[] {
  return Array.from({ length: classes }, (_, place) => counts.get(place) ?? 0)
}

/** The shares of the classes that a portfolio has. */
export function sharesOf({ counts, size }: Portfolio) {
  return {
    places: Int32Array.from(counts.keys()),
    shares: Float64Array.from(counts.values(), count => count / size),
  }
}

/** Columns that every row of a result repeats, from which it can be told what a value rests on. */
export const portfolioFigures = {
  platforms: 'integer',
  all_portfolios: 'integer',
  compared_items: 'integer',
  classified_items: 'integer',
  placed_items: 'integer',
  all_items: 'integer',
} as const

/** The values of `portfolioFigures`. */
export function figuresOf({ all, kept, items }: Portfolios): readonly number[] {
  const sum = (of: readonly Portfolio[], count: (one: Portfolio) => number) =>
    of.reduce((total, one) => total + count(one), 0)
  return [
    kept.length,
    all.length,
    sum(kept, ({ size }) => size),
    sum(all, ({ size }) => size),
    sum(all, one => one.items),
    items,
  ]
}

/** What would have to be there for at least two portfolios that can be compared. */
export function missingForPortfolios(
  rows: readonly Row[],
  { of, classes }: Omit<Inputs, 'minimum' | 'unknown'>,
) {
  const tables = of === 'both' ? ['model', 'application'] : [of === 'models' ? 'model' : 'application']
  const [first] = rows
  const columns = (...names: readonly string[]) =>
    tables.flatMap(table => names.map(column => `${table}.${column}`))
  if (!first || !asNumber(first.all_items)) return tables
  if (!asNumber(first.placed_items)) return columns('platform_id')
  if (asNumber(first.classified_items)) return tables
  return columns(
    ...(classes === 'function' ? [] : ['industry_code']),
    ...(classes === 'industry' ? [] : ['function']),
  )
}

/** Caution that the indicators of portfolios share. */
export const portfolioCautions: Phrase = {
  zh: '每个模型、每个应用各算一项，不论使用多少。行业为 GB/T 4754 大类，取模型或应用自身登记的行业；功能按文字原样比较（去首尾空格），同义不同名会使平台看似不同，导入前宜统一。行业或功能缺失的项默认不计入，也可自成一类；所依据的项数占比列在旁边。少于最小规模（默认 5 项）的平台不参与。时期筛选不起作用；行业筛选会同时截短各平台的组合。',
  en: 'Each model and each application is one item, however much it is used. Industries are divisions of GB/T 4754, as given for the model or application itself; functions are compared as text (trimmed), so different words for the same thing make platforms look different: make them uniform before import. Items without industry or function are left out by default or form a class of their own; the share of items that the value rests on stands beside. Platforms with fewer items than the smallest portfolio (5 by default) take no part. A period does not act; an industry filter also cuts every portfolio to those industries.',
}
