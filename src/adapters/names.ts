import type { Alias } from '../domain/alias.ts'
import { type CanonicalColumn, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { industryVocabulary } from './names-industry.ts'
import { provinceVocabulary } from './names-province.ts'
import { lookedUp, type Names, type Vocabulary } from './vocabulary.ts'

/** What a column's names stand for; null for columns whose values are what is written. */
export function vocabularyOf(column: string, { values }: CanonicalColumn): Vocabulary | null {
  if (values) return declaredVocabulary(values)
  if (column === 'province_code') return provinceVocabulary
  return column === 'industry_code' ? industryVocabulary : null
}

/**
 * The canonical value that a text without blanks around it stands for, null where nobody knows: what the aliases say of
 * the column, else what is built in. An alias whose own value is not known to the column is left out.
 */
export function textToNamedValue(
  text: Sql,
  column: string,
  vocabulary: Vocabulary,
  aliases: readonly Alias[],
): Sql {
  const own = aliasNames(column, vocabulary, aliases)
  if (own.size === 0) return vocabulary.read(text)
  return sql`coalesce(${lookedUp(sql`lower(${text})`, own)}, ${vocabulary.read(text)})`
}

/** At most five canonical values that a name without a known one may mean, the likeliest first. */
export function suggestions(column: string, value: string): readonly string[] {
  const written = folded(value)
  const found = vocabulariesOf(column).flatMap(vocabulary => [
    ...(vocabulary.ambiguous.get(written) ?? []),
    ...likely(written, vocabulary.names),
  ])
  return [...new Set(found)].slice(0, 5)
}

function vocabulariesOf(column: string): readonly Vocabulary[] {
  return canonicalNames.flatMap(table => {
    const declared = canonicalTable(table).columns[column]
    return (declared && vocabularyOf(column, declared)) ?? []
  })
}

/** The values of names that begin with the text or it with them, then of those that hold it or that it holds. */
function likely(written: string, names: Names): readonly string[] {
  const isWord = (text: string) => text.length >= (/\p{Script=Han}/u.test(text) ? 2 : 3) && !/\d/.test(text)
  if (!isWord(written)) return []
  const spellings = [...names].filter(([spelling]) => isWord(spelling))
  const valuesWhere = (fits: (spelling: string) => boolean) =>
    spellings.flatMap(([spelling, value]) => (fits(spelling) ? [value] : []))
  return [
    ...valuesWhere(spelling => spelling.startsWith(written) || written.startsWith(spelling)),
    ...valuesWhere(spelling => spelling.includes(written) || written.includes(spelling)),
  ]
}

/** Of several aliases of one name the first holds. */
function aliasNames(column: string, { names }: Vocabulary, aliases: readonly Alias[]): Names {
  const own = new Map<string, string>()
  for (const { kind, raw, canonical } of aliases) {
    const value = names.get(folded(canonical))
    const isOwn = columnOfKind(folded(kind)) === column && folded(raw) !== ''
    if (isOwn && value !== undefined && !own.has(folded(raw))) own.set(folded(raw), value)
  }
  return own
}

function columnOfKind(kind: string): string {
  return kind === 'province' || kind === 'industry' ? `${kind}_code` : kind
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

function declaredVocabulary(values: NonNullable<CanonicalColumn['values']>): Vocabulary {
  const spelled = Object.entries(values).flatMap(([value, { zh, en }]) =>
    [value, zh, en].map(spelling => [spelling.toLowerCase(), value] as const),
  )
  const names = new Map(spelled.toReversed())
  return { names, ambiguous: new Map(), read: text => lookedUp(sql`lower(${text})`, names) }
}
