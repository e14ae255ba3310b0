import type { Field } from '../domain/chart.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { shortNumber } from './number-words.ts'
import { categoricalColour } from './palette.ts'
import { rampColour } from './ramp.ts'
import { categoryScale } from './scale.ts'
import type { LegendEntry, Ramp, Scene } from './scene.ts'
import { categoryKey, fieldName } from './words.ts'

/** How an area mark is filled: by a numeric ramp, or by one colour a category. */
export interface Shade {
  readonly legend: readonly LegendEntry[]
  readonly ramp?: Ramp
  /** The fill of a row; null where the row has no value. */
  fill(row: Row): string | null
  /** The legend name under which the row is shown; null with a ramp. */
  nameOf(row: Row): string | null
}

export function shadeOf(scene: Scene, field: Field): Shade {
  return field.scale === 'category' ? categoryShade(scene, field) : rampShade(scene, field)
}

function categoryShade(scene: Scene, field: Field): Shade {
  const { keys, words } = categoryScale(field, scene.chart.rows, scene.look.language)
  const entries = new Map(
    keys.map((key, i) => [key, { name: words[i] ?? key, colour: stateColour(scene, field, key, i) }]),
  )
  const entryOf = (row: Row) => entries.get(categoryKey(row[field.field]))
  return {
    legend: [...entries.values()],
    fill: row => (categoryKey(row[field.field]) === '' ? null : (entryOf(row)?.colour ?? null)),
    nameOf: row => entryOf(row)?.name ?? null,
  }
}

/** Declared states keep their colour whether or not the states before them occur. */
function stateColour({ palette }: Scene, { order = [] }: Field, key: string, index: number): string {
  if (key === '') return palette.absent
  const declared = order.indexOf(key)
  const rank = declared >= 0 ? declared : Math.max(order.length, index)
  return palette.states[rank] ?? categoricalColour(palette, rank - palette.states.length + 2)
}

function rampShade(scene: Scene, field: Field): Shade {
  const { language } = scene.look
  const amountOf = (row: Row) => asNumber(row[field.field])
  const values = scene.chart.rows.map(amountOf).filter(value => value !== null)
  const low = values.reduce((least, value) => Math.min(least, value), 0)
  const top = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const high = top > low ? top : low + 1
  const fill = (value: number) => rampColour(scene.palette.sequential, (value - low) / (high - low))
  return {
    legend: [],
    ...(values.length > 0 ? { ramp: { name: fieldName(field, language), low, high, words } } : {}),
    fill: row => {
      const value = amountOf(row)
      return value === null ? null : fill(value)
    },
    nameOf: () => null,
  }
  function words(value: number): string {
    return shortNumber(value, field.format, language)
  }
}
