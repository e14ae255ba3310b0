import { createRoot, type Root } from 'react-dom/client'
import { messageOf } from '../domain/failure.ts'
import { openEngine } from '../engine/engine.ts'
import { openHost } from '../host/host.ts'
import { App, StartFailed } from '../views/view.tsx'
import {
  connectHost,
  keepPreferences,
  openStore,
  openWorkbench,
  readPreferences,
} from '../workbench/workbench.ts'
import { openParts } from './parts.ts'

type Preferences = ReturnType<typeof readPreferences>

/** The window: every part is made here, once, and given to those who need it. */
async function openWindow(root: Root, preferences: Preferences): Promise<void> {
  const host = await openHost()
  const engine = await openEngine()
  if (!engine.ok) {
    root.render(<StartFailed failure={engine.failure} language={preferences.language} />)
    return
  }
  const store = openStore(preferences.language, preferences.theme)
  const parts = openParts(store, engine.value, host)
  const workbench = await openWorkbench(parts)
  keepPreferences(localStorage, store)
  connectHost(workbench, host)
  root.render(<App workbench={workbench} machine={host.machine} refusals={host.refusals} />)
}

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')
const root = createRoot(place)
const preferences = readPreferences(localStorage, navigator.language)
openWindow(root, preferences).catch((thrown: unknown) => {
  const failure = { kind: 'engine-lost', detail: messageOf(thrown) } as const
  root.render(<StartFailed failure={failure} language={preferences.language} />)
  throw thrown
})
