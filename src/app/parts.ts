import { openWorld } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import { openReader } from '../formats/format.ts'
import type { Host } from '../host/host.ts'
import { openDeriver } from '../indicators/indicator.ts'
import type { openStore, openWorkbench } from '../workbench/workbench.ts'

/** What the workbench is made from in a page, with or without a screen. */
export function openParts(
  store: ReturnType<typeof openStore>,
  engine: Engine,
  host: Host,
): Parameters<typeof openWorkbench>[0] {
  return {
    store,
    engine,
    reader: openReader(),
    deriver: openDeriver(),
    host,
    world: openWorld(),
    isolated: globalThis.crossOriginIsolated,
  }
}
