import { RotateCw } from 'lucide-react'
import type { Indicator } from '../../indicators/indicator.ts'
import type { IndicatorState } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { FailureNote } from '../failure/FailureNote.tsx'
import { missingNames } from '../failure/missing.ts'
import { Beside } from '../headline/Beside.tsx'
import { Certainty, Measure } from '../headline/Measure.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { Reading } from './Reading.tsx'
import { ResultTabs } from './ResultTabs.tsx'

/** What came of an indicator: its figures, or in words why there are none. */
export function OutcomeView({
  indicator,
  state,
}: {
  indicator: Indicator
  state: IndicatorState | undefined
}) {
  const outcome = state?.outcome ?? null
  if (outcome === null) return <Waiting />
  if (outcome.status === 'failed') {
    return (
      <FailureNote failure={outcome.failure}>
        <Retry />
      </FailureNote>
    )
  }
  if (outcome.status === 'not-computable')
    return <NotComputable indicator={indicator} missing={outcome.missing} />
  const { value, missing = [], beside = [] } = outcome.headline
  if (value === null) return <NotComputable indicator={indicator} missing={missing} />
  return (
    <>
      <div className="indicator-headline">
        <div>
          <Measure headline={outcome.headline} unit={indicator.unit} />
          <Certainty headline={outcome.headline} unit={indicator.unit} />
        </div>
        <Beside figures={beside} shape="row" />
      </div>
      <ResultTabs indicator={indicator} outcome={outcome} />
    </>
  )
}

function Retry() {
  const workbench = useWorkbench()
  return (
    <Action
      label={{ zh: '重新计算', en: 'Compute again' }}
      icon={RotateCw}
      onPress={() => workbench.recompute()}
    />
  )
}

function NotComputable({ indicator, missing }: { indicator: Indicator; missing: readonly string[] }) {
  const say = useSay()
  return (
    <>
      <div className="not-computable">
        <h2>{say({ zh: '现有数据无法计算此指标', en: 'Not computable from the data at hand' })}</h2>
        <p>{say(missingNames(missing))}</p>
        <p className="muted">
          {say({
            zh: '缺少数据时不显示零，因为零也是一个结论。',
            en: 'Nothing is shown as zero for want of data, because zero is a finding too.',
          })}
        </p>
      </div>
      <Reading explanation={indicator.explanation} />
    </>
  )
}

function Waiting() {
  const say = useSay()
  return (
    <div className="indicator-waiting" role="status">
      <span className="only-heard">{say({ zh: '正在计算', en: 'Computing' })}</span>
      <span className="bone bone-value" />
      <span className="bone bone-chart" />
    </div>
  )
}
