import type { CustomSeriesOption } from 'echarts/charts'
import type { Theme } from '../domain/chart.ts'
import type { FlowStream } from './flow-layout.ts'
import type { Look } from './look.ts'
import { measureWidth } from './measure.ts'
import type { Palette } from './palette.ts'

type Shape = NonNullable<ReturnType<NonNullable<CustomSeriesOption['renderItem']>>>

/** A node with all that is drawn of it, pixels of the picture. */
export interface FlowNode {
  readonly side: 'left' | 'right'
  readonly x: number
  readonly top: number
  readonly height: number
  readonly name: string
  readonly short: string
  readonly words: string
  readonly colour: string
  readonly labelled: boolean
}

export const nodeWidth = 9

const labelGap = 6
const nameSize = 12
const valueSize = 11
/** A node as high as this has its value under its name; at smaller ones it stands beside. */
const twoLines = 34
/** Lets a text that just fits be whole whatever the rounding. */
const slack = 2
const blur = { style: { opacity: 0.12 } }

/** Pixels beside a column for its labels, at most three tenths of the picture. */
export function labelWidth(nodes: readonly FlowNode[], side: FlowNode['side'], look: Look): number {
  const widths = nodes
    .filter(node => node.side === side && node.labelled)
    .map(node => {
      const [name, value] = widthsOf(node, look)
      return node.height >= twoLines ? Math.max(name, value) : name + labelGap + value
    })
  return Math.min(Math.max(0, ...widths) + labelGap + slack + 1, look.width * 0.3)
}

function widthsOf({ name, short }: FlowNode, { fontFamily }: Look): readonly [name: number, value: number] {
  return [
    measureWidth(name, `${nameSize}px ${fontFamily}`),
    measureWidth(short, `${valueSize}px ${fontFamily}`),
  ]
}

/** The band between two nodes, level where it leaves and arrives. */
export function streamShape(band: FlowStream, from: FlowNode, to: FlowNode, theme: Theme): Shape {
  const thickness = Math.max(0.75, band.thickness)
  const [x1, x2] = [from.x + nodeWidth, to.x]
  const bend = (x1 + x2) / 2
  const [top, bottom] = [band.from, band.from + thickness]
  const [farTop, farBottom] = [band.to, band.to + thickness]
  const pathData = [
    `M${x1} ${top}C${bend} ${top} ${bend} ${farTop} ${x2} ${farTop}`,
    `L${x2} ${farBottom}C${bend} ${farBottom} ${bend} ${bottom} ${x1} ${bottom}Z`,
  ].join('')
  const opacity = theme === 'light' ? 0.3 : 0.36
  return {
    type: 'path',
    shape: { pathData },
    style: { fill: from.colour, opacity },
    emphasis: { style: { opacity: opacity * 1.8 } },
    blur,
  }
}

/** The bar of a node and its label outside: name and value. */
export function nodeShapes(node: FlowNode, look: Look, palette: Palette): Shape {
  const { x, top, height, colour } = node
  return {
    type: 'group',
    children: [
      {
        type: 'rect',
        shape: { x, y: top, width: nodeWidth, height, r: Math.min(2, height / 2) },
        style: { fill: colour },
        blur,
        z2: 1,
      },
      ...(node.labelled ? labels(node, look, palette) : []),
    ],
  }
}

function labels(node: FlowNode, look: Look, palette: Palette) {
  const outward = node.side === 'left' ? -1 : 1
  const edge = node.side === 'left' ? node.x - labelGap : node.x + nodeWidth + labelGap
  const room = Math.max(0, (node.side === 'left' ? edge : look.width - edge) - 1)
  const middle = node.top + node.height / 2
  const [nameWidth, valueWidth] = widthsOf(node, look)
  const text = (words: string, x: number, y: number, width: number, font: number, fill: string) => ({
    type: 'text' as const,
    x,
    y,
    style: {
      text: words,
      fill,
      fontSize: font,
      fontFamily: look.fontFamily,
      align: outward < 0 ? ('right' as const) : ('left' as const),
      verticalAlign: 'middle' as const,
      width: Math.max(1, width),
      overflow: 'truncate' as const,
      ellipsis: '…',
    },
    blur,
    z2: 2,
  })
  if (node.height >= twoLines)
    return [
      text(node.name, edge, middle - 7.5, room, nameSize, palette.ink),
      text(node.short, edge, middle + 7.5, room, valueSize, palette.muted),
    ]
  const shown = Math.min(nameWidth + slack, room - valueWidth - labelGap)
  const inner = outward < 0 ? valueWidth : shown
  return [
    text(node.name, outward < 0 ? edge - inner - labelGap : edge, middle, shown, nameSize, palette.ink),
    text(
      node.short,
      outward < 0 ? edge : edge + inner + labelGap,
      middle,
      valueWidth + slack,
      valueSize,
      palette.muted,
    ),
  ]
}
