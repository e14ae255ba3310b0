import { formatCount, formatDecimal, formatPercent } from '../../domain/format.ts'
import type { Headline } from '../../indicators/indicator.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import './headline.css'

const formats = { integer: formatCount, decimal: formatDecimal, percent: formatPercent } as const

/** The figures that belong beside a value: in one line on a card, in a row of pairs on a page. */
export function Beside({
  figures,
  shape,
}: {
  figures: NonNullable<Headline['beside']>
  shape: 'line' | 'row'
}) {
  const say = useSay()
  const language = useLanguage()
  return (
    <dl className={`beside beside-${shape}`}>
      {figures.map(({ name, value, format }) => (
        <div key={name.en} className="beside-figure" title={say(name)}>
          <dt className="ellipsis">{say(name)}</dt>
          <dd>{formats[format](value, language)}</dd>
        </div>
      ))}
    </dl>
  )
}
