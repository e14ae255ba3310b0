import type { Phrase } from '../domain/phrase.ts'
import { join, type Sql, sql } from '../sql/sql.ts'

/** The declared value that a text stands for: the value itself or either of its names, in any case; null for others. */
export function textToCodedValue(text: Sql, values: Readonly<Record<string, Phrase>>): Sql {
  const cases = Object.entries(values).flatMap(([value, { zh, en }]) =>
    [value, zh, en].map(spelling => sql`when ${spelling.toLowerCase()} then ${value}`),
  )
  return sql`case lower(${text}) ${join(cases, ' ')} end`
}
