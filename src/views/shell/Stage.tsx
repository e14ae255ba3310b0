import { Board } from '../board/Board.tsx'
import { ComparePage } from '../compare/ComparePage.tsx'
import { DatasetPage } from '../dataset/DatasetPage.tsx'
import { Boundary } from '../failure/Boundary.tsx'
import { ImportPage } from '../importing/ImportPage.tsx'
import { IndicatorPage } from '../indicator/IndicatorPage.tsx'
import { PlanPage } from '../plan/PlanPage.tsx'
import { useWorkbenchState } from '../surroundings.ts'
import { Welcome } from '../welcome/Welcome.tsx'

/** What the middle of the window shows: an open import first, then the place where the person is. */
export function Stage() {
  const importing = useWorkbenchState(state => state.importing !== null)
  const empty = useWorkbenchState(state => state.history.present.datasets.length === 0)
  const place = useWorkbenchState(state => state.session.place)
  if (importing)
    return (
      <Boundary key="import">
        <ImportPage />
      </Boundary>
    )
  if (empty)
    return (
      <Boundary key="welcome">
        <Welcome />
      </Boundary>
    )
  const key = 'id' in place ? `${place.kind} ${place.id}` : place.kind
  return (
    <Boundary key={key}>
      {place.kind === 'board' && <Board />}
      {place.kind === 'plan' && <PlanPage />}
      {place.kind === 'compare' && <ComparePage />}
      {place.kind === 'indicator' && <IndicatorPage id={place.id} />}
      {place.kind === 'dataset' && <DatasetPage id={place.id} table={place.table} />}
    </Boundary>
  )
}
