import { Search } from 'lucide-react'
import {
  Autocomplete,
  Input,
  ListBox,
  ListLayout,
  SearchField,
  type Selection,
  useFilter,
  Virtualizer,
} from 'react-aria-components'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { ListChoice } from '../controls/Choice.tsx'
import { useLanguage, useSay } from '../surroundings.ts'

interface PickProps {
  readonly name: Phrase
  readonly choices: readonly {
    readonly id: string
    readonly name: Phrase
    readonly detail: string | undefined
  }[]
  readonly chosen: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

const rowHeight = 30

/** A searchable list of which several may be chosen; only the lines in sight are drawn. */
export function Pick({ name, choices, chosen, onChange }: PickProps) {
  const say = useSay()
  const language = useLanguage()
  const { contains } = useFilter({ sensitivity: 'base' })
  const change = (selection: Selection) => {
    onChange(selection === 'all' ? choices.map(choice => choice.id) : [...selection].map(String))
  }
  const count = formatCount(choices.length, language)
  const search = { zh: `在 ${count} 项中查找`, en: `Search ${count}` }
  const height = Math.min(choices.length, 10) * rowHeight + 8
  return (
    <div className="pick">
      <Autocomplete filter={contains}>
        <SearchField className="pick-search" aria-label={say(search)} autoFocus>
          <Search aria-hidden />
          <Input className="pick-input" placeholder={say(search)} />
        </SearchField>
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight, padding: 4 }}>
          <ListBox
            className="pick-list"
            style={{ height }}
            aria-label={say(name)}
            selectionMode="multiple"
            escapeKeyBehavior="none"
            items={choices.map(choice => ({ ...choice }))}
            selectedKeys={chosen}
            onSelectionChange={change}
            renderEmptyState={() => <p className="pick-empty">{say({ zh: '没有匹配项', en: 'No match' })}</p>}
          >
            {choice => (
              <ListChoice
                id={choice.id}
                name={say(choice.name)}
                {...(choice.detail === undefined ? {} : { detail: choice.detail })}
              />
            )}
          </ListBox>
        </Virtualizer>
      </Autocomplete>
    </div>
  )
}
