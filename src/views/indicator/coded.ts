import { canonicalNames, canonicalTable } from '../../domain/canonical.ts'
import { industries, industryName } from '../../domain/industry.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { provinceName, provinces } from '../../domain/province.ts'

type Labels = Readonly<Record<string, Phrase>>

const codes: Readonly<Record<string, Labels>> = {
  province_code: Object.fromEntries(provinces.map(({ code }) => [code, provinceName(code)])),
  industry_code: Object.fromEntries(industries.map(({ code }) => [code, industryName(code)])),
}

/** Columns of results that hold the values of a canonical column under another name. */
const sameValues: Readonly<Record<string, string>> = {
  from_tier: 'tier',
  to_tier: 'tier',
  other_tier: 'tier',
}

/** Words for the codes of a result's column that bears the name of a canonical one; none where the name says several. */
export function codedLabels(column: string): Labels | undefined {
  if (Object.hasOwn(codes, column)) return codes[column]
  const canonical = Object.hasOwn(sameValues, column) ? sameValues[column] : column
  const found = canonicalNames.flatMap(table => {
    const columns = canonicalTable(table).columns
    return canonical !== undefined && Object.hasOwn(columns, canonical) ? [columns[canonical]] : []
  })
  const [only] = found
  return found.length === 1 ? only?.values : undefined
}
