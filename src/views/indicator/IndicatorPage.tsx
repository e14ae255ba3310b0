import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import type { Indicator } from '../../indicators/indicator.ts'
import { Action, IconAction } from '../controls/Action.tsx'
import { SyntheticBadge } from '../controls/Badge.tsx'
import { findIndicator, neighbours } from '../recipes.ts'
import { useKeysOf } from '../shell/use-shortcuts.ts'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { Inputs } from './Inputs.tsx'
import { Obedience } from './Obedience.tsx'
import { OutcomeView } from './OutcomeView.tsx'
import './indicator.css'

/** One indicator in full: value, chart, table, and how it was computed. */
export function IndicatorPage({ id }: { id: string }) {
  const say = useSay()
  const indicator = findIndicator(id)
  const state = useWorkbenchState(({ results }) => results[id])
  if (indicator === undefined) {
    return <p className="indicator">{say({ zh: `没有指标 ${id}。`, en: `There is no indicator ${id}.` })}</p>
  }
  return (
    <div className="indicator" aria-busy={state?.computing ?? false}>
      <PageHead indicator={indicator} />
      <div className="indicator-settings">
        <Inputs indicator={indicator} />
        <Obedience outcome={state?.outcome ?? null} />
      </div>
      <OutcomeView indicator={indicator} state={state} />
    </div>
  )
}

function PageHead({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const workbench = useWorkbench()
  const synthetic = useWorkbenchState(({ history }) => history.present.datasets.some(one => one.synthetic))
  const computed = useWorkbenchState(({ results }) => results[indicator.id]?.outcome?.status === 'ok')
  return (
    <header className="indicator-head">
      <h1 className="ellipsis">{say(indicator.name)}</h1>
      <span className="indicator-code">{indicator.id}</span>
      {synthetic && <SyntheticBadge />}
      <span className="spread" />
      <Walk indicator={indicator} />
      <Action
        label={{ zh: '导出…', en: 'Export…' }}
        icon={Download}
        disabled={!computed}
        onPress={() => workbench.setSession({ exportOpen: true })}
      />
    </header>
  )
}

function Walk({ indicator }: { indicator: Indicator }) {
  const workbench = useWorkbench()
  const { before, after } = neighbours(indicator.id)
  const go = (to: Indicator | undefined) => {
    if (to !== undefined) workbench.setSession({ place: { kind: 'indicator', id: to.id } })
  }
  return (
    <>
      <IconAction
        label={{ zh: `上一项：${before?.name.zh ?? ''}`, en: `Previous: ${before?.name.en ?? ''}` }}
        keys={useKeysOf('previous-indicator')}
        icon={ChevronLeft}
        disabled={before === undefined}
        onPress={() => go(before)}
      />
      <IconAction
        label={{ zh: `下一项：${after?.name.zh ?? ''}`, en: `Next: ${after?.name.en ?? ''}` }}
        keys={useKeysOf('next-indicator')}
        icon={ChevronRight}
        disabled={after === undefined}
        onPress={() => go(after)}
      />
    </>
  )
}
