import { Minus, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, Checkbox, Group, Input, Label, NumberField, Text, TextField } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './controls.css'

interface AmountProps {
  readonly label: Phrase
  readonly unit?: Phrase | undefined
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number | undefined
  readonly labelled?: 'above' | 'beside'
  readonly onChange: (value: number) => void
}

/** A number within bounds; it is given on when the person leaves the field or steps. */
export function Amount({ label, unit, value, min, max, step, labelled = 'above', onChange }: AmountProps) {
  const say = useSay()
  return (
    <NumberField
      className={`field field-${labelled}`}
      value={value}
      minValue={min}
      maxValue={max}
      {...(step === undefined ? {} : { step })}
      formatOptions={{ maximumFractionDigits: 6 }}
      onChange={next => {
        if (Number.isFinite(next) && next !== value) onChange(next)
      }}
    >
      <Label className="field-label">{say(label)}</Label>
      <Group className="amount">
        <Button slot="decrement" className="amount-step">
          <Minus aria-hidden />
        </Button>
        <Input className="amount-input" />
        {unit !== undefined && <span className="amount-unit">{say(unit)}</span>}
        <Button slot="increment" className="amount-step">
          <Plus aria-hidden />
        </Button>
      </Group>
    </NumberField>
  )
}

interface WrittenProps {
  readonly label: Phrase
  readonly help?: Phrase | undefined
  readonly value: string
  readonly disabled?: boolean
  readonly onChange: (value: string) => void
}

/** A line of text, given on when the person leaves it or presses Enter: never in the middle of composing Chinese. */
export function Written({ label, help, value, disabled = false, onChange }: WrittenProps) {
  const say = useSay()
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const give = () => {
    if (draft !== value) onChange(draft)
  }
  return (
    <TextField className="field" value={draft} onChange={setDraft} onBlur={give} isDisabled={disabled}>
      <Label className="field-label">{say(label)}</Label>
      <Input
        className="input"
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) give()
        }}
      />
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {say(help)}
        </Text>
      )}
    </TextField>
  )
}

interface TickProps {
  readonly label: Phrase
  readonly help?: Phrase
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Something that is on or off, with a line of explanation. */
export function Tick({ label, help, checked, onChange }: TickProps) {
  const say = useSay()
  return (
    <Checkbox className="tick" isSelected={checked} onChange={onChange}>
      <span className="tick-box" aria-hidden />
      <span>
        {say(label)}
        {help !== undefined && <span className="field-help">{say(help)}</span>}
      </span>
    </Checkbox>
  )
}
