import type { CustomSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import { rangeName, rangeWords } from '../range.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { valueWords } from '../words.ts'

type WhiskerLayer = Extract<Layer, { mark: 'whisker' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

interface Whisker {
  readonly name: string
  readonly value: [at: number, low: number, high: number, words: string]
}

/** A lying or standing I on a square of ten. */
const icons = {
  x: 'path://M0,1H1.6V4.2H8.4V1H10V9H8.4V5.8H1.6V9H0Z',
  y: 'path://M1,0H9V1.6H5.8V8.4H9V10H1V8.4H4.2V1.6H1Z',
}

/** One interval a row, with ends; over bars, under dots. A row with only one end has none. */
export function drawWhisker(scene: Scene, layer: WhiskerLayer): Drawn {
  const { x, y, palette, look, chart } = scene
  const [along, across] = layer.along === 'x' ? [x, y] : [y, x]
  if (!along || !across || along.kind === 'category') return { series: [], anything: false }
  const whiskers = whiskersOf(scene, layer, along, across)
  const name = rangeName(layer, look.language)
  const overBars = chart.layers.some(({ mark }) => mark === 'bar')
  const series: CustomSeriesOption = {
    type: 'custom',
    id: `whisker ${layer.at.field} ${layer.low.field} ${layer.high.field}`,
    name,
    data: [...whiskers],
    dimensions: ['at', 'low', 'high', { name: 'words', type: 'ordinal' }],
    encode: layer.along === 'x' ? { y: 0, x: [1, 2], tooltip: 3 } : { x: 0, y: [1, 2], tooltip: 3 },
    renderItem: renderWhisker(
      layer.along,
      across.kind === 'category',
      palette.ink,
      overBars ? palette.ground : null,
    ),
    itemStyle: { color: palette.ink },
    // The axis reaches as far as the ends, but not as far as their strokes.
    clip: false,
    progressive: 0,
    z: overBars ? 3 : 1,
  }
  const entry = { name, colour: palette.ink, icon: icons[layer.along] }
  return { series: [series], legend: whiskers.length > 0 ? [entry] : [], anything: whiskers.length > 0 }
}

function whiskersOf(scene: Scene, layer: WhiskerLayer, along: Scale, across: Scale): readonly Whisker[] {
  const { language } = scene.look
  return scene.chart.rows.flatMap((row): readonly Whisker[] => {
    const at = place(across, layer.at, row)
    const [low, high] = [place(along, layer.low, row), place(along, layer.high, row)]
    if (at === null || low === null || high === null) return []
    const name = valueWords(layer.at, row[layer.at.field], language)
    return [{ name, value: [at, low, high, rangeWords(layer, row, language)] }]
  })
}

/** In ink; over bars with a rim in the colour of the ground, so that it is seen on any colour. */
function renderWhisker(along: 'x' | 'y', inSlots: boolean, ink: string, rim: string | null): RenderItem {
  return (_params, api) => {
    const [at, low, high] = [api.value(0), api.value(1), api.value(2)]
    const points = [low, high].map(value => api.coord(along === 'x' ? [value, at] : [at, value]))
    const size = api.size?.([1, 1])
    const slot = Array.isArray(size) ? (size[along === 'x' ? 1 : 0] ?? 0) : 0
    const half = inSlots ? Math.min(6, Math.max(1.5, slot * 0.14)) : 4
    const pathData = strokes(along, points, half)
    const path = (stroke: string, lineWidth: number) => ({
      type: 'path' as const,
      shape: { pathData },
      style: { fill: 'none', stroke, lineWidth, lineCap: 'square' as const },
    })
    const narrow = inSlots && slot < 14
    const rims = rim === null ? [] : [path(rim, narrow ? 2.2 : 4)]
    return { type: 'group', children: [...rims, path(ink, narrow ? 1 : 1.5)] }
  }
}

function strokes(along: 'x' | 'y', points: readonly number[][], half: number): string {
  const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = points.map(point =>
    point.map(value => Math.round(value * 100) / 100),
  )
  const stem = `M${x1} ${y1}L${x2} ${y2}`
  if (along === 'x') return `${stem}M${x1} ${y1 - half}V${y1 + half}M${x2} ${y2 - half}V${y2 + half}`
  return `${stem}M${x1 - half} ${y1}H${x1 + half}M${x2 - half} ${y2}H${x2 + half}`
}
