import { formatValue, unitWord } from '../../domain/format.ts'
import type { Unit } from '../../indicators/indicator.ts'
import { useLanguage } from '../surroundings.ts'
import './headline.css'

/** A headline value with its unit. */
export function Measure({ value, unit }: { value: number; unit: Unit }) {
  const language = useLanguage()
  const word = unitWord(unit, language)
  return (
    <p className="measure">
      <span className="measure-value">{formatValue(value, unit, language)}</span>
      {word !== '' && <span className="measure-unit">{word}</span>}
    </p>
  )
}
