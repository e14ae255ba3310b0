import { ListFilter } from 'lucide-react'
import { Group } from 'react-aria-components'
import { canonicalTables } from '../../domain/canonical.ts'
import { activeFilters, type Filters, noFilters } from '../../domain/filter.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { provinceName } from '../../domain/province.ts'
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
      <PlatformFilter filters={filters} onChange={platforms => change({ platforms })} />
      <ProvinceFilter filters={filters} onChange={provinces => change({ provinces })} />
      <TierFilter filters={filters} onChange={tiers => change({ tiers })} />
      <FilterPill
        name={{ zh: '时段', en: 'Period' }}
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

interface FilterProps {
  readonly filters: Filters
  readonly onChange: (values: readonly string[]) => void
}

function PlatformFilter({ filters, onChange }: FilterProps) {
  const choices = useWorkbenchState(state => state.filterChoices.platforms)
  const named = choices.map(({ id, name }) => ({
    id,
    name: same(name),
    detail: name === id ? undefined : id,
  }))
  return (
    <ListFilterPill
      name={{ zh: '平台', en: 'Platform' }}
      choices={named}
      chosen={filters.platforms}
      onChange={onChange}
    />
  )
}

function ProvinceFilter({ filters, onChange }: FilterProps) {
  const choices = useWorkbenchState(state => state.filterChoices.provinces)
  const named = choices.map(id => ({ id, name: provinceName(id), detail: id }))
  return (
    <ListFilterPill
      name={{ zh: '省份', en: 'Province' }}
      choices={named}
      chosen={filters.provinces}
      onChange={onChange}
    />
  )
}

const tierNames: Readonly<Record<string, Phrase>> = canonicalTables.platform.columns.tier.values

function TierFilter({ filters, onChange }: FilterProps) {
  const choices = useWorkbenchState(state => state.filterChoices.tiers)
  const named = choices.map(id => ({ id, name: tierNames[id] ?? same(id), detail: undefined }))
  return (
    <ListFilterPill
      name={{ zh: '梯度', en: 'Tier' }}
      choices={named}
      chosen={filters.tiers}
      onChange={onChange}
    />
  )
}

interface ListFilterProps {
  readonly name: Phrase
  readonly choices: readonly {
    readonly id: string
    readonly name: Phrase
    readonly detail: string | undefined
  }[]
  readonly chosen: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

function ListFilterPill({ name, choices, chosen, onChange }: ListFilterProps) {
  const language = useLanguage()
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
