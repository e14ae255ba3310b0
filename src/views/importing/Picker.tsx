import { Check, ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  useFilter,
} from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './picker.css'

export interface PickItem {
  readonly id: string
  readonly name: string
  readonly detail?: string | null
  /** True for names that stand in the file or the model as they are. */
  readonly isCode?: boolean
}

export interface PickSection {
  readonly id: string
  /** Absent for items that need no heading. */
  readonly name?: Phrase
  readonly items: readonly PickItem[]
}

interface PickerProps {
  readonly label: string
  /** What stands on the button. */
  readonly shown: ReactNode
  readonly tone?: 'plain' | 'bad' | 'quiet'
  readonly disabled?: boolean
  /** What the opened picker shows; `close` shuts it. */
  readonly children: (close: () => void) => ReactNode
}

/** A button that opens a place to pick from; what is inside is drawn only while it is open. */
export function Picker({ label, shown, tone = 'plain', disabled = false, children }: PickerProps) {
  const [open, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className={`choice-button picker picker-${tone}`} aria-label={label} isDisabled={disabled}>
        <span className="picker-shown">{shown}</span>
        <ChevronDown aria-hidden />
      </Button>
      <Popover className="popover picker-popover" offset={4}>
        <Dialog className="picker-dialog" aria-label={label}>
          {children(() => setOpen(false))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface PickListProps {
  readonly label: string
  readonly sections: readonly PickSection[]
  readonly value: string | null
  readonly onPick: (id: string) => void
}

/** Above this many items a field to search in stands on top. */
const searchedFrom = 13

/** Items to pick one of, by pointer, arrow keys or search. */
export function PickList(props: PickListProps) {
  const say = useSay()
  const { contains } = useFilter({ sensitivity: 'base' })
  const items = props.sections.reduce((sum, section) => sum + section.items.length, 0)
  if (items < searchedFrom) return <Items {...props} autoFocus={props.value === null ? 'first' : true} />
  const search = say({ zh: '搜索', en: 'Search' })
  return (
    <Autocomplete filter={contains}>
      <SearchField className="picker-search" aria-label={search} autoFocus>
        <Input className="input" placeholder={search} />
      </SearchField>
      <Items {...props} />
    </Autocomplete>
  )
}

function Items({
  label,
  sections,
  value,
  onPick,
  autoFocus = false,
}: PickListProps & { readonly autoFocus?: boolean | 'first' }) {
  const say = useSay()
  return (
    <ListBox
      className="list picker-list"
      aria-label={label}
      autoFocus={autoFocus}
      selectionMode="single"
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={keys => {
        const [key] = keys
        const picked = key ?? value
        if (picked !== null) onPick(String(picked))
      }}
      renderEmptyState={() => <p className="picker-empty">{say({ zh: '没有匹配项', en: 'No match' })}</p>}
    >
      {sections
        .filter(section => section.items.length > 0)
        .map(section => (
          <ListBoxSection key={section.id} id={section.id}>
            {section.name && <Header className="picker-heading">{say(section.name)}</Header>}
            {section.items.map(item => (
              <PickLine key={item.id} item={item} />
            ))}
          </ListBoxSection>
        ))}
    </ListBox>
  )
}

function PickLine({ item: { id, name, detail, isCode = false } }: { item: PickItem }) {
  return (
    <ListBoxItem className="list-item" id={id} textValue={detail ? `${name} ${detail}` : name}>
      <Check className="list-tick" aria-hidden />
      {isCode ? <code className="ellipsis">{name}</code> : <span className="ellipsis">{name}</span>}
      {detail != null && <span className="list-detail picker-detail ellipsis">{detail}</span>}
    </ListBoxItem>
  )
}
