import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { Action } from '../controls/Action.tsx'
import { useSay } from '../surroundings.ts'

/** A text that every row is to have; given on by Enter or the button. */
export function ConstantField({
  value,
  onChoose,
}: {
  readonly value: string
  readonly onChoose: (value: string) => void
}) {
  const say = useSay()
  const [draft, setDraft] = useState(value)
  const isBlank = draft.trim() === ''
  const give = () => {
    if (!isBlank) onChoose(draft.trim())
  }
  return (
    <Form
      className="constant"
      onSubmit={event => {
        event.preventDefault()
        give()
      }}
    >
      <TextField className="field" value={draft} onChange={setDraft} autoFocus>
        <Label className="field-label">{say({ zh: '每行的值', en: 'The value in every row' })}</Label>
        <Input className="input" />
      </TextField>
      <Action label={{ zh: '使用', en: 'Use' }} disabled={isBlank} onPress={give} />
    </Form>
  )
}
