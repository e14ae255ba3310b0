import type { ImportedFile } from '../../domain/file.ts'
import { iso } from '../../domain/format.ts'
import type { Host } from '../../host/host.ts'
import { catalogue } from '../../indicators/indicator.ts'
import type { State } from '../state.ts'

/** `run.json`: what ran, on what, with which versions, and how long it took. Seeds stand in the recipes: the same version draws the same. */
export function runJson(
  state: State,
  { machine }: Host,
  files: readonly ImportedFile[],
  milliseconds: number,
): unknown {
  const { engine, history, asOf, laterRows, results } = state
  return {
    app: { name: 'Assay', version: machine.app },
    runtime: { electron: machine.electron, chromium: machine.chromium, shipping: machine.shippingRuntime },
    engine: engine.status === 'ready' ? engine.info : null,
    recipes: catalogue.map(({ id, version }) => ({ id, version })),
    files: files.map(({ name, sha256, bytes, adapter, adapterVersion }) => ({
      name,
      sha256,
      bytes,
      adapter,
      adapterVersion,
    })),
    synthetic: history.present.datasets.some(dataset => dataset.synthetic),
    asOf: asOf === null ? null : iso(asOf),
    laterRows: laterRows === null ? null : { rows: laterRows.rows, latest: iso(laterRows.latest) },
    filters: history.present.filters,
    inputs: history.present.inputs,
    targets: history.present.targets,
    seeds: {},
    made: new Date().toISOString(),
    milliseconds: Math.round(milliseconds),
    engineBytes: engine.status === 'ready' ? engine.memory : null,
    queries: Object.fromEntries(
      Object.entries(results).flatMap(([id, { outcome }]) =>
        outcome?.status === 'ok'
          ? [[id, { milliseconds: Math.round(outcome.milliseconds), sql: outcome.sql }]]
          : [],
      ),
    ),
  }
}
