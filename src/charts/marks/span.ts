import type { CustomSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { type CategoryScale, type ContinuousScale, place } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { type Shade, shadeOf } from '../shade.ts'
import { fieldName, valueWords } from '../words.ts'

type SpanLayer = Extract<Layer, { mark: 'span' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** Ends in the order of the axis, the category, then the words of the tooltip. */
interface Span {
  readonly name: string
  readonly value: (number | string)[]
  readonly fill: string
  readonly pale: boolean
}

const share = 0.62
const thickest = 26

/** One lying bar a row between two places of the x axis; the ends may come in either order. */
export function drawSpan(scene: Scene, layer: SpanLayer): Drawn {
  const { x, y } = scene
  if (!x || x.kind === 'category' || y?.kind !== 'category') return { series: [], anything: false }
  const shade = layer.colour ? shadeOf(scene, layer.colour) : plainShade(scene, layer)
  const names = shade.ramp ? [null] : shade.legend.map(({ name }) => name)
  const drawn = names.map(name => {
    const shown = scene.chart.rows.filter(row => name === null || shade.nameOf(row) === name)
    return { name, spans: shown.flatMap(row => spanOf(scene, layer, shade, x, y, row)) }
  })
  return {
    series: drawn.map(({ name, spans }) => spanSeries(scene, layer, name, spans)),
    legend: shade.legend,
    anything: drawn.some(({ spans }) => spans.length > 0),
    ...(shade.ramp ? { ramp: shade.ramp } : {}),
  }
}

/** All spans in one colour under the name of their end. */
function plainShade(scene: Scene, { to }: SpanLayer): Shade {
  const name = fieldName(to, scene.look.language)
  const colour = scene.colourOf(name)
  return { legend: [{ name, colour }], fill: () => colour, nameOf: () => name }
}

function spanOf(
  { look, palette }: Scene,
  layer: SpanLayer,
  shade: Shade,
  x: ContinuousScale,
  y: CategoryScale,
  row: Row,
): readonly Span[] {
  const ends = [layer.from, layer.to].map(field => place(x, field, row))
  const [from = null, to = null] = ends
  const level = place(y, layer.y, row)
  if (from === null || to === null || level === null) return []
  const words = wordFields(layer).map(field => valueWords(field, row[field.field], look.language))
  const fill = shade.fill(row)
  return [
    {
      name: y.words[level] ?? '',
      value: [Math.min(from, to), Math.max(from, to), level, ...words],
      fill: fill ?? palette.absent,
      pale: fill === null,
    },
  ]
}

/** A named state is the head of its tooltip; a number stands in it. */
function wordFields({ from, to, colour }: SpanLayer) {
  return colour && colour.scale !== 'category' ? [colour, from, to] : [from, to]
}

function spanSeries(
  { look, palette }: Scene,
  layer: SpanLayer,
  name: string | null,
  spans: readonly Span[],
): CustomSeriesOption {
  const title = name ?? fieldName(layer.colour ?? layer.to, look.language)
  const words = wordFields(layer)
  return {
    type: 'custom',
    id: `span ${layer.from.field} ${layer.to.field} ${layer.y.field} ${title}`,
    name: title,
    data: spans.map(span => ({ name: span.name, value: span.value, itemStyle: { color: span.fill } })),
    dimensions: [
      'from',
      'to',
      'y',
      ...words.map((field, i) => {
        return { name: `words ${i}`, type: 'ordinal' as const, displayName: field.name[look.language] }
      }),
    ],
    encode: { x: [0, 1], y: 2, tooltip: words.map((_, i) => i + 3) },
    renderItem: renderSpan(spans, palette.axis),
    clip: true,
    tooltip: { trigger: 'item' },
  }
}

/** A bar in the middle of its slot, at least a pixel wide so that a short state is not lost. */
function renderSpan(spans: readonly Span[], border: string): RenderItem {
  return (params, api) => {
    const span = spans[params.dataIndex]
    if (!span) return null
    const [left = 0, middle = 0] = api.coord([api.value(0), api.value(2)])
    const [right = 0] = api.coord([api.value(1), api.value(2)])
    const size = api.size?.([0, 1])
    const slot = Array.isArray(size) ? (size[1] ?? 0) : 0
    const height = Math.max(1, Math.min(thickest, slot * share))
    return {
      type: 'rect',
      shape: { x: left, y: middle - height / 2, width: Math.max(1, right - left), height },
      style: { fill: span.fill, ...(span.pale ? { stroke: border, lineWidth: 0.5 } : {}) },
    }
  }
}
