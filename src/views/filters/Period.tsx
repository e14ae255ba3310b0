import { parseDate } from '@internationalized/date'
import { type Phrase, same } from '../../domain/phrase.ts'
import { Action } from '../controls/Action.tsx'
import { Day } from '../controls/Day.tsx'
import { useSay, useWorkbenchState } from '../surroundings.ts'

interface PeriodProps {
  readonly from: string | null
  readonly to: string | null
  readonly onChange: (period: { from: string | null; to: string | null }) => void
}

const presets = [12, 6, 3] as const

/** Two days, both included, or the last months up to the last day that the data speaks of. */
export function Period({ from, to, onChange }: PeriodProps) {
  const say = useSay()
  const first = useWorkbenchState(state => state.filterChoices.from)
  const last = useWorkbenchState(state => state.filterChoices.to)
  const span =
    first === null || last === null
      ? null
      : { zh: `数据覆盖 ${first} 至 ${last}（UTC）`, en: `Data covers ${first} to ${last} (UTC)` }
  return (
    <div className="period">
      <div className="period-presets">
        <Action
          label={{ zh: '全部时段', en: 'Whole period' }}
          kind="plain"
          onPress={() => onChange({ from: null, to: null })}
        />
        {last !== null &&
          presets.map(months => (
            <Action
              key={months}
              label={{ zh: `近 ${months} 个月`, en: `Last ${months} months` }}
              onPress={() => onChange({ from: monthsBefore(last, months), to: last })}
            />
          ))}
      </div>
      <div className="period-days">
        <Day label={{ zh: '自', en: 'From' }} value={from} onChange={day => onChange({ from: day, to })} />
        <Day label={{ zh: '至', en: 'To' }} value={to} onChange={day => onChange({ from, to: day })} />
      </div>
      {span !== null && <p className="field-help">{say(span)}</p>}
    </div>
  )
}

/** The first day of the `months` months that end with `last`. */
export function monthsBefore(last: string, months: number): string {
  return parseDate(last).add({ days: 1 }).subtract({ months }).toString()
}

/** A period in words; null when it is not bounded. */
export function periodWords(from: string | null, to: string | null): Phrase | null {
  if (from === null && to === null) return null
  if (from === null) return { zh: `至 ${to}`, en: `to ${to}` }
  if (to === null) return { zh: `自 ${from}`, en: `from ${from}` }
  const sameYear = from.slice(0, 4) === to.slice(0, 4)
  return same(`${from} – ${sameYear ? to.slice(5) : to}`)
}
