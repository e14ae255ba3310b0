import { Target } from 'lucide-react'
import { useMemo } from 'react'
import { measures, publishedTargets } from '../../domain/target.ts'
import { IndicatorCard } from '../board/IndicatorCard.tsx'
import { Action } from '../controls/Action.tsx'
import { Boundary } from '../failure/Boundary.tsx'
import { groups } from '../recipes.ts'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { TargetForm } from './TargetForm.tsx'
import { TargetTable } from './TargetTable.tsx'
import { trackedTargets } from './targets.ts'
import '../board/board.css'
import './plan.css'

/** The plan's targets and those of the person: what each takes, how it goes, and how likely it is met. */
export function PlanPage() {
  const say = useSay()
  const results = useWorkbenchState(state => state.results)
  const targets = useMemo(() => trackedTargets(results), [results])
  const plan = groups.find(({ id }) => id === 'PLN')?.indicators ?? []
  return (
    <div className="plan">
      <header className="plan-head">
        <h1>{say({ zh: '规划跟踪', en: 'Plan tracker' })}</h1>
        <span className="spread" />
        <PublishedTargets />
      </header>
      <Populations />
      {targets.length === 0 ? <NoTargets /> : <TargetTable targets={targets} />}
      <TargetForm />
      <section className="board-group" aria-label={say({ zh: '规划指标', en: 'Indicators of the plan' })}>
        <h2>{say({ zh: '规划指标', en: 'Indicators of the plan' })}</h2>
        <div className="board-cards">
          {plan.map(indicator => (
            <Boundary key={indicator.id}>
              <IndicatorCard indicator={indicator} />
            </Boundary>
          ))}
        </div>
      </section>
    </div>
  )
}

/** Before the targets of the data are known nothing is said to be missing. */
function NoTargets() {
  const say = useSay()
  const known = useWorkbenchState(({ results }) => results['PLN-01']?.outcome !== null)
  const words = known
    ? {
        zh: '还没有目标：使用三项公布的目标，设定自己的目标，或导入 plan_target 表。',
        en: 'No targets yet: use the three published ones, set your own, or import a plan_target table.',
      }
    : { zh: '正在计算各项目标……', en: 'Computing the targets …' }
  return (
    <p className="plan-empty" aria-busy={!known}>
      {say(words)}
    </p>
  )
}

/** The targets count different things; the screen says so before anyone divides one by another. */
function Populations() {
  const say = useSay()
  const all = Object.values(measures)
  return (
    <p className="plan-warning" role="note">
      {say({
        zh: `三项目标的总体不同：${all.map(({ name, population }) => `${name.zh}指${population.zh}`).join('；')}。不同总体之间不可相除或相加（例如“每个平台的设备数”）。公布的基期写作“超过”，是下限；官方的普及率公式未公布，此处口径为自设。`,
        en: `The three targets count different populations: ${all.map(({ name, population }) => `${name.en.toLowerCase()} counts ${population.en}`).join('; ')}. Do not divide or add across them (“devices per platform”). Published bases read “more than”: they are floors. The official formula of penetration is not public; the one used here is user-set.`,
      })}
    </p>
  )
}

function PublishedTargets() {
  const workbench = useWorkbench()
  const own = useWorkbenchState(state => state.history.present.targets)
  const all = publishedTargets.every(target =>
    own.some(({ indicator, scope }) => indicator === target.indicator && scope === target.scope),
  )
  return (
    <Action
      label={{ zh: '使用三项公布的目标', en: 'Use the three published targets' }}
      icon={Target}
      disabled={all}
      onPress={() => workbench.setTargets(publishedTargets)}
    />
  )
}
