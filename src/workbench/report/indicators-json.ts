import { iso } from '../../domain/format.ts'
import {
  catalogue,
  type Indicator,
  type Interval,
  resolveInputs,
  type Unit,
} from '../../indicators/indicator.ts'
import type { State } from '../state.ts'
import { failureLine } from './failure-line.ts'

/** Units as the indicator catalogue writes them; percentages are given as percent, not as ratios. */
const writtenUnits: Readonly<Record<Unit, { readonly unit: string; readonly factor: number }>> = {
  devices: { unit: '台(套)', factor: 1 },
  percent: { unit: '%', factor: 100 },
  ratio: { unit: 'ratio', factor: 1 },
  'effective number': { unit: 'effective number', factor: 1 },
  'GB/d': { unit: 'GB/d', factor: 1 },
  '%/a': { unit: '%/a', factor: 100 },
  h: { unit: 'h', factor: 1 },
  s: { unit: 's', factor: 1 },
  'devices/month': { unit: '台/月', factor: 1 },
  'per 10,000 devices': { unit: 'per 10^4', factor: 1 },
  persons: { unit: '人', factor: 1 },
  index: { unit: 'index', factor: 1 },
  yuan: { unit: '元', factor: 1 },
}

/** `indicators.json`: every indicator in catalogue order. Holds no time and no measurement, so the same input gives the same bytes. */
export function indicatorsJson(state: State): readonly unknown[] {
  return catalogue.map(indicator => entry(indicator, state))
}

function entry(indicator: Indicator, { results, history }: State): unknown {
  const outcome = results[indicator.id]?.outcome ?? null
  const { unit, factor } = writtenUnits[indicator.unit]
  const inputs = resolveInputs(indicator.inputs, history.present.inputs[indicator.id] ?? {})
  const base = { id: indicator.id, version: indicator.version }
  if (outcome === null)
    return { ...base, status: 'not-computable', value: null, unit, missing: indicator.needs, inputs, rows: 0 }
  if (outcome.status === 'ok') {
    const { headline, table, asOf } = outcome
    return {
      ...base,
      status: 'ok',
      value: (headline.value ?? 0) * factor,
      unit,
      ...(headline.interval ? { interval: intervalEntry(headline.interval, factor) } : {}),
      ...(headline.basis ? { basis: { ...headline.basis, of: headline.basis.of.en } } : {}),
      beside: (headline.beside ?? []).map(({ name, value }) => ({ name: name.en, value })),
      asOf: iso(asOf),
      inputs,
      rows: table.rows.length,
    }
  }
  const missing = outcome.status === 'not-computable' ? outcome.missing : [failureLine(outcome.failure)]
  return { ...base, status: 'not-computable', value: null, unit, missing, inputs, rows: 0 }
}

function intervalEntry({ kind, low, high, level, method }: Interval, factor: number): unknown {
  const scaled = (end: number | null) => (end === null ? null : end * factor)
  return { kind, low: scaled(low), high: scaled(high), level: level ?? null, method: method.en }
}
