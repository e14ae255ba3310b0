import type { Layer } from '../domain/chart.ts'
import { asNumber } from '../domain/table.ts'
import { type Group, groupsOf } from './group.ts'
import { rangeName } from './range.ts'
import { categoryScale } from './scale.ts'
import type { LegendEntry, Scene } from './scene.ts'
import { fieldName } from './words.ts'

export type BandLayer = Extract<Layer, { mark: 'band' }>
type Plotted = Extract<Layer, { mark: 'bar' | 'line' | 'point' }>

/** How much of its colour one band has; bands of one colour over each other are darker. */
export const bandOpacity = 0.14

/** One band of a layer in its colour; `entry` where the legend does not name it already. */
export interface Ribbon extends Group {
  readonly entry?: LegendEntry
}

/**
 * The bands of a layer. One with the name of a line has the colour of that line; others are a fan round the line
 * without groups that runs through them, or have colours of their own.
 */
export function ribbonsOf(scene: Scene, layer: BandLayer): readonly Ribbon[] {
  const named = namesOfGroups(scene)
  return ownGroups(scene, layer, named).map(group => {
    if (named.has(group.name)) return group
    const opacity = 1 - (1 - bandOpacity) ** (1 + widerThan(scene, layer, group, named))
    return { ...group, entry: { name: group.name, colour: faded(group.colour, opacity), edge: group.colour } }
  })
}

function ownGroups(scene: Scene, layer: BandLayer, named: ReadonlySet<string>): readonly Group[] {
  const centre = centreOf(scene, layer)
  const colourOf = (name: string) => scene.colourOf(named.has(name) ? name : (centre ?? name))
  if (layer.colour) return groupsOf(scene, layer.colour, layer.high, colourOf)
  const name = rangeName(layer, scene.look.language)
  return [{ key: layer.high.field, name, colour: colourOf(name), rows: scene.chart.rows }]
}

/** The names under which other layers draw groups. */
function namesOfGroups({ chart, look }: Scene): ReadonlySet<string> {
  const by = plotted(chart.layers).flatMap(({ colour }) => colour ?? [])
  return new Set(by.flatMap(field => categoryScale(field, chart.rows, look.language).words))
}

/** The name of the line (dots, bars) without groups that most often lies within the band; null where none does. */
function centreOf(scene: Scene, { x, low, high }: BandLayer): string | null {
  const { rows, layers } = scene.chart
  const ranges = new Map<unknown, [number, number]>()
  for (const row of rows) {
    const [from, to] = [asNumber(row[low.field]), asNumber(row[high.field])]
    if (from === null || to === null) continue
    const [least, most] = ranges.get(row[x.field]) ?? [from, to]
    ranges.set(row[x.field], [Math.min(least, from), Math.max(most, to)])
  }
  const within = (layer: Plotted) =>
    rows.filter(row => {
      const [range, y] = [ranges.get(row[layer.x.field]), asNumber(row[layer.y.field])]
      return range !== undefined && y !== null && range[0] <= y && y <= range[1]
    }).length
  const counted = plotted(layers)
    .filter(({ colour }) => !colour)
    .map(layer => ({ name: fieldName(layer.y, scene.look.language), count: within(layer) }))
  // Lines take their colours in their own order, whichever of them has a band.
  for (const { name } of counted) scene.colourOf(name)
  const most = counted.reduce((best, { count }) => Math.max(best, count), 0)
  return counted.find(({ count }) => count > 0 && count === most)?.name ?? null
}

/** How many bands of the same colour are wider on the whole, and so lie round this one. */
function widerThan(scene: Scene, layer: BandLayer, group: Group, named: ReadonlySet<string>): number {
  const own = meanWidth(layer, group)
  const bands = scene.chart.layers.filter((each): each is BandLayer => each.mark === 'band')
  return bands
    .flatMap(band => ownGroups(scene, band, named).map(other => ({ band, other })))
    .filter(({ band, other }) => other.colour === group.colour && meanWidth(band, other) > own).length
}

function meanWidth({ low, high }: BandLayer, { rows }: Group): number {
  const widths = rows.flatMap(row => {
    const [from, to] = [asNumber(row[low.field]), asNumber(row[high.field])]
    return from === null || to === null ? [] : [Math.abs(to - from)]
  })
  return widths.reduce((sum, width) => sum + width, 0) / Math.max(1, widths.length)
}

function plotted(layers: readonly Layer[]): readonly Plotted[] {
  return layers.filter(
    (layer): layer is Plotted => layer.mark === 'bar' || layer.mark === 'line' || layer.mark === 'point',
  )
}

/** A colour of the palette (`#rrggbb`) with an opacity. */
function faded(colour: string, opacity: number): string {
  const parts = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
  return `rgba(${parts.join(',')},${opacity.toFixed(3)})`
}
