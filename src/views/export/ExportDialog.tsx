import { Window } from '../controls/Window.tsx'
import { useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { ExportForm } from './ExportForm.tsx'
import './export.css'

/** Takes the open indicator's figure or table home as a file. */
export function ExportDialog() {
  const workbench = useWorkbench()
  const open = useWorkbenchState(state => state.session.exportOpen)
  const place = useWorkbenchState(state => state.session.place)
  return (
    <Window
      title={{ zh: '导出', en: 'Export' }}
      open={open && place.kind === 'indicator'}
      size="large"
      onClose={() => workbench.setSession({ exportOpen: false })}
    >
      {place.kind === 'indicator' && <ExportForm indicator={place.id} />}
    </Window>
  )
}
