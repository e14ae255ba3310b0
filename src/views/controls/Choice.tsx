import { Check, ChevronDown } from 'lucide-react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './controls.css'

interface ChoiceProps<T extends string> {
  readonly label: Phrase
  readonly value: T
  readonly choices: readonly { readonly id: T; readonly name: Phrase }[]
  readonly disabled?: boolean
  /** Where the label stands; `heard` leaves it to screen readers. */
  readonly labelled?: 'above' | 'beside' | 'heard'
  readonly onChange: (value: T) => void
}

/** One of a few named values. */
export function Choice<T extends string>({
  label,
  value,
  choices,
  disabled = false,
  labelled = 'above',
  onChange,
}: ChoiceProps<T>) {
  const say = useSay()
  const chosen = choices.find(choice => choice.id === value)
  return (
    <Select
      className={`field field-${labelled}`}
      value={value}
      isDisabled={disabled}
      onChange={key => {
        const next = choices.find(choice => choice.id === key)
        if (next !== undefined && next.id !== value) onChange(next.id)
      }}
    >
      <Label className={labelled === 'heard' ? 'only-heard' : 'field-label'}>{say(label)}</Label>
      <Button className="choice-button">
        <SelectValue className="ellipsis">{chosen === undefined ? value : say(chosen.name)}</SelectValue>
        <ChevronDown aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="list" items={choices}>
          {({ id, name }) => <ListChoice id={id} name={say(name)} />}
        </ListBox>
      </Popover>
    </Select>
  )
}

/** A line of a list that can be chosen, with a tick when it is. */
export function ListChoice({ id, name, detail }: { id: string; name: string; detail?: string }) {
  return (
    <ListBoxItem className="list-item" id={id} textValue={name}>
      <Check className="list-tick" aria-hidden />
      <span className="ellipsis">{name}</span>
      {detail !== undefined && <span className="list-detail">{detail}</span>}
    </ListBoxItem>
  )
}
