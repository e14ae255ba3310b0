import type { CustomSeriesOption } from 'echarts/charts'
import type { Field, Layer } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { type FlowLayout, flowLayout } from '../flow-layout.ts'
import { type FlowNode, labelWidth, nodeShapes, nodeWidth, streamShape } from '../flow-shape.ts'
import { shortNumber } from '../number-words.ts'
import { type CategoryScale, categoryScale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { categoryKey, fieldName, valueWords } from '../words.ts'

type FlowLayer = Extract<Layer, { mark: 'flow' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** A row as a link between the nth value on the left and on the right. */
interface Stream {
  readonly from: number
  readonly to: number
  readonly size: number
  readonly words: string
}

/** Pixels above for the names of the columns, and at either end for half a label. */
const margins = { top: 32, bottom: 9 }
const lineHeight = 15

/** A Sankey diagram of two columns: each stream in the colour of where it comes from. */
export function drawFlow(scene: Scene, layer: FlowLayer): Drawn {
  const { language } = scene.look
  const rows = scene.chart.rows.filter(row => sizeOf(layer, row) > 0)
  if (rows.length === 0) return { series: [], anything: false }
  const left = categoryScale(layer.from, rows, language)
  const right = categoryScale(layer.to, rows, language)
  const streams = rows.map(row => streamOf(layer, left, right, row, scene))
  const room = Math.max(20, scene.look.height - margins.top - margins.bottom)
  const layout = flowLayout(streams, room, lineHeight)
  const nodes = [
    ...nodesOf(scene, layer.size, layout, left, 'left'),
    ...nodesOf(scene, layer.size, layout, right, 'right'),
  ]
  return {
    series: [flowSeries(scene, layer, streams, placed(nodes, scene), layout)],
    heads: [
      { side: 'left', text: fieldName(layer.from, language) },
      { side: 'right', text: fieldName(layer.to, language) },
    ],
    anything: true,
  }
}

function sizeOf({ size }: FlowLayer, row: Row): number {
  return asNumber(row[size.field]) ?? 0
}

function streamOf(
  layer: FlowLayer,
  left: CategoryScale,
  right: CategoryScale,
  row: Row,
  { look }: Scene,
): Stream {
  return {
    from: left.position.get(categoryKey(row[layer.from.field])) ?? 0,
    to: right.position.get(categoryKey(row[layer.to.field])) ?? 0,
    size: sizeOf(layer, row),
    words: valueWords(layer.size, row[layer.size.field], look.language),
  }
}

function nodesOf(
  scene: Scene,
  size: Field,
  layout: FlowLayout,
  scale: CategoryScale,
  side: 'left' | 'right',
): readonly FlowNode[] {
  const { look, palette } = scene
  const column = layout[side]
  const labelled = withRoom(column.map(({ top, height }) => top + height / 2))
  return column.map((node, i) => {
    const name = scale.words[i] ?? ''
    return {
      side,
      x: 0,
      top: node.top + margins.top,
      height: Math.max(1, node.height),
      name,
      short: shortNumber(node.size, size.format, look.language),
      words: valueWords(size, node.size, look.language),
      colour: scale.keys[i] === '' ? palette.axis : scene.colourOf(name),
      labelled: labelled.has(i),
    }
  })
  /** The largest first, each where it touches no other. */
  function withRoom(middles: readonly number[]): ReadonlySet<number> {
    const kept = new Set<number>()
    const bySize = middles
      .map((_, i) => i)
      .sort((a, b) => (column[b]?.size ?? 0) - (column[a]?.size ?? 0) || a - b)
    for (const i of bySize) {
      const free = [...kept].every(
        other => Math.abs((middles[other] ?? 0) - (middles[i] ?? 0)) >= lineHeight - 1,
      )
      if (free) kept.add(i)
    }
    return kept
  }
}

/** The columns stand as far out as their labels leave room. */
function placed(nodes: readonly FlowNode[], { look }: Scene): readonly FlowNode[] {
  const left = labelWidth(nodes, 'left', look)
  const right = look.width - labelWidth(nodes, 'right', look) - nodeWidth
  return nodes.map(node => ({ ...node, x: node.side === 'left' ? left : right }))
}

function flowSeries(
  { look, palette }: Scene,
  layer: FlowLayer,
  streams: readonly Stream[],
  nodes: readonly FlowNode[],
  layout: FlowLayout,
): CustomSeriesOption {
  const lefts = layout.left.length
  const ends = streams.map(({ from, to }) => [nodes[from], nodes[lefts + to]] as const)
  const data = [
    ...streams.map(({ words }, i) => {
      const [from, to] = ends[i] ?? []
      return item(`${from?.name ?? ''} → ${to?.name ?? ''}`, words, from?.colour)
    }),
    ...nodes.map(({ name, words, colour }) => item(name, words, colour)),
  ]
  return {
    type: 'custom',
    id: `flow ${layer.from.field} ${layer.to.field} ${layer.size.field}`,
    name: fieldName(layer.size, look.language),
    coordinateSystem: 'none',
    data,
    dimensions: [{ name: 'words', type: 'ordinal' }],
    encode: { tooltip: 0 },
    renderItem: renderFlow(),
    tooltip: { trigger: 'item' },
  }

  function renderFlow(): RenderItem {
    return ({ dataIndex }) => {
      const node = nodes[dataIndex - streams.length]
      if (node) return { ...nodeShapes(node, look, palette), focus: touching(dataIndex) }
      const band = layout.streams[dataIndex]
      const [from, to] = ends[dataIndex] ?? []
      if (!band || !from || !to) return null
      const lowered = { ...band, from: band.from + margins.top, to: band.to + margins.top }
      return { ...streamShape(lowered, from, to, look.theme), focus: touching(dataIndex) }
    }
  }

  /** What stays lit while the pointer is on an item: a stream and its ends, or a node, its streams and their ends. */
  function touching(index: number): number[] {
    const lit = new Set([index])
    streams.forEach(({ from, to }, i) => {
      const parts = [i, streams.length + from, streams.length + lefts + to]
      if (index < streams.length ? i === index : parts.includes(index))
        for (const part of parts) lit.add(part)
    })
    return [...lit]
  }
}

function item(name: string, words: string, color = '') {
  return { name, value: [words], itemStyle: { color } }
}
