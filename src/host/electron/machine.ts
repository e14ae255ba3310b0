import { app } from 'electron'
import type { Machine } from '../host.ts'

/** Version of the `electron` package at build time; the bundler puts it here. */
declare const __SHIPPED_ELECTRON__: string

export function describeMachine(): Machine {
  const { electron, chrome } = process.versions
  const major = (version: string) => version.split('.')[0]
  return {
    app: app.getVersion(),
    electron,
    chromium: chrome,
    platform: `${process.platform}-${process.arch}`,
    shippingRuntime: major(electron) === major(__SHIPPED_ELECTRON__),
    shippedElectron: __SHIPPED_ELECTRON__,
  }
}
