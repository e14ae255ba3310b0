import { unitWord } from '../../domain/format.ts'
import { certaintyTexts, type Headline, headlineValue, type Unit } from '../../indicators/indicator.ts'
import { useLanguage } from '../surroundings.ts'
import './headline.css'

/** A headline value with its unit; a range where a single figure would claim too much. */
export function Measure({ headline, unit }: { headline: Headline; unit: Unit }) {
  const language = useLanguage()
  const word = unitWord(unit, language)
  const value = headlineValue(headline, unit, language)
  return (
    <p className="measure">
      <span className={`measure-value ${lengthClass(headline, value)}`}>{value}</span>
      {word !== '' && <span className="measure-unit">{word}</span>}
    </p>
  )
}

function lengthClass({ interval }: Headline, value: string): string {
  const range = interval?.kind === 'range' ? 'measure-range' : ''
  return value.length > 12 ? `measure-long ${range}` : range
}

/** How exact the value is and what it rests on, a line each. */
export function Certainty({ headline, unit }: { headline: Headline; unit: Unit }) {
  const language = useLanguage()
  const texts = certaintyTexts(headline, unit, language)
  if (texts.length === 0) return null
  return (
    <ul className="certainty">
      {texts.map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
