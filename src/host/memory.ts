import { type Result, success } from '../domain/failure.ts'
import type { Host, Machine, MenuItem, Refusals } from './host.ts'

/** A host without a machine: what the app asked of it can be read back, and commands chosen as from the menu. */
export interface MemoryHost extends Host {
  readonly saved: ReadonlyMap<string, Uint8Array>
  readonly menu: readonly MenuItem[]
  readonly theme: string
  choose(id: string): void
}

const machine: Machine = {
  app: '0.0.0',
  electron: '0.0.0',
  chromium: '0.0.0',
  platform: 'memory',
  shippingRuntime: true,
  shippedElectron: '0.0.0',
}

/** `answer` decides what each save gives; by default it succeeds. */
export function memoryHost(
  answer: (name: string) => Result<'saved' | 'dismissed'> = () => success('saved'),
): MemoryHost {
  const saved = new Map<string, Uint8Array>()
  const listeners = new Set<(id: string) => void>()
  const shown: { menu: readonly MenuItem[]; theme: string } = { menu: [], theme: 'system' }
  return {
    machine,
    saved,
    get menu() {
      return shown.menu
    },
    get theme() {
      return shown.theme
    },
    async save(name, bytes) {
      const result = answer(name)
      if (result.ok && result.value === 'saved') saved.set(name, bytes.slice())
      return result
    },
    showMenu: menu => {
      shown.menu = menu
    },
    showTheme: theme => {
      shown.theme = theme
    },
    onCommand: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refusals: async (): Promise<Refusals> => ({ count: 0, last: [] }),
    report: null,
    choose: id => {
      for (const listener of listeners) listener(id)
    },
  }
}
