import { ListFilter } from 'lucide-react'
import { useMemo } from 'react'
import { Group } from 'react-aria-components'
import { canonicalTables } from '../../domain/canonical.ts'
import {
  activeFilters,
  type Filters,
  filterNames,
  type ListFilter as ListFilterName,
  listFilters,
  listNames,
  noFilters,
} from '../../domain/filter.ts'
import { industryName } from '../../domain/industry.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { provinceName } from '../../domain/province.ts'
import type { FilterChoices } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { FilterPill } from './FilterPill.tsx'
import { Period, periodWords } from './Period.tsx'
import { Pick } from './Pick.tsx'
import './filters.css'

/** What the whole board is narrowed to; each filter is a pill that opens, and clears. */
export function FilterBar() {
  const say = useSay()
  const workbench = useWorkbench()
  const filters = useWorkbenchState(state => state.history.present.filters)
  const change = (part: Partial<Filters>) => workbench.setFilters({ ...filters, ...part })
  const count = activeFilters(filters).length
  return (
    <Group className="filter-bar" aria-label={say({ zh: '全局筛选', en: 'Filters of the whole board' })}>
      <ListFilter className="filter-sign" aria-hidden />
      {listNames.map(list => (
        <ListFilterPill
          key={list}
          list={list}
          chosen={filters[listFilters[list]]}
          onChange={chosen => change({ [listFilters[list]]: chosen })}
        />
      ))}
      <FilterPill
        name={filterNames.period}
        summary={periodWords(filters.from, filters.to)}
        onClear={() => change({ from: null, to: null })}
      >
        <Period from={filters.from} to={filters.to} onChange={change} />
      </FilterPill>
      {count > 1 && (
        <Action
          label={{ zh: '全部清除', en: 'Clear all' }}
          kind="quiet"
          onPress={() => workbench.setFilters(noFilters)}
        />
      )}
    </Group>
  )
}

interface Choice {
  readonly id: string
  readonly name: Phrase
  readonly detail: string | undefined
}

/** What a filter offers, under the names that people know. */
function choicesOf(list: ListFilterName, offered: FilterChoices): readonly Choice[] {
  const { platform, organisation } = canonicalTables
  const coded = (ids: readonly string[], nameOf: (id: string) => Phrase) =>
    ids.map(id => ({ id, name: nameOf(id), detail: id }))
  const valued = (ids: readonly string[], values: Readonly<Record<string, Phrase>>) =>
    ids.map(id => ({ id, name: values[id] ?? same(id), detail: undefined }))
  switch (list) {
    case 'platform':
      return offered.platforms.map(({ id, name }) => ({
        id,
        name: same(name),
        detail: name === id ? undefined : id,
      }))
    case 'province':
      return coded(offered.provinces, provinceName)
    case 'industry':
      return coded(offered.industries, industryName)
    case 'tier':
      return valued(offered.tiers, platform.columns.tier.values)
    case 'ownership':
      return valued(offered.ownerships, organisation.columns.ownership.values)
    case 'size':
      return valued(offered.sizes, organisation.columns.size.values)
  }
}

interface ListFilterProps {
  readonly list: ListFilterName
  readonly chosen: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

function ListFilterPill({ list, chosen, onChange }: ListFilterProps) {
  const language = useLanguage()
  const offered = useWorkbenchState(state => state.filterChoices)
  const choices = useMemo(() => choicesOf(list, offered), [list, offered])
  const name = filterNames[list]
  const nameOf = (id: string) => choices.find(choice => choice.id === id)?.name[language] ?? id
  const [first] = chosen
  const rest = chosen.length > 1 ? ` +${chosen.length - 1}` : ''
  return (
    <FilterPill
      name={name}
      summary={first === undefined ? null : same(`${nameOf(first)}${rest}`)}
      onClear={() => onChange([])}
    >
      <Pick name={name} choices={choices} chosen={chosen} onChange={onChange} />
    </FilterPill>
  )
}
