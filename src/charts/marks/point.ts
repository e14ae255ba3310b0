import type { ScatterSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import { type Group, groupsOf } from '../group.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { fieldName, valueWords } from '../words.ts'

type PointLayer = Extract<Layer, { mark: 'point' }>
/** Place, then the words of the tooltip, which ECharts shows as they are. */
type Point = [x: number, y: number, xWords: string, yWords: string]

/** One dot a row. */
export function drawPoint(scene: Scene, layer: PointLayer): Drawn {
  const { x, y } = scene
  if (!x || !y) return { series: [], anything: false }
  const groups = groupsOf(scene, layer.colour, layer.y.scale === 'category' ? layer.x : layer.y)
  const data = groups.map(group => points(scene, layer, group, x, y))
  const series = groups.map((group, i) => pointSeries(scene, layer, group, data[i] ?? []))
  return { series, legend: groups, anything: data.some(points => points.length > 0) }
}

function points(scene: Scene, layer: PointLayer, { rows }: Group, x: Scale, y: Scale): Point[] {
  const { language } = scene.look
  return rows.flatMap(row => {
    const across = place(x, layer.x, row)
    const up = place(y, layer.y, row)
    if (across === null || up === null) return []
    const words = [layer.x, layer.y].map(field => valueWords(field, row[field.field], language))
    return [[across, up, words[0] ?? '', words[1] ?? ''] satisfies Point]
  })
}

function pointSeries(scene: Scene, layer: PointLayer, group: Group, data: Point[]): ScatterSeriesOption {
  const { language } = scene.look
  // At a category with an interval the tooltip lists the dot beside it.
  const listed = scene.chart.layers.some(each => each.mark === 'whisker' && each.at.scale === 'category')
  return {
    type: 'scatter',
    id: `point ${layer.x.field} ${layer.y.field} ${layer.colour?.field ?? ''} ${group.key}`,
    name: group.name,
    data,
    dimensions: [
      'x',
      'y',
      { name: 'xWords', type: 'ordinal', displayName: fieldName(layer.x, language) },
      { name: 'yWords', type: 'ordinal', displayName: fieldName(layer.y, language) },
    ],
    encode: { x: 0, y: 1, tooltip: listed ? [scene.x?.kind === 'category' ? 3 : 2] : [2, 3] },
    symbolSize: data.length > 400 ? 5 : 8,
    itemStyle: { color: group.colour, opacity: 0.8, borderColor: scene.palette.ground, borderWidth: 0.5 },
    emphasis: { disabled: true },
    ...(listed ? {} : { tooltip: { trigger: 'item' as const } }),
  }
}
