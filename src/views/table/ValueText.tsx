import type { Value } from '../../domain/table.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { type GridColumn, shownValue } from './cell.ts'

/** A value in a cell; absent and empty are told apart. */
export function ValueText({ value, column }: { value: Value; column: GridColumn }) {
  const say = useSay()
  const language = useLanguage()
  if (value === null) return <span className="value-absent">{say({ zh: '空', en: 'null' })}</span>
  if (value === '') return <span className="value-absent">{say({ zh: '空文本', en: 'empty text' })}</span>
  const text = shownValue(value, column, language)
  return text.length > 60 ? <span title={text}>{text}</span> : text
}
