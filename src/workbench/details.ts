import type { Chart } from '../domain/chart.ts'
import { failed, type Result, success } from '../domain/failure.ts'
import { catalogue } from '../indicators/indicator.ts'
import { type Calculator, type ComputedRows, compute, evaluation } from './evaluation.ts'
import type { Store } from './store.ts'

/** The rows behind an indicator's result, with their picture where there is one. */
export interface DetailRows extends ComputedRows {
  readonly chart: Chart | null
}

/** Looks up one of an indicator's details on the present workspace; filters and inputs act on it as on the result. */
export async function detailRows(
  calculator: Calculator,
  store: Store,
  id: string,
  detail: string,
  signal: AbortSignal,
): Promise<Result<DetailRows>> {
  const indicator = catalogue.find(candidate => candidate.id === id)
  const computation = indicator?.details?.[detail]
  if (indicator === undefined || computation === undefined)
    return failed({ kind: 'query-failed', sql: `${id} ${detail}`, detail: 'no such detail' })
  const state = store.getState()
  const wanted = evaluation(indicator, state.history.present, state)
  const rows = await compute(calculator, wanted, detail, signal)
  if (!rows.ok) return rows
  const chart = computation.chart?.(rows.value.table.rows, wanted.inputs) ?? null
  return success({ ...rows.value, chart })
}
