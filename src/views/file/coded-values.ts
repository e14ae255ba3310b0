import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import { industries } from '../../domain/industry.ts'
import type { Language, Phrase } from '../../domain/phrase.ts'
import { provinces } from '../../domain/province.ts'

/** A value that a coded column may hold, as it is stored and in words. */
export interface CodedValue {
  readonly id: string
  readonly name: Phrase
}

const truths: readonly CodedValue[] = [
  { id: 'true', name: { zh: '是', en: 'yes' } },
  { id: 'false', name: { zh: '否', en: 'no' } },
]

/** All values of a canonical column; empty where anything may stand. */
export function valuesOf(table: string, column: string): readonly CodedValue[] {
  if (column === 'province_code')
    return provinces.map(({ code, name }) => ({ id: code, name })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if (column === 'industry_code') return industries.map(({ code, name }) => ({ id: code, name }))
  const declared = canonicalTable(table as CanonicalName)?.columns[column]
  if (declared?.type === 'boolean') return truths
  return Object.entries(declared?.values ?? {}).map(([id, name]) => ({ id, name }))
}

/** A value in words, behind its code where the code is no word: `14 Shanxi`. */
export function valueWords({ id, name }: CodedValue, language: Language): string {
  return /^\d+$/.test(id) ? `${id} ${name[language]}` : name[language]
}

/** The words of a value of a column; the value itself where none are known. */
export function valueText(table: string, column: string, id: string, language: Language): string {
  const known = valuesOf(table, column).find(value => value.id === id)
  return known === undefined ? id : valueWords(known, language)
}
