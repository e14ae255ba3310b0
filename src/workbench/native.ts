import type { Host } from '../host/host.ts'
import { menuOf } from './command-catalogue.ts'
import type { Workbench } from './workbench.ts'

/** Ties the workbench to the machine: the native menu follows the state, and its choices become commands. */
export function connectHost(workbench: Workbench, host: Host): void {
  let shownMenu = ''
  let shownTheme = ''
  const show = () => {
    const state = workbench.store.getState()
    const menu = menuOf(state)
    const menuKey = JSON.stringify(menu)
    if (menuKey !== shownMenu) host.showMenu(menu)
    if (state.session.theme !== shownTheme) host.showTheme(state.session.theme)
    shownMenu = menuKey
    shownTheme = state.session.theme
  }
  show()
  workbench.store.subscribe(show)
  host.onCommand(id => void workbench.run(id))
}
