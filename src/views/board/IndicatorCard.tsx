import { RotateCw } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { Indicator } from '../../indicators/indicator.ts'
import type { Computed, IndicatorState } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { SyntheticSign } from '../controls/Badge.tsx'
import { missingNames } from '../failure/missing.ts'
import { failureWords } from '../failure/words.ts'
import { useFigure } from '../figure/use-figure.ts'
import { Beside } from '../headline/Beside.tsx'
import { Measure } from '../headline/Measure.tsx'
import { Sparkline } from '../spark/Sparkline.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'

/** One indicator on the board: its value at a glance, or why there is none; a press opens its page. */
export function IndicatorCard({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const workbench = useWorkbench()
  const state = useWorkbenchState(({ results }) => results[indicator.id])
  const synthetic = useWorkbenchState(({ history }) => history.present.datasets.some(one => one.synthetic))
  const open = () => workbench.setSession({ place: { kind: 'indicator', id: indicator.id } })
  return (
    <article className="card" aria-busy={state?.computing ?? false}>
      <header className="card-head">
        <h3 className="card-title">
          <Button className="card-open" onPress={open}>
            {say(indicator.name)}
          </Button>
        </h3>
        {synthetic && state?.outcome?.status === 'ok' && <SyntheticSign />}
        <span className="card-code">{indicator.id}</span>
      </header>
      <CardBody indicator={indicator} state={state} />
    </article>
  )
}

function CardBody({ indicator, state }: { indicator: Indicator; state: IndicatorState | undefined }) {
  const say = useSay()
  const workbench = useWorkbench()
  const outcome = state?.outcome ?? null
  if (outcome === null) return <Skeleton />
  if (outcome.status === 'failed') {
    const { what, todo } = failureWords(outcome.failure)
    return (
      <div className="card-reason card-failed">
        <strong>{say(what)}</strong>
        <span>{say(todo)}</span>
        <Action
          label={{ zh: '重新计算', en: 'Compute again' }}
          icon={RotateCw}
          kind="quiet"
          onPress={() => workbench.recompute()}
        />
      </div>
    )
  }
  if (outcome.status === 'not-computable') return <Missing missing={outcome.missing} />
  if (outcome.headline.value === null) return <Missing missing={outcome.headline.missing ?? []} />
  return <CardFigure indicator={indicator} outcome={outcome} />
}

function CardFigure({ indicator, outcome }: { indicator: Indicator; outcome: Computed }) {
  const figure = useFigure(indicator.id)
  return (
    <>
      <div className="card-figure">
        <Measure headline={outcome.headline} unit={indicator.unit} />
        {figure !== null && <Sparkline chart={figure.chart} />}
      </div>
      <Beside figures={(outcome.headline.beside ?? []).slice(0, 2)} shape="line" />
    </>
  )
}

function Missing({ missing }: { missing: readonly string[] }) {
  const say = useSay()
  return (
    <div className="card-reason">
      <strong>{say({ zh: '无法计算', en: 'Not computable' })}</strong>
      <span>{say(missingNames(missing))}</span>
    </div>
  )
}

function Skeleton() {
  const say = useSay()
  return (
    <div className="card-skeleton" role="status">
      <span className="only-heard">{say({ zh: '正在计算', en: 'Computing' })}</span>
      <span className="bone bone-value" />
      <span className="bone bone-line" />
    </div>
  )
}
