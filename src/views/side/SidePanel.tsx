import { GitCompareArrows, LayoutDashboard, Target } from 'lucide-react'
import { groups } from '../recipes.ts'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { DatasetEntry } from './DatasetEntry.tsx'
import { IndicatorEntry } from './IndicatorEntry.tsx'
import { SideLink } from './SideLink.tsx'
import './side.css'

/** What speaks of the whole workspace. */
const overviews = [
  { kind: 'board', name: { zh: '总览', en: 'Overview' }, icon: LayoutDashboard },
  { kind: 'plan', name: { zh: '规划跟踪', en: 'Plan tracker' }, icon: Target },
  { kind: 'compare', name: { zh: '比较', en: 'Compare' }, icon: GitCompareArrows },
] as const

/** The map of the workspace: overview, datasets with their tables, indicators by field. */
export function SidePanel() {
  const say = useSay()
  const workbench = useWorkbench()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  const place = useWorkbenchState(state => state.session.place.kind)
  return (
    <div className="side">
      {overviews.map(({ kind, name, icon }) => (
        <SideLink
          key={kind}
          name={say(name)}
          icon={icon}
          current={place === kind && datasets.length > 0}
          disabled={datasets.length === 0}
          onPress={() => workbench.setSession({ place: { kind } })}
        />
      ))}
      <h2 className="side-title">{say({ zh: '数据集', en: 'Datasets' })}</h2>
      {datasets.length === 0 && (
        <p className="side-empty">{say({ zh: '尚未导入数据', en: 'Nothing imported yet' })}</p>
      )}
      {datasets.map(dataset => (
        <DatasetEntry key={dataset.id} dataset={dataset} />
      ))}
      {groups.map(group => (
        <section key={group.id}>
          <h2 className="side-title">{say(group.name)}</h2>
          {group.indicators.map(indicator => (
            <IndicatorEntry key={indicator.id} indicator={indicator} disabled={datasets.length === 0} />
          ))}
        </section>
      ))}
    </div>
  )
}
