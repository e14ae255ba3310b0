import { canonicalTables } from '../domain/canonical.ts'
import { type FilterName, type Filters, filterNames, type ListFilter, listFilters } from '../domain/filter.ts'
import { industryName } from '../domain/industry.ts'
import { type Language, type Phrase, same } from '../domain/phrase.ts'
import { provinceName } from '../domain/province.ts'

/** The obeyed filters in words, one part each. */
export function filterWords(
  filters: Filters,
  obeyed: readonly FilterName[],
  language: Language,
): readonly string[] {
  return obeyed.map(filter => {
    const name = filterNames[filter]
    return language === 'zh'
      ? `${name.zh}：${valuesOf(filter, filters, language)}`
      : `${name.en.toLowerCase()}: ${valuesOf(filter, filters, language)}`
  })
}

/** The filters that could not act, in one part: the figure shows everything in their respect. */
export function ignoredWords(ignored: readonly FilterName[], language: Language): readonly string[] {
  if (ignored.length === 0) return []
  const names = ignored.map(filter => filterNames[filter][language])
  return language === 'zh'
    ? [`未按${names.join('、')}筛选`]
    : [`not filtered by ${names.join(', ').toLowerCase()}`]
}

function valuesOf(filter: FilterName, filters: Filters, language: Language): string {
  if (filter === 'period') return `${filters.from ?? '…'} – ${filters.to ?? '…'}`
  const names = filters[listFilters[filter]].map(value => valueName(filter, value)[language])
  const comma = language === 'zh' ? '、' : ', '
  return names.length <= 4 ? names.join(comma) : `${names.slice(0, 3).join(comma)} … (${names.length})`
}

const { platform, organisation } = canonicalTables

function valueName(filter: ListFilter, value: string): Phrase {
  switch (filter) {
    case 'platform':
      return same(value)
    case 'province':
      return provinceName(value)
    case 'industry':
      return industryName(value)
    case 'tier':
      return coded(platform.columns.tier.values, value)
    case 'ownership':
      return coded(organisation.columns.ownership.values, value)
    case 'size':
      return coded(organisation.columns.size.values, value)
  }
}

function coded(values: Readonly<Record<string, Phrase>>, value: string): Phrase {
  return (Object.hasOwn(values, value) ? values[value] : undefined) ?? same(value)
}
