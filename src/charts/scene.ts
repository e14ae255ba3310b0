import type { Chart } from '../domain/chart.ts'
import type { Series } from './echarts.ts'
import type { Look } from './look.ts'
import { categoricalColour, type Palette, palettes } from './palette.ts'
import { axisScale, type Scale } from './scale.ts'

/** What all layers of one chart share while they are drawn. */
export interface Scene {
  readonly chart: Chart
  readonly look: Look
  readonly palette: Palette
  readonly x: Scale | null
  readonly y: Scale | null
  /** The same name has the same colour in every layer; new names take the next colour. */
  colourOf(name: string): string
}

/** What one layer brings to the picture. */
export interface Drawn {
  readonly series: readonly Series[]
  /** Names and colours for the legend; none for reference marks. */
  readonly legend?: readonly LegendEntry[]
  readonly ramp?: Ramp
  /** Words above the picture of a mark without axes. */
  readonly heads?: readonly Head[]
  /** The legend only explains: its names cannot be hidden, as nothing but all of them makes sense. */
  readonly fixedLegend?: true
  /** False when no row of the layer has a value to draw. */
  readonly anything: boolean
}

/** What stands at the top left or right of the picture. */
export interface Head {
  readonly side: 'left' | 'right'
  readonly text: string
}

export interface LegendEntry {
  readonly name: string
  readonly colour: string
  /** An ECharts symbol where a square of the colour would not show the mark. */
  readonly icon?: string
  /** The outline of a pale colour. */
  readonly edge?: string
}

/** A numeric colour scale, shown as a bar of colour. */
export interface Ramp {
  readonly name: string
  readonly low: number
  readonly high: number
  readonly words: (value: number) => string
}

/** A scene with fresh colours. */
export function sceneOf(chart: Chart, look: Look): Scene {
  const palette = palettes[look.theme]
  const given = new Map<string, string>()
  return {
    chart,
    look,
    palette,
    x: axisScale(chart, 'x', look.language),
    y: axisScale(chart, 'y', look.language),
    colourOf(name) {
      const colour = given.get(name) ?? categoricalColour(palette, given.size)
      given.set(name, colour)
      return colour
    },
  }
}
