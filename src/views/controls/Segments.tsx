import type { Key } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './controls.css'

interface SegmentsProps<T extends string> {
  readonly label: Phrase
  readonly value: T
  readonly choices: readonly { readonly id: T; readonly name: Phrase }[]
  readonly disabled?: boolean
  readonly onChange: (value: T) => void
}

/** One of two to four values, all in sight. */
export function Segments<T extends string>({
  label,
  value,
  choices,
  disabled = false,
  onChange,
}: SegmentsProps<T>) {
  const say = useSay()
  const change = (keys: Set<Key>) => {
    const next = choices.find(choice => keys.has(choice.id))
    if (next !== undefined) onChange(next.id)
  }
  const group = (
    <ToggleButtonGroup
      className="segments"
      aria-label={say(label)}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={disabled}
      selectedKeys={[value]}
      onSelectionChange={change}
    >
      {choices.map(({ id, name }) => (
        <ToggleButton key={id} id={id} className="segment">
          {say(name)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
  return (
    <div className="field">
      <span className="field-label" aria-hidden>
        {say(label)}
      </span>
      {group}
    </div>
  )
}
