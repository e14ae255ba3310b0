import type { Phrase } from '../domain/phrase.ts'
import type { State } from './state.ts'
import type { Workbench } from './workbench.ts'

/**
 * One thing that can be done, in one file of `commands/`. The native menu, the palette, the toolbar and the
 * shortcuts are all derived from these declarations.
 */
export interface Command {
  readonly id: string
  readonly label: Phrase
  /** Where it stands in the menu; absent: palette only. */
  readonly menu?: { readonly group: MenuGroup; readonly order: number; readonly separatorBefore?: true }
  /** Electron accelerator, such as `CmdOrCtrl+K`. */
  readonly keys?: string
  enabled(state: State): boolean
  checked?(state: State): boolean
  run(workbench: Workbench, state: State): void | Promise<void>
}

export type MenuGroup = 'file' | 'edit' | 'view' | 'go' | 'help'

export const menuGroups: Readonly<Record<MenuGroup, Phrase>> = {
  file: { zh: '文件', en: 'File' },
  edit: { zh: '编辑', en: 'Edit' },
  view: { zh: '视图', en: 'View' },
  go: { zh: '前往', en: 'Go' },
  help: { zh: '帮助', en: 'Help' },
}

/** Checks a command at compile time. */
export function command(declaration: Command): Command {
  return declaration
}
