import { useEffect } from 'react'
import type { State } from '../../workbench/workbench.ts'
import { useSurroundings, useWorkbench } from '../surroundings.ts'
import { strikes, written } from './keys.ts'

/** A sign without Ctrl cannot be a native menu's accelerator; the list of keys is expected under it all the same. */
const alsoBy: Readonly<Record<string, string>> = { 'show-shortcuts': '?' }

/**
 * Runs commands by their keys. The event is taken from the page, so that a native menu with the same accelerator
 * (which Chromium asks only about keys the page left alone) does not run the command a second time.
 */
export function useShortcuts(): void {
  const { workbench, machine } = useSurroundings()
  useEffect(() => {
    const mac = machine.platform === 'darwin'
    const down = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      const state = workbench.store.getState()
      if (dialogIsOpen(state)) return
      const struck = workbench.commands.find(
        ({ id, keys, enabled }) =>
          [keys, alsoBy[id]].some(way => way && strikes(way, event, mac)) && enabled(state),
      )
      if (struck === undefined || belongsToText(event)) return
      event.preventDefault()
      void workbench.run(struck.id)
    }
    window.addEventListener('keydown', down)
    return () => window.removeEventListener('keydown', down)
  }, [workbench, machine])
}

/** An open dialog has the keyboard to itself. */
function dialogIsOpen({ session }: State): boolean {
  return session.paletteOpen || session.shortcutsOpen || session.exportOpen
}

/** In a text field, plain keys and the field's own undo belong to the text. */
function belongsToText(event: KeyboardEvent): boolean {
  const editing =
    event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]')
  const held = event.ctrlKey || event.metaKey || event.altKey
  return editing && (!held || ['z', 'y', 'a', 'c', 'v', 'x'].includes(event.key.toLowerCase()))
}

/** The keys of a command as they are written on this machine. */
export function useKeysOf(id: string): string | undefined {
  const { machine } = useSurroundings()
  const keys = useWorkbench().commands.find(command => command.id === id)?.keys
  return keys === undefined ? undefined : written(keys, machine.platform === 'darwin')
}
