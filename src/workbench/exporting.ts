import { type Failure, type Result, success } from '../domain/failure.ts'
import type { Table } from '../domain/table.ts'
import type { World } from '../domain/world.ts'
import { encodeTable } from '../engine/engine.ts'
import type { Host } from '../host/host.ts'
import { catalogue } from '../indicators/indicator.ts'
import { type Calculator, evaluateArrow, evaluation } from './evaluation.ts'
import { type Figure, makeFigure } from './figures.ts'
import { notify } from './notices.ts'
import type { Computed } from './state.ts'
import type { Store } from './store.ts'
import { drawFigure, type HomeTaken, writeTable } from './taking-home.ts'
import type { FigureExport, TableExport } from './workbench.ts'

/** Takes what is on an indicator's page home as a file, with its provenance inside. */
export interface Exporting {
  figure(id: string, theme: 'light' | 'dark'): Figure | null
  drawn(id: string, wanted: FigureExport): Promise<Result<HomeTaken>>
  written(id: string, wanted: TableExport): Promise<Result<HomeTaken>>
  /** Rows that are at hand as a file. */
  rows(table: Table, stem: string, wanted: TableExport): Promise<Result<HomeTaken>>
  /** Hands a file to the system's dialog and tells how it went. */
  save(taken: Result<HomeTaken>): Promise<void>
}

const gone: Result<never> = { ok: false, failure: { kind: 'cancelled' } }

export function openExporting(calculator: Calculator, store: Store, host: Host, world: World): Exporting {
  const indicatorOf = (id: string) => catalogue.find(candidate => candidate.id === id)

  function figure(id: string, theme: 'light' | 'dark'): Figure | null {
    const { history, session } = store.getState()
    const indicator = indicatorOf(id)
    const computed = computedOf(store, id)
    if (indicator === undefined || computed === null) return null
    const { language } = session
    const made = world.now()
    const { app: appVersion } = host.machine
    return makeFigure({
      indicator,
      computed,
      workspace: history.present,
      language,
      theme,
      appVersion,
      engine: calculator.engine.info,
      made,
    })
  }

  return {
    figure,
    async drawn(id, wanted) {
      const made = figure(id, wanted.theme)
      return made === null ? gone : drawFigure(made, id, wanted)
    },
    async written(id, wanted) {
      const indicator = indicatorOf(id)
      const computed = computedOf(store, id)
      if (indicator === undefined || computed === null) return gone
      const state = store.getState()
      const again = () =>
        evaluateArrow(
          calculator,
          evaluation(indicator, state.history.present, state),
          new AbortController().signal,
        )
      return writeTable(computed.table, id, wanted, again)
    },
    rows: (table, stem, wanted) => writeTable(table, stem, wanted, async () => success(encodeTable(table))),
    async save(taken) {
      if (!taken.ok) return sayFailed(store, world, taken.failure)
      const saved = await host.save(taken.value.name, taken.value.bytes)
      if (!saved.ok) return sayFailed(store, world, saved.failure)
      if (saved.value === 'dismissed') return
      const { name } = taken.value
      notify(store, world, 'good', { zh: `已保存 ${name}`, en: `Saved ${name}` })
    },
  }
}

function computedOf(store: Store, id: string): Computed | null {
  const outcome = store.getState().results[id]?.outcome
  return outcome?.status === 'ok' ? outcome : null
}

function sayFailed(store: Store, world: World, failure: Failure): void {
  if (failure.kind === 'cancelled') return
  notify(store, world, 'bad', { zh: '导出失败', en: 'The export failed' }, failure)
}
