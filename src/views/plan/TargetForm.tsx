import { Plus } from 'lucide-react'
import { useState } from 'react'
import { provinceName } from '../../domain/province.ts'
import { type Measure, measures, nationalScope, type PlanTarget } from '../../domain/target.ts'
import { Action } from '../controls/Action.tsx'
import { Choice } from '../controls/Choice.tsx'
import { Day } from '../controls/Day.tsx'
import { Amount, Tick, Written } from '../controls/Fields.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'

const measureChoices = Object.entries(measures).map(([id, { name }]) => ({ id: id as Measure, name }))

const scopeKinds = [
  { id: 'national', name: { zh: '全国', en: 'National' } },
  { id: 'province', name: { zh: '省份', en: 'Province' } },
  { id: 'other', name: { zh: '平台或组织（编号）', en: 'Platform or organisation (id)' } },
] as const

type ScopeKind = (typeof scopeKinds)[number]['id']

const fresh: PlanTarget = {
  indicator: 'connected_devices',
  scope: nationalScope,
  baseDate: '2025-12-31',
  baseValue: null,
  baseIsFloor: false,
  targetDate: '2028-12-31',
  targetValue: 0,
  source: '',
}

/** A target of the person's own: for the country, a province, a platform or a company. */
export function TargetForm() {
  const say = useSay()
  const workbench = useWorkbench()
  const [target, setTarget] = useState(fresh)
  const [kind, setKind] = useState<ScopeKind>('national')
  const change = (part: Partial<PlanTarget>) => setTarget(before => ({ ...before, ...part }))
  const share = target.indicator === 'penetration'
  const lacking = problem(target)
  return (
    <section className="plan-form" aria-label={say({ zh: '设定目标', en: 'Set a target' })}>
      <h2>{say({ zh: '设定自己的目标', en: 'Set a target of your own' })}</h2>
      <div className="plan-fields">
        <Choice
          label={{ zh: '目标', en: 'Target' }}
          value={target.indicator}
          choices={measureChoices}
          onChange={indicator => change({ indicator, targetValue: 0, baseValue: null })}
        />
        <Choice
          label={{ zh: '范围', en: 'Scope' }}
          value={kind}
          choices={scopeKinds}
          onChange={next => {
            setKind(next)
            change({ scope: next === 'national' ? nationalScope : '' })
          }}
        />
        <ScopeField kind={kind} scope={target.scope} onChange={scope => change({ scope })} />
        <Amount
          label={{ zh: '基期值（0 为未知）', en: 'Base (0: unknown)' }}
          value={target.baseValue ?? 0}
          min={0}
          max={share ? 1 : 1e12}
          {...(share ? { step: 0.01 } : {})}
          onChange={value => change({ baseValue: value === 0 ? null : value })}
        />
        <Day
          label={{ zh: '基期', en: 'Base date' }}
          value={target.baseDate}
          onChange={day => change({ baseDate: day ?? '' })}
        />
        <Amount
          label={share ? { zh: '目标值（0–1）', en: 'Target (0–1)' } : { zh: '目标值', en: 'Target' }}
          value={target.targetValue}
          min={0}
          max={share ? 1 : 1e12}
          {...(share ? { step: 0.01 } : {})}
          onChange={targetValue => change({ targetValue })}
        />
        <Day
          label={{ zh: '目标期', en: 'Target date' }}
          value={target.targetDate}
          onChange={day => change({ targetDate: day ?? '' })}
        />
        <Written
          label={{ zh: '来源', en: 'Source' }}
          value={target.source}
          onChange={source => change({ source })}
        />
      </div>
      <Tick
        label={{
          zh: '基期值为下限（公布时写作“超过”）',
          en: 'The base is a floor (published as “more than”)',
        }}
        checked={target.baseIsFloor}
        onChange={baseIsFloor => change({ baseIsFloor })}
      />
      <div className="plan-send">
        <Action
          label={{ zh: '设定', en: 'Set' }}
          icon={Plus}
          kind="primary"
          disabled={lacking !== null}
          onPress={() => workbench.setTargets([target])}
        />
        {lacking !== null && <span className="muted">{say(lacking)}</span>}
      </div>
    </section>
  )
}

interface ScopeFieldProps {
  readonly kind: ScopeKind
  readonly scope: string
  readonly onChange: (scope: string) => void
}

function ScopeField({ kind, scope, onChange }: ScopeFieldProps) {
  const codes = useWorkbenchState(state => state.filterChoices.provinces)
  if (kind === 'national') return null
  if (kind === 'province')
    return (
      <Choice
        label={{ zh: '省份', en: 'Province' }}
        value={scope}
        choices={codes.map(id => ({ id, name: provinceName(id) }))}
        onChange={onChange}
      />
    )
  return (
    <Written
      label={{ zh: '平台或组织的编号', en: 'Id of the platform or organisation' }}
      value={scope}
      onChange={onChange}
    />
  )
}

/** What has to be said before the target can be set; null where nothing is missing. */
function problem({ scope, baseDate, targetDate, targetValue }: PlanTarget) {
  if (scope.trim() === '') return { zh: '请选择或填写范围', en: 'Choose or write the scope' }
  if (baseDate === '' || targetDate === '') return { zh: '请填写两个日期', en: 'Give both dates' }
  if (targetDate <= baseDate)
    return { zh: '目标期须晚于基期', en: 'The target date must lie after the base date' }
  if (targetValue <= 0) return { zh: '请填写目标值', en: 'Give the target value' }
  return null
}
