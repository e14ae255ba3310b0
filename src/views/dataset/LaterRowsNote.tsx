import { TriangleAlert } from 'lucide-react'
import { laterRowsWords } from '../../workbench/workbench.ts'
import { useLanguage, useSay, useWorkbenchState } from '../surroundings.ts'
import '../file/file.css'

/** Says that rows of later times were not believed, where there are some: every age hangs on it. */
export function LaterRowsNote() {
  const say = useSay()
  const language = useLanguage()
  const asOf = useWorkbenchState(state => state.asOf)
  const laterRows = useWorkbenchState(state => state.laterRows)
  if (asOf === null || laterRows === null) return null
  const advice = {
    zh: '若属实，请在数据集页面设定导出时间。',
    en: ' If that is right, set the time of the export on the dataset’s page.',
  }
  return (
    <p className="remarks">
      <span className="remark">
        <TriangleAlert aria-hidden />
        <span>{laterRowsWords(laterRows, asOf)[language] + say(advice)}</span>
      </span>
    </p>
  )
}
