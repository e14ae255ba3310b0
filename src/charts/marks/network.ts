import type { CustomSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import type { Language, Phrase } from '../../domain/phrase.ts'
import { type Graph, type GraphNode, graphOf, neighboursOf } from '../graph.ts'
import { keyOf } from '../key.ts'
import { type Label, labelsOf } from '../network-label.ts'
import { networkLayout, type Point } from '../network-layout.ts'
import { exactNumber } from '../number-words.ts'
import { categoryScale } from '../scale.ts'
import type { Drawn, LegendEntry, Scene } from '../scene.ts'
import { categoryWords, fieldName } from '../words.ts'

type NetworkLayer = Extract<Layer, { mark: 'network' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** A node in its place. */
interface Node extends GraphNode, Point {
  readonly radius: number
  readonly colour: string
  readonly label: Label | undefined
}

const degreeName: Phrase = { zh: '连接数', en: 'Links' }
const blur = { style: { opacity: 0.12 } }

/** Nodes as discs, the larger the more neighbours they have; links as thin lines. */
export function drawNetwork(scene: Scene, layer: NetworkLayer): Drawn {
  const graph = graphOf(layer, scene.chart.rows, scene.look.language)
  if (graph.nodes.length === 0) return { series: [], anything: false }
  const colours = kindColours(scene, layer, graph)
  const legend = [...colours.values()]
  const top = keyOf(legend, undefined, scene.look).height
  const nodes = placed(scene, graph, colours, top)
  return {
    series: [networkSeries(scene, layer, graph, nodes), ...legend.map(({ name }) => legendOnly(name))],
    legend,
    fixedLegend: true,
    anything: true,
  }
}

/** Colours of the kinds that occur, by key, in declared order; of all nodes under the empty key without kinds. */
function kindColours(
  scene: Scene,
  { kinds, from }: NetworkLayer,
  { nodes }: Graph,
): ReadonlyMap<string, LegendEntry> {
  const { language } = scene.look
  const entry = (name: string, colour: string): LegendEntry => ({ name, colour })
  if (!kinds) {
    const name = fieldName(from, language)
    return new Map([['', entry(name, scene.colourOf(name))]])
  }
  const present = new Set(nodes.map(({ kind }) => kind))
  const keys = categoryScale(kinds[0], scene.chart.rows, language, kinds).keys.filter(key => present.has(key))
  return new Map(
    keys.map(key => {
      const field = kinds.find(({ labels }) => labels && Object.hasOwn(labels, key)) ?? kinds[0]
      const name = categoryWords(field, key, language)
      return [key, entry(name, key === '' ? scene.palette.axis : scene.colourOf(name))]
    }),
  )
}

function placed(
  { look, palette }: Scene,
  { nodes, links }: Graph,
  colours: ReadonlyMap<string, LegendEntry>,
  top: number,
): readonly Node[] {
  const height = Math.max(40, look.height - top)
  const radii = radiiOf(nodes, look.width, height)
  const points = networkLayout(radii, links, look.width, height).map(({ x, y }) => ({ x, y: y + top }))
  const discs = nodes.map((node, i) => {
    return { ...node, x: points[i]?.x ?? 0, y: points[i]?.y ?? 0, radius: radii[i] ?? 0 }
  })
  const labels = labelsOf(discs, look, top)
  return discs.map((disc, i) => ({
    ...disc,
    colour: colours.get(disc.kind)?.colour ?? palette.axis,
    label: labels.get(i),
  }))
}

/** The area of a disc grows with the number of neighbours; all are smaller where there are many. */
function radiiOf(nodes: readonly GraphNode[], width: number, height: number): readonly number[] {
  const room = Math.sqrt((width * height) / nodes.length)
  const least = Math.min(4.5, Math.max(2.5, room * 0.1))
  const most = Math.min(15, Math.max(5, room * 0.26))
  const largest = nodes.reduce((top, { degree }) => Math.max(top, degree), 1)
  return nodes.map(({ degree }) => Math.max(least, most * Math.sqrt(degree / largest)))
}

function networkSeries(
  { look, palette }: Scene,
  layer: NetworkLayer,
  { links }: Graph,
  nodes: readonly Node[],
): CustomSeriesOption {
  const lit = litWith(nodes.length, links)
  const renderItem: RenderItem = ({ dataIndex }) => {
    const node = nodes[dataIndex - links.length]
    if (node) return { ...nodeShape(node, palette, look), focus: [...(lit[dataIndex] ?? [])] }
    const [one, other] = (links[dataIndex] ?? []).map(end => nodes[end])
    if (!one || !other) return null
    return {
      type: 'line',
      silent: true,
      shape: { x1: one.x, y1: one.y, x2: other.x, y2: other.y },
      style: { stroke: palette.axis, lineWidth: 1, opacity: links.length > 300 ? 0.5 : 0.8 },
      blur,
    }
  }
  return {
    type: 'custom',
    id: `network ${layer.from.field} ${layer.to.field}`,
    coordinateSystem: 'none',
    data: [
      ...links.map(() => ({ value: [''] })),
      ...nodes.map(({ name, degree, colour }) => ({
        name,
        value: [degreeWords(degree, look.language)],
        itemStyle: { color: colour },
      })),
    ],
    dimensions: [{ name: 'words', type: 'ordinal' }],
    encode: { tooltip: 0 },
    renderItem,
    tooltip: { trigger: 'item' },
  }
}

function degreeWords(degree: number, language: Language): string {
  const count = exactNumber(degree, 'integer', language)
  return language === 'zh' ? `${degreeName.zh} ${count}` : `${degreeName.en}: ${count}`
}

/** By data index, what stays lit while the pointer is on a node: itself, its links and its neighbours. */
function litWith(count: number, links: Graph['links']): readonly (readonly number[])[] {
  const neighbours = neighboursOf(count, links)
  const lit: number[][] = neighbours.map((near, i) => [i, ...near].map(node => links.length + node))
  links.forEach((ends, i) => {
    for (const end of ends) lit[end]?.push(i)
  })
  return [...links.map(() => []), ...lit]
}

function nodeShape(
  { x, y, radius, colour, degree, label }: Node,
  palette: Scene['palette'],
  look: Scene['look'],
) {
  const paler = degree === 0 ? 0.5 : 1
  const disc = {
    type: 'circle' as const,
    shape: { cx: x, cy: y, r: radius },
    style: { fill: colour, opacity: paler, stroke: palette.ground, lineWidth: 1 },
    blur,
    z2: 1,
  }
  if (!label) return { type: 'group' as const, children: [disc] }
  const words = {
    type: 'text' as const,
    silent: true,
    x: label.x,
    y: label.y,
    style: {
      text: label.words,
      fill: degree === 0 ? palette.muted : palette.ink,
      stroke: palette.ground,
      lineWidth: 3,
      fontSize: label.size,
      fontFamily: look.fontFamily,
      align: label.align,
      verticalAlign: 'middle' as const,
      width: label.width,
      overflow: 'truncate' as const,
      ellipsis: '…',
    },
    blur,
    z2: 2,
  }
  return { type: 'group' as const, children: [disc, words] }
}

/** ECharts takes the names of its legend from series; the nodes of all kinds are in one. */
function legendOnly(name: string): CustomSeriesOption {
  return {
    type: 'custom',
    id: `kind ${name}`,
    name,
    coordinateSystem: 'none',
    data: [],
    renderItem: () => null,
  }
}
