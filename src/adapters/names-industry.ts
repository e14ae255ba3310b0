import { type Industry, industries } from '../domain/industry.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { lookedUp, type Names, type Vocabulary } from './vocabulary.ts'

const codes: Names = new Map(industries.flatMap(codeSpellings))
const names: Names = new Map([...industries.flatMap(nameSpellings), ...codes])

/** The longer codes of groups and classes (C381, 3812) with or without a name behind: `\1\2\3` is the division. */
const longerCode =
  '^(?:([a-t][0-9]{2})[0-9]{0,2}|([0-9]{2})(?:[0-9]{2})?|(0[0-9])[0-9]|([1-9]))(?:[.]0)?(?:[ _:：—-].*)?$'

/**
 * Codes of divisions, groups and classes of GB/T 4754-2017, with the letter of their category or without (`38`, `C38`,
 * `C381`, `3812`), alone or before a name; Chinese names, official or usual; English ones. A letter that is not the
 * division's, a category alone, and three digits that may have lost a zero (`610` of 0610) are not read.
 */
export const industryVocabulary: Vocabulary = {
  names,
  ambiguous: new Map(),
  read: (text: Sql) => {
    const folded = sql`lower(${text})`
    return sql`coalesce(${lookedUp(folded, names)}, case when regexp_matches(${folded}, ${longerCode})
      then ${lookedUp(sql`regexp_replace(${folded}, ${longerCode}, '\\1\\2\\3\\4')`, codes)} end)`
  },
}

/** A spreadsheet drops the zero of `06`. */
function codeSpellings({ code, category }: Industry): readonly (readonly [string, string])[] {
  const short = code.startsWith('0') ? [code.slice(1)] : []
  return [code, `${category.toLowerCase()}${code}`, ...short].map(spelling => [spelling, code])
}

/** 业 and 制造业 may be left out; 及 stood in earlier editions where 和 stands. */
function nameSpellings({
  code,
  name: { zh, en },
  shortNames,
}: Industry): readonly (readonly [string, string])[] {
  const chinese = [zh, ...shortNames]
  const stems = chinese.flatMap(full => [full.replace(/业$/, ''), full.replace(/制造业$/, '')])
  const all = [...chinese, ...stems.filter(stem => stem.length > 1 && stem !== '其他')]
  const earlier = all.map(spelling => spelling.replaceAll('和', '及'))
  return [...all, ...earlier, en.toLowerCase()].map(spelling => [spelling, code])
}
