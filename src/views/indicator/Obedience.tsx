import { FunnelX, ListFilter } from 'lucide-react'
import { activeFilters, filterNames } from '../../domain/filter.ts'
import type { Outcome } from '../../workbench/workbench.ts'
import { useSay, useWorkbenchState } from '../surroundings.ts'

/** Which of the active filters this figure obeyed, and which its data cannot obey. */
export function Obedience({ outcome }: { outcome: Outcome | null }) {
  const say = useSay()
  const filters = useWorkbenchState(state => state.history.present.filters)
  const active = activeFilters(filters)
  if (outcome?.status !== 'ok' || active.length === 0) return null
  const ignored = outcome.ignored.filter(name => active.includes(name))
  const obeyed = outcome.obeyed.filter(name => active.includes(name) && !ignored.includes(name))
  return (
    <ul className="obedience" aria-label={say({ zh: '筛选的作用', en: 'What the filters do here' })}>
      {obeyed.map(name => (
        <li key={name} className="obeyed">
          <ListFilter aria-hidden />
          {say({
            zh: `按${filterNames[name].zh}筛选`,
            en: `Filtered by ${filterNames[name].en.toLowerCase()}`,
          })}
        </li>
      ))}
      {ignored.map(name => (
        <li key={name} className="ignored">
          <FunnelX aria-hidden />
          {say({
            zh: `${filterNames[name].zh}筛选不适用于此指标的全部数据`,
            en: `${filterNames[name].en} filter does not reach all of this data`,
          })}
        </li>
      ))}
    </ul>
  )
}
