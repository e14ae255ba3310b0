import { useMemo } from 'react'
import type { Figure } from '../../domain/figure.ts'
import { useAppearance, useLanguage, useWorkbench, useWorkbenchState } from '../surroundings.ts'

/** The figure of an indicator in the language and theme on the screen; null while there is no result. */
export function useFigure(indicator: string): Figure | null {
  const workbench = useWorkbench()
  const language = useLanguage()
  const theme = useAppearance()
  const outcome = useWorkbenchState(state => state.results[indicator]?.outcome ?? null)
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figure is read from the state these stand for
  return useMemo(
    () => workbench.figure(indicator, theme),
    [workbench, indicator, theme, language, outcome, datasets],
  )
}
