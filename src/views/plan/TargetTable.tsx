import { Trash2 } from 'lucide-react'
import { formatCount, formatDate, formatDecimal, formatPercent } from '../../domain/format.ts'
import type { Language } from '../../domain/phrase.ts'
import { measureName, scopeName } from '../../domain/target.ts'
import { IconAction } from '../controls/Action.tsx'
import { Badge } from '../controls/Badge.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import type { TrackedTarget } from './targets.ts'

/** One line a target: what is wanted, what that takes, and how it goes. */
export function TargetTable({ targets }: { targets: readonly TrackedTarget[] }) {
  const say = useSay()
  return (
    <div className="scrolling plan-table">
      <table>
        <thead>
          <tr>
            <th>{say({ zh: '目标', en: 'Target' })}</th>
            <th>{say({ zh: '范围', en: 'Scope' })}</th>
            <th className="number">{say({ zh: '基期值', en: 'Base' })}</th>
            <th className="number">{say({ zh: '目标值', en: 'Target value' })}</th>
            <th className="number">{say({ zh: '所需年增速', en: 'Required a year' })}</th>
            <th className="number">{say({ zh: '实际年增速', en: 'Observed a year' })}</th>
            <th className="number">{say({ zh: '进度比', en: 'Pace ratio' })}</th>
            <th className="number">{say({ zh: '达标概率', en: 'Attainment' })}</th>
            <th aria-label={say({ zh: '操作', en: 'Actions' })} />
          </tr>
        </thead>
        <tbody>
          {targets.map(target => (
            <TargetLine key={`${target.indicator} ${target.scope}`} target={target} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TargetLine({ target }: { target: TrackedTarget }) {
  const say = useSay()
  const language = useLanguage()
  const share = target.indicator === 'penetration'
  const amount = (value: number | null) => (value === null ? '–' : amountText(value, share, language))
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value, language))
  return (
    <tr>
      <th scope="row">
        {say(measureName(target.indicator))}
        {target.source !== '' && (
          <span className="plan-source ellipsis" title={target.source}>
            {target.source}
          </span>
        )}
      </th>
      <td>{say(scopeName(target.scope))}</td>
      <td className="number">
        {amount(target.base)} {target.isFloor && <Badge text={{ zh: '下限', en: 'floor' }} tone="plain" />}
        <Sub text={dateText(target.baseDate)} />
      </td>
      <td className="number">
        {amount(target.target)}
        <Sub text={dateText(target.targetDate)} />
      </td>
      <td className="number">
        {percent(target.required)}
        {target.requiredAtHigherBase !== null && (
          <Sub
            text={say({
              zh: `基期高 10%：${percent(target.requiredAtHigherBase)}`,
              en: `base 10% higher: ${percent(target.requiredAtHigherBase)}`,
            })}
          />
        )}
      </td>
      <td className="number">{percent(target.observed)}</td>
      <td className="number">{target.pace === null ? '–' : formatDecimal(target.pace, language)}</td>
      <td className="number">
        {percent(target.probability)}
        {target.forecast !== null && (
          <Sub
            text={say({ zh: `预测 ${amount(target.forecast)}`, en: `forecast ${amount(target.forecast)}` })}
          />
        )}
      </td>
      <td>
        <Remove target={target} />
      </td>
    </tr>
  )
}

/** Imported targets leave with their dataset; those of the person can be taken back one by one. */
function Remove({ target }: { target: TrackedTarget }) {
  const workbench = useWorkbench()
  const own = useWorkbenchState(state =>
    state.history.present.targets.find(
      ({ indicator, scope }) => indicator === target.indicator && scope === target.scope,
    ),
  )
  if (own === undefined) return null
  return (
    <IconAction
      label={{ zh: '移除自设目标', en: 'Remove this target of your own' }}
      icon={Trash2}
      onPress={() => workbench.removeTarget(own)}
    />
  )
}

function Sub({ text }: { text: string }) {
  return text === '' ? null : <span className="plan-sub">{text}</span>
}

function amountText(value: number, share: boolean, language: Language): string {
  return share ? formatPercent(value, language) : formatCount(value, language)
}

function dateText(microseconds: number | null): string {
  return microseconds === null ? '' : formatDate(microseconds)
}
