import type { Phrase } from '../domain/phrase.ts'
import { join, type Sql, sql } from '../sql/sql.ts'

/** The declared value that a text stands for: the value itself or either of its names, in any case; null for others. */
export function textToCodedValue(text: Sql, values: Readonly<Record<string, Phrase>>): Sql {
  const cases = Object.entries(values).map(([value, { zh, en }]) => {
    const spellings = [...new Set([value, zh, en].map(word => word.toLowerCase()))]
    return sql`when lower(${text}) in ${spellings} then ${value}`
  })
  return sql`case ${join(cases, ' ')} end`
}
