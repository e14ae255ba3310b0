import type { LineSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import { type Group, groupsOf } from '../group.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { valueWords } from '../words.ts'

type LineLayer = Extract<Layer, { mark: 'line' }>
type Point = [x: number, y: number | null]

const dashes = 'path://M0,3.5H4V6.5H0ZM6,3.5H10V6.5H6Z'

/** A line through the rows in order of `x`, one a colour; it is broken where `y` is absent. */
export function drawLine(scene: Scene, layer: LineLayer): Drawn {
  const { x, y } = scene
  if (!x || !y) return { series: [], anything: false }
  const groups = groupsOf(scene, layer.colour, layer.y)
  const data = groups.map(group => points(layer, group, x, y))
  const series = groups.map((group, i) => lineSeries(scene, layer, group, data[i] ?? []))
  const legend = layer.dashed ? groups.map(group => ({ ...group, icon: dashes })) : groups
  return { series, legend, anything: data.flat().some(([, up]) => up !== null) }
}

/**
 * A row without a value breaks the line. Before the first and after the last value, and where another row has the same
 * x, it belongs to another layer: the tooltip would call it blank.
 */
function points(layer: LineLayer, { rows }: Group, x: Scale, y: Scale): Point[] {
  const all = rows.flatMap(row => {
    const across = place(x, layer.x, row)
    return across === null ? [] : [[across, place(y, layer.y, row)] satisfies Point]
  })
  const known = new Set(all.flatMap(([across, up]) => (up === null ? [] : [across])))
  const sorted = all.filter(([across, up]) => up !== null || !known.has(across)).sort((a, b) => a[0] - b[0])
  const [first, last] = [sorted.findIndex(hasValue), sorted.findLastIndex(hasValue)]
  return sorted
    .slice(Math.max(0, first), last + 1)
    .filter((point, i, kept) => hasValue(point) || kept[i - 1]?.[0] !== point[0])
}

function hasValue([, up]: Point): boolean {
  return up !== null
}

function lineSeries(scene: Scene, layer: LineLayer, group: Group, data: Point[]): LineSeriesOption {
  const { language } = scene.look
  return {
    type: 'line',
    id: `line ${layer.x.field} ${layer.y.field} ${layer.colour?.field ?? ''} ${group.key}`,
    name: group.name,
    data,
    connectNulls: false,
    ...(layer.step ? { step: 'end' as const } : {}),
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: hasLonePoint(data) || (!layer.step && data.length <= 13),
    lineStyle: { color: group.colour, width: 2, type: layer.dashed ? [5, 4] : 'solid' },
    itemStyle: { color: group.colour },
    emphasis: { disabled: true },
    ...(layer.area ? { areaStyle: { color: group.colour, opacity: 0.14 } } : {}),
    tooltip: {
      valueFormatter: shown => valueWords(layer.y, typeof shown === 'number' ? shown : null, language),
    },
  }
}

/** A value between two gaps has no line: it would be invisible without its symbol. */
function hasLonePoint(data: readonly Point[]): boolean {
  return data.some(
    ([, y], i) => y !== null && (data[i - 1]?.[1] ?? null) === null && (data[i + 1]?.[1] ?? null) === null,
  )
}
