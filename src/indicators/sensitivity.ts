import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row, type ValueType } from '../domain/table.ts'
import { categoryField, numberField } from './field.ts'
import { figure } from './headline.ts'
import type { Interval } from './recipe.ts'

/** An assumption of a valuation: the value declared, the bounds that it cannot leave, and whether it is a whole number. */
export interface Assumption {
  readonly declared: number
  readonly min: number
  readonly max: number
  readonly whole?: true
}

type Assumptions<K extends string> = Readonly<Record<K, Assumption>>

/** Columns of `sensitivity`; values in yuan. */
export const sensitivityColumns = {
  parameter: 'text',
  declared: 'number',
  declared_low: 'number',
  declared_high: 'number',
  value_low: 'number',
  value_high: 'number',
  value_declared: 'number',
  range_low: 'number',
  range_high: 'number',
} as const satisfies Readonly<Record<string, ValueType>>

/** By how much each assumption is moved down and up. */
export const spreadInput = {
  kind: 'number',
  name: { zh: '各输入的浮动幅度', en: 'Spread of each input' },
  unit: { zh: '%', en: '%' },
  min: 1,
  max: 100,
  default: 20,
} as const

/** A number that the person declares. */
export function declaredInput(name: Phrase, [min, max]: readonly [number, number], byDefault: number) {
  return { kind: 'number', name, min, max, step: 0.01, default: byDefault } as const
}

/**
 * One row an assumption, the most telling first: the value with this one alone at either end of its spread (in percent of
 * what is declared); each row repeats the value as declared, and the least and the most with all of them at their ends.
 * `value` moves in one direction with each assumption, whatever the others are, so that no point between says more.
 * What is not finite is null.
 */
export function sensitivity<K extends string>(
  assumptions: Assumptions<K>,
  spread: number,
  value: (at: Readonly<Record<K, number>>) => number,
): readonly Row[] {
  const names = Object.keys(assumptions) as unknown as readonly K[]
  const declared = pick(names, name => assumptions[name].declared)
  const limits = pick(names, name => ends(assumptions[name], spread))
  const arms = names.map(name => {
    const values = limits[name].map(end => value({ ...declared, [name]: end }))
    return { name, least: Math.min(...values), most: Math.max(...values) }
  })
  const extremes = corners(names, limits).map(value)
  const whole = [value(declared), Math.min(...extremes), Math.max(...extremes)]
  return arms
    .toSorted((a, b) => b.most - b.least - (a.most - a.least) || 0)
    .map(({ name, least, most }) =>
      row(Object.keys(sensitivityColumns), [
        name,
        ...[declared[name], ...limits[name], least, most, ...whole].map(one =>
          Number.isFinite(one) ? one : null,
        ),
      ]),
    )
}

/** Every combination of ends: 2 to the power of the assumptions. */
function corners<K extends string>(
  names: readonly K[],
  limits: Readonly<Record<K, readonly [number, number]>>,
): readonly Readonly<Record<K, number>>[] {
  return Array.from({ length: 2 ** names.length }, (_, corner) =>
    pick(names, name => limits[name][(corner >> names.indexOf(name)) & 1 ? 1 : 0]),
  )
}

/** What the declared assumptions span; null where there is no value. */
export function declaredRange(rows: readonly Row[], spread: number): Interval | null {
  const [low, high] = [figure(rows, 'range_low'), figure(rows, 'range_high')]
  if (low === null || high === null) return null
  const method = {
    zh: `全部输入各取所用值 ±${spread}% 中不利的一端与有利的一端`,
    en: `all inputs at the worse and at the better end of ±${spread}% of the value taken`,
  }
  return { kind: 'range', low, high, method }
}

/** The arms of a tornado, the longest first, about the value as declared. */
export function tornado(rows: readonly Row[], labels: Readonly<Record<string, Phrase>>): Chart {
  const middle = figure(rows, 'value_declared')
  const known = middle === null ? [] : rows.filter(one => asNumber(one.value_low) !== null)
  const yuan = (field: string) =>
    numberField(field, { zh: '估值', en: 'Value' }, 'compact', { zh: '元', en: 'yuan' })
  const order = known.map(one => String(one.parameter))
  return {
    layers: [
      {
        mark: 'span',
        from: yuan('from_value'),
        to: yuan('to_value'),
        y: categoryField('parameter', { zh: '输入', en: 'Input' }, { labels, order }),
        colour: categoryField(
          'arm',
          { zh: '变动方向', en: 'Moves to' },
          { labels: armNames, order: ['worse', 'better'] },
        ),
      },
      ...(middle === null
        ? []
        : [{ mark: 'rule', axis: 'x', at: middle, name: { zh: '基准值', en: 'Base case' } } as const]),
    ],
    rows: known.flatMap(one => [
      row(armColumns, [one.parameter ?? null, 'worse', one.value_low ?? null, middle]),
      row(armColumns, [one.parameter ?? null, 'better', middle, one.value_high ?? null]),
    ]),
  }
}

const armColumns = ['parameter', 'arm', 'from_value', 'to_value']

const armNames = {
  worse: { zh: '不利一端', en: 'Worse end' },
  better: { zh: '有利一端', en: 'Better end' },
} as const

function ends({ declared, min, max, whole }: Assumption, spread: number): readonly [number, number] {
  const moved = [declared * (1 - spread / 100), declared * (1 + spread / 100)] as const
  const [low, high] = [Math.min(...moved), Math.max(...moved)]
  const within = (one: number) => Math.min(max, Math.max(min, one))
  // A whole number moves by one at least, or the assumption would look certain.
  if (whole)
    return [within(Math.min(Math.round(low), declared - 1)), within(Math.max(Math.round(high), declared + 1))]
  return [within(low), within(high)]
}

function pick<K extends string, V>(names: readonly K[], of: (name: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(names.map(name => [name, of(name)])) as Readonly<Record<K, V>>
}
