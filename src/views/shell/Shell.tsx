import { useState } from 'react'
import { ExportDialog } from '../export/ExportDialog.tsx'
import { FilterBar } from '../filters/FilterBar.tsx'
import { Header } from '../header/Header.tsx'
import { Notices } from '../notices/Notices.tsx'
import { CommandPalette } from '../palette/CommandPalette.tsx'
import { ShortcutList } from '../shortcuts/ShortcutList.tsx'
import { SidePanel } from '../side/SidePanel.tsx'
import { StatusBar } from '../status/StatusBar.tsx'
import { useSay, useWorkbenchState } from '../surroundings.ts'
import { Stage } from './Stage.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import './shell.css'

/** The frame around everything: header, side panel, stage, status bar, and what floats above them. */
export function Shell() {
  const say = useSay()
  const [sideOpen, setSideOpen] = useState(true)
  const hasData = useWorkbenchState(state => state.history.present.datasets.length > 0)
  const importing = useWorkbenchState(state => state.importing !== null)
  const sideShown = sideOpen && !importing
  useShortcuts()
  return (
    <div className="shell" data-side={sideShown ? 'open' : 'closed'}>
      <Header sideOpen={sideOpen} onToggleSide={() => setSideOpen(open => !open)} />
      <nav
        className="shell-side scrolling"
        aria-label={say({ zh: '数据与指标', en: 'Data and indicators' })}
        inert={!sideShown}
      >
        <SidePanel />
      </nav>
      {hasData && !importing && <FilterBar />}
      <main className="shell-stage scrolling" id="stage">
        <Stage />
      </main>
      <StatusBar />
      <Notices />
      <CommandPalette />
      <ShortcutList />
      <ExportDialog />
    </div>
  )
}
