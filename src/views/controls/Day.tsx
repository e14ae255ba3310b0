import { type CalendarDate, type DateValue, parseDate } from '@internationalized/date'
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'

/** A day, `YYYY-MM-DD`, typed part by part. */
export function Day({
  label,
  value,
  onChange,
}: {
  label: Phrase
  value: string | null
  onChange: (day: string | null) => void
}) {
  const say = useSay()
  return (
    <DateField
      className="field"
      value={dayOf(value)}
      onChange={(next: DateValue | null) => onChange(next === null ? null : next.toString().slice(0, 10))}
    >
      <Label className="field-label">{say(label)}</Label>
      <DateInput className="input day">
        {segment => <DateSegment className="day-part" segment={segment} />}
      </DateInput>
    </DateField>
  )
}

function dayOf(text: string | null): CalendarDate | null {
  return text === null ? null : parseDate(text)
}
