import type { CustomSeriesOption } from 'echarts/charts'
import type { Field, Layer } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { type CategoryScale, type ContinuousScale, place } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { fieldName, valueWords } from '../words.ts'

type BoxLayer = Extract<Layer, { mark: 'box' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>
type RenderApi = Parameters<RenderItem>[1]

/** Places of low, lower, middle, upper, high (NaN where absent), the category, then the words of the tooltip. */
interface Box {
  readonly name: string
  readonly places: readonly (number | null)[]
  readonly level: number
  readonly words: readonly string[]
}

const share = 0.56
const thickest = 30

/** A lying box a row: whiskers to the ends, a box over the inner quantiles, a stroke at the middle. */
export function drawBox(scene: Scene, layer: BoxLayer): Drawn {
  const { x, y } = scene
  if (!x || x.kind === 'category' || y?.kind !== 'category') return { series: [], anything: false }
  const boxes = scene.chart.rows.flatMap(row => boxOf(scene, layer, x, y, row))
  return { series: [boxSeries(scene, layer, boxes)], anything: boxes.length > 0 }
}

/** From left to right. */
function quantiles({ low, lower, middle, upper, high }: BoxLayer): readonly Field[] {
  return [low, lower, middle, upper, high]
}

function boxOf(
  { look }: Scene,
  layer: BoxLayer,
  x: ContinuousScale,
  y: CategoryScale,
  row: Row,
): readonly Box[] {
  const fields = quantiles(layer)
  const places = fields.map(field => place(x, field, row))
  const level = place(y, layer.y, row)
  if (level === null || places.every(at => at === null)) return []
  const words = fields.map(field => valueWords(field, row[field.field], look.language))
  return [{ name: y.words[level] ?? '', places, level, words }]
}

function boxSeries(scene: Scene, layer: BoxLayer, boxes: readonly Box[]): CustomSeriesOption {
  const { language } = scene.look
  const title = fieldName(layer.middle, language)
  const colour = scene.colourOf(title)
  const fields = quantiles(layer)
  return {
    type: 'custom',
    id: `box ${layer.y.field} ${fields.map(({ field }) => field).join(' ')}`,
    name: title,
    data: boxes.map(({ name, places, level, words }) => ({
      name,
      value: [...places.map(at => at ?? Number.NaN), level, ...words],
      itemStyle: { color: colour },
    })),
    dimensions: [
      ...fields.map((_, i) => `place ${i}`),
      'y',
      ...fields.map((field, i) => {
        return { name: `words ${i}`, type: 'ordinal' as const, displayName: field.name[language] }
      }),
    ],
    encode: { x: [0, 1, 2, 3, 4], y: 5, tooltip: [6, 7, 8, 9, 10] },
    renderItem: renderBox(boxes, colour, scene.palette.ground),
    clip: true,
    tooltip: { trigger: 'item' },
  }
}

/** Each part is drawn where both its ends are known: an absent quantile is a missing part, not a zero. */
function renderBox(boxes: readonly Box[], colour: string, ground: string): RenderItem {
  return (params, api) => {
    const box = boxes[params.dataIndex]
    if (!box) return null
    const { centre, height } = slotOf(api, box.level)
    const across = box.places.map(at => (at === null ? null : (api.coord([at, box.level])[0] ?? null)))
    const { thin, body, middle } = partsOf(across, centre, height)
    const thick = { fill: colour, fillOpacity: 0.22, stroke: colour, lineWidth: 1.25 }
    return {
      type: 'group',
      children: [
        ...thin.map(shape => ({ type: 'line' as const, shape, style: { stroke: colour, lineWidth: 1.25 } })),
        ...body.map(shape => ({ type: 'rect' as const, shape, style: { fill: ground } })),
        ...body.map(shape => ({ type: 'rect' as const, shape, style: thick })),
        ...middle.map(shape => ({ type: 'line' as const, shape, style: { stroke: colour, lineWidth: 2.5 } })),
      ],
    }
  }
}

interface Stroke {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Whiskers with their ends, the body and the stroke in it, from the x of the five quantiles. */
function partsOf(across: readonly (number | null)[], centre: number, height: number) {
  const [low = null, lower = null, middle = null, upper = null, high = null] = across
  const upright = (x: number | null, length: number): readonly Stroke[] =>
    x === null ? [] : [{ x1: x, y1: centre - length / 2, x2: x, y2: centre + length / 2 }]
  const level = (from: number | null, to: number | null): readonly Stroke[] =>
    from === null || to === null ? [] : [{ x1: from, y1: centre, x2: to, y2: centre }]
  const whole = lower !== null && upper !== null
  const arms = whole ? [...level(low, lower), ...level(upper, high)] : level(low, high)
  return {
    thin: [...arms, ...upright(low, height / 2), ...upright(high, height / 2)],
    body: whole ? [{ x: lower, y: centre - height / 2, width: upper - lower, height, r: 1 }] : [],
    middle: upright(middle, height),
  }
}

/** The y of the category in pixels and how high its box is. */
function slotOf(api: RenderApi, level: number): { centre: number; height: number } {
  const [, centre = 0] = api.coord([0, level])
  const size = api.size?.([0, 1])
  const slot = Array.isArray(size) ? (size[1] ?? 0) : 0
  return { centre, height: Math.max(3, Math.min(thickest, slot * share)) }
}
