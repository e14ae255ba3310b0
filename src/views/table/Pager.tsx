import { ChevronLeft, ChevronRight } from 'lucide-react'
import { formatCount } from '../../domain/format.ts'
import { IconAction } from '../controls/Action.tsx'
import { useLanguage, useSay } from '../surroundings.ts'

interface PagerProps {
  readonly rows: number
  readonly page: number
  readonly size: number
  readonly onChange: (page: number) => void
}

/** Which rows are in sight, of how many. */
export function Pager({ rows, page, size, onChange }: PagerProps) {
  const say = useSay()
  const language = useLanguage()
  const count = (value: number) => formatCount(value, language)
  if (rows <= size) {
    return (
      <p className="pager">
        {say({ zh: `共 ${count(rows)} 行`, en: `${count(rows)} ${rows === 1 ? 'row' : 'rows'}` })}
      </p>
    )
  }
  const [from, to] = [count(page * size + 1), count(Math.min(rows, (page + 1) * size))]
  return (
    <p className="pager">
      <IconAction
        label={{ zh: '上一页', en: 'Previous page' }}
        icon={ChevronLeft}
        disabled={page === 0}
        onPress={() => onChange(page - 1)}
      />
      {say({ zh: `第 ${from}–${to} 行，共 ${count(rows)} 行`, en: `Rows ${from}–${to} of ${count(rows)}` })}
      <IconAction
        label={{ zh: '下一页', en: 'Next page' }}
        icon={ChevronRight}
        disabled={(page + 1) * size >= rows}
        onPress={() => onChange(page + 1)}
      />
    </p>
  )
}
