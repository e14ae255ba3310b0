import type { CanonicalName } from '../../domain/canonical.ts'
import { failed, type Result } from '../../domain/failure.ts'
import type { Table } from '../../domain/table.ts'
import { catalogue, type Indicator } from '../../indicators/indicator.ts'
import type { Calculator } from '../evaluation.ts'
import type { Store } from '../store.ts'
import { comparedRows, compareExports, type TableFates } from './exports.ts'
import { canComparePeers, comparePeers, type PeerComparison } from './peers.ts'
import { comparePeriods, type Period, type PeriodComparison, periodIndicators } from './periods.ts'
import type { Progress } from './values.ts'

export type { TableFates } from './exports.ts'
export type { PeerComparison, PeerValue } from './peers.ts'
export type { Period, PeriodComparison, PeriodValues } from './periods.ts'

/** Lays things beside each other on the present workspace; filters and inputs act as on the board. Each can be cancelled. */
export interface Comparing {
  /** The indicators that can be told for a platform alone. */
  peerIndicators(): readonly Indicator[]
  peers(
    indicator: string,
    platform: string,
    tell: Progress,
    signal: AbortSignal,
  ): Promise<Result<PeerComparison>>
  /** The indicators on which a period acts. */
  periodIndicators(): readonly Indicator[]
  periods(
    indicators: readonly string[],
    periods: { readonly earlier: Period; readonly later: Period },
    tell: Progress,
    signal: AbortSignal,
  ): Promise<Result<PeriodComparison>>
  /** Datasets by id. */
  exports(older: string, newer: string, signal: AbortSignal): Promise<Result<readonly TableFates[]>>
  exportRows(
    older: string,
    newer: string,
    table: CanonicalName,
    signal: AbortSignal,
  ): Promise<Result<Table & { readonly truncated: boolean }>>
}

export function openComparing(calculator: Calculator, store: Store): Comparing {
  const state = () => store.getState()
  const workspace = () => state().history.present
  return {
    peerIndicators: () => catalogue.filter(indicator => canComparePeers(indicator, state())),
    async peers(id, platform, tell, signal) {
      const indicator = catalogue.find(candidate => candidate.id === id)
      if (indicator === undefined) return cancelled
      return orCancelled(() => comparePeers(calculator, state(), indicator, platform, tell, signal), signal)
    },
    periodIndicators: () => periodIndicators(catalogue, state()),
    async periods(ids, periods, tell, signal) {
      const indicators = catalogue.filter(({ id }) => ids.includes(id))
      return orCancelled(() => comparePeriods(calculator, state(), indicators, periods, tell, signal), signal)
    },
    exports: (older, newer, signal) => compareExports(calculator.engine, workspace(), older, newer, signal),
    exportRows: (older, newer, table, signal) =>
      comparedRows(calculator.engine, workspace(), older, newer, table, signal),
  }
}

const cancelled: Result<never> = failed({ kind: 'cancelled' })

async function orCancelled<T>(run: () => Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  try {
    return await run()
  } catch (thrown) {
    if (signal.aborted) return cancelled
    throw thrown
  }
}
