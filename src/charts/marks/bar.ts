import type { BarSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import { type Group, groupsOf } from '../group.ts'
import { markNumbers } from '../number-words.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { valueWords } from '../words.ts'

type BarLayer = Extract<Layer, { mark: 'bar' }>

/** Bars from zero, one a row; stacked by colour, lying when `y` is the category. */
export function drawBar(scene: Scene, layer: BarLayer): Drawn {
  const { x, y } = scene
  if (!x || !y) return { series: [], anything: false }
  const lying = y.kind === 'category' && x.kind !== 'category'
  const groups = groupsOf(scene, layer.colour, lying ? layer.x : layer.y)
  const data = groups.map(group => points(layer, group, x, y, lying))
  const series = groups.map((group, i) => barSeries(scene, layer, group, data[i] ?? [], lying))
  return { series, legend: groups, anything: data.some(points => points.length > 0) }
}

type Point = [number, number]

function points(layer: BarLayer, { rows }: Group, x: Scale, y: Scale, lying: boolean): Point[] {
  const found = rows.flatMap(row => {
    const across = place(x, layer.x, row)
    const up = place(y, layer.y, row)
    return across === null || up === null ? [] : [[across, up] satisfies Point]
  })
  const along = lying ? 1 : 0
  return found.sort((a, b) => a[along] - b[along])
}

function barSeries(
  scene: Scene,
  layer: BarLayer,
  group: Group,
  data: Point[],
  lying: boolean,
): BarSeriesOption {
  const value = lying ? layer.x : layer.y
  const { language } = scene.look
  const stacked = layer.colour !== undefined
  const words = markNumbers(
    data.map(point => point[lying ? 0 : 1]),
    value.format,
    language,
  )
  return {
    type: 'bar',
    id: `bar ${layer.x.field} ${layer.y.field} ${layer.colour?.field ?? ''} ${group.key}`,
    name: group.name,
    data,
    ...(stacked ? { stack: 'stack' } : {}),
    itemStyle: {
      color: group.colour,
      borderRadius: stacked ? 0 : lying ? [0, 2, 2, 0] : [2, 2, 0, 0],
      borderColor: scene.palette.ground,
      borderWidth: stacked ? 0.5 : 0,
    },
    barMaxWidth: 36,
    barCategoryGap: '28%',
    label: {
      show: !stacked && labelled(data.length, scene, lying),
      position: 'outside',
      distance: 4,
      color: scene.palette.muted,
      fontSize: 11,
      fontFamily: scene.look.fontFamily,
      formatter: ({ value: shown }) => pointLabel(shown, lying, words),
    },
    tooltip: { valueFormatter: shown => valueWords(value, numeric(shown), language) },
  }
}

/** Whether numbers stand at the right of lying bars. */
export function writesAtBars(scene: Scene): boolean {
  const { chart, x, y } = scene
  const [bar] = chart.layers.filter(layer => layer.mark === 'bar')
  if (bar?.mark !== 'bar' || bar.colour || y?.kind !== 'category' || x?.kind === 'category') return false
  return labelled(y.keys.length, scene, true)
}

/** Values are written at the bars only where there is room for every one of them. */
function labelled(bars: number, { look, chart }: Scene, lying: boolean): boolean {
  const alone = chart.layers.filter(layer => layer.mark !== 'rule').length === 1
  return alone && (lying ? look.height / bars >= 18 : look.width / bars >= 62)
}

function pointLabel(shown: unknown, lying: boolean, words: (value: number) => string): string {
  const value = Array.isArray(shown) ? numeric(shown[lying ? 0 : 1]) : null
  return value === null ? '' : words(value)
}

function numeric(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
