import { formatValue } from '../../domain/format.ts'
import type { Indicator } from '../../indicators/indicator.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { SideLink } from './SideLink.tsx'

/** An indicator in the side panel, with its present value. */
export function IndicatorEntry({ indicator, disabled }: { indicator: Indicator; disabled: boolean }) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const current = useWorkbenchState(
    ({ session: { place } }) => place.kind === 'indicator' && place.id === indicator.id,
  )
  const outcome = useWorkbenchState(state => state.results[indicator.id]?.outcome ?? null)
  const value = outcome?.status === 'ok' ? outcome.headline.value : null
  return (
    <SideLink
      name={say(indicator.name)}
      current={current}
      disabled={disabled}
      onPress={() => workbench.setSession({ place: { kind: 'indicator', id: indicator.id } })}
    >
      <span className="side-value">
        {value !== null && formatValue(value, indicator.unit, language)}
        {value === null && outcome !== null && <span aria-hidden>–</span>}
      </span>
    </SideLink>
  )
}
