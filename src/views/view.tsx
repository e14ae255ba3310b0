import { type ReactNode, useMemo } from 'react'
import { Intake } from './intake/Intake.tsx'
import { Look } from './look/Look.tsx'
import { Shell } from './shell/Shell.tsx'
import { type Surroundings, SurroundingsContext, useWorkbenchState } from './surroundings.ts'

export { StartFailed } from './failure/StartFailed.tsx'
export type { MachineFacts, RefusedRequests, Surroundings } from './surroundings.ts'

/** The whole window: a workbench, made visible. */
export function App({ workbench, machine, refusals }: Surroundings) {
  const surroundings = useMemo(() => ({ workbench, machine, refusals }), [workbench, machine, refusals])
  return (
    <SurroundingsContext value={surroundings}>
      <SessionLook>
        <Intake>
          <Shell />
        </Intake>
      </SessionLook>
    </SurroundingsContext>
  )
}

function SessionLook({ children }: { children: ReactNode }) {
  const language = useWorkbenchState(state => state.session.language)
  const theme = useWorkbenchState(state => state.session.theme)
  return (
    <Look language={language} theme={theme}>
      {children}
    </Look>
  )
}
