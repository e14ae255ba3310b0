import type { Field } from '../domain/chart.ts'
import { measureWidth } from './measure.ts'
import type { CategoryScale } from './scale.ts'
import type { Scene } from './scene.ts'

/** A matrix of weeks by weekdays: the field of its colour, and the room to leave so that its cells are nearly square. */
export interface Calendar {
  readonly colour: Field
  readonly spareWidth: number
  readonly spareHeight: number
}

/** Cells may be this much higher than wide, or wider than high. */
const highest = 1.3
const widest = 1.5
/** A weekday's name needs so much height. */
const line = 13

/** The calendar that a scene shows in a plot of `width` × `height` with its labels; null for any other picture. */
export function calendarOf({ chart, look, x, y }: Scene, width: number, height: number): Calendar | null {
  const layer = chart.layers.find(({ mark }) => mark === 'cell')
  if (layer?.mark !== 'cell' || !isWeeks(x) || !isWeekdays(y)) return null
  const font = `12px ${look.fontFamily}`
  const labels = Math.max(...y.words.map(word => measureWidth(word, font))) + 5
  const [across, down] = [(width - labels) / x.keys.length, (height - line - 5) / y.keys.length]
  const [cellWidth, cellHeight] = [
    Math.min(across, down * widest),
    Math.min(down, Math.max(across * highest, line)),
  ]
  return {
    colour: layer.colour,
    spareWidth: (across - cellWidth) * x.keys.length,
    spareHeight: (down - cellHeight) * y.keys.length,
  }
}

function isWeeks(scale: Scene['x']): scale is CategoryScale {
  return scale?.kind === 'category' && scale.field.scale === 'time'
}

function isWeekdays(scale: Scene['y']): scale is CategoryScale {
  return scale?.kind === 'category' && scale.field.order?.length === 7
}
