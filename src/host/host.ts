import type { Theme } from '../domain/chart.ts'
import type { Result } from '../domain/failure.ts'
import type { Language } from '../domain/phrase.ts'

export { openHost } from './electron/page.ts'
export { type MemoryHost, memoryHost } from './memory.ts'

/**
 * All that the app asks of the machine it runs on. The page never names a path: files come in as `File` objects
 * (drop, file input) and go out through `save`, which opens the system's dialog.
 */
export interface Host {
  readonly machine: Machine
  save(name: string, bytes: Uint8Array): Promise<Result<'saved' | 'dismissed'>>
  showMenu(menu: readonly MenuItem[]): void
  onCommand(listener: (id: string) => void): () => void
  /** Paints the window frame and native controls in the page's theme. */
  showTheme(theme: Theme | 'system'): void
  /** How many requests the network guard has refused since start, and the last of them. */
  refusals(): Promise<Refusals>
  /** Present only in the run without a screen. */
  readonly report: ReportJob | null
}

export interface Machine {
  readonly app: string
  readonly electron: string
  readonly chromium: string
  readonly platform: string
  /** False when the runtime is not the Electron version that Assay ships with. */
  readonly shippingRuntime: boolean
  readonly shippedElectron: string
}

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly accelerator?: string
  readonly enabled?: boolean
  readonly checked?: boolean
  /** A submenu when present; `id` is then only a name. */
  readonly items?: readonly MenuItem[]
  readonly separatorBefore?: boolean
}

export interface Refusals {
  readonly count: number
  readonly last: readonly string[]
}

/** A file that a report reads: `url` is served by the app's own scheme, `name` is the path below what was named. */
export interface ReportInput {
  readonly name: string
  readonly url: string
  readonly bytes: number
}

/** The job of `npm run report`: which files to read, and where results go (as plain names below one folder). */
export interface ReportJob {
  readonly language: Language
  /** The files of each export, the earlier exports first. Empty: the bundled sample. */
  readonly exports: readonly (readonly ReportInput[])[]
  /** `name` is a relative name such as `tables/CON-01.csv`; anything else is refused. */
  write(name: string, bytes: Uint8Array): Promise<Result<void>>
  say(line: string, stream: 'stdout' | 'stderr'): void
  finish(exitCode: 0 | 2 | 3 | 1): void
}
