import { type GraphLink, neighboursOf } from './graph.ts'
import { type Block, type Packed, pack } from './network-pack.ts'
import { componentsOf, radialStart, type Tree } from './network-tree.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

interface Moving {
  x: number
  y: number
}

/** Pairwise forces that a layout may cost; a larger graph gets fewer rounds rather than more time. */
const budget = 30_000_000
const mostRounds = 400
/** Link lengths left free around a block. */
const margin = 1.4
const longestLink = 84
/** How much more one axis may be stretched than the other to fill the picture. */
const mostStretch = 1.7

/**
 * Places of the nodes in a picture of `width` × `height`, `radii` apart. Each connected part is drawn by forces
 * (Fruchterman and Reingold 1991) from a radial tree; the parts are set side by side, the highest first, then the
 * nodes without links. No chance is involved: the same graph has the same picture.
 */
export function networkLayout(
  radii: readonly number[],
  links: readonly GraphLink[],
  width: number,
  height: number,
): readonly Point[] {
  const neighbours = neighboursOf(radii.length, links)
  const parts = componentsOf(neighbours)
  const blocks = parts
    .filter(nodes => nodes.length > 1)
    .map(nodes => blockOf(nodes, neighbours, width >= height))
    .sort((a, b) => b.height - a.height || b.width - a.width)
  const alone = parts.filter(nodes => nodes.length === 1).flat()
  if (alone.length > 0) blocks.push(lattice(alone))
  const places = inPicture(pack(blocks, width, height), radii.length, width, height)
  return apart(places, radii, width, height)
}

function blockOf(
  nodes: readonly number[],
  neighbours: readonly (readonly number[])[],
  lying: boolean,
): Block {
  const tree = radialStart(nodes, neighbours)
  const points = turned(relaxed(tree), lying)
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return {
    nodes: tree.nodes,
    points: points.map(({ x, y }) => ({ x: x - left + margin / 2, y: y - top + margin / 2 })),
    width: Math.max(...xs) - left + margin,
    height: Math.max(...ys) - top + margin,
  }
}

/** Nodes without links in rows, closer than linked ones. */
function lattice(nodes: readonly number[]): Block {
  const columns = Math.ceil(Math.sqrt(nodes.length * 2.5))
  const pace = { x: 1, y: 0.7 }
  return {
    nodes,
    points: nodes.map((_, i) => {
      return { x: margin / 2 + (i % columns) * pace.x, y: margin / 2 + Math.floor(i / columns) * pace.y }
    }),
    width: margin + (columns - 1) * pace.x,
    height: margin + (Math.ceil(nodes.length / columns) - 1) * pace.y,
  }
}

/** Every pair repels by 1/d, every link attracts by d²; steps shrink to nothing. */
function relaxed({ start, links }: Tree): readonly Point[] {
  const count = start.length
  const [x, y] = [Float64Array.from(start, point => point.x), Float64Array.from(start, point => point.y)]
  const [right, down] = [new Float64Array(count), new Float64Array(count)]
  const rounds = count < 3 ? 0 : Math.min(mostRounds, Math.floor(budget / (count * count)))
  for (let round = 0; round < rounds; round += 1) {
    right.fill(0)
    down.fill(0)
    repel(x, y, right, down)
    attract(x, y, right, down, links)
    const most = 0.2 * Math.sqrt(count) * (1 - round / rounds) ** 2 + 0.002
    step(x, y, right, down, most)
  }
  return start.map((_, i) => ({ x: x[i] ?? 0, y: y[i] ?? 0 }))
}

type Numbers = Float64Array

function repel(x: Numbers, y: Numbers, right: Numbers, down: Numbers): void {
  for (let i = 1; i < x.length; i += 1) {
    const [px, py] = [x[i] ?? 0, y[i] ?? 0]
    let [sumRight, sumDown] = [0, 0]
    for (let j = 0; j < i; j += 1) {
      const dx = px - (x[j] ?? 0)
      const dy = py - (y[j] ?? 0)
      const strength = 1 / Math.max(0.01, dx * dx + dy * dy)
      sumRight += dx * strength
      sumDown += dy * strength
      right[j] = (right[j] ?? 0) - dx * strength
      down[j] = (down[j] ?? 0) - dy * strength
    }
    right[i] = (right[i] ?? 0) + sumRight
    down[i] = (down[i] ?? 0) + sumDown
  }
}

function attract(x: Numbers, y: Numbers, right: Numbers, down: Numbers, links: readonly GraphLink[]): void {
  for (const [i, j] of links) {
    const dx = (x[j] ?? 0) - (x[i] ?? 0)
    const dy = (y[j] ?? 0) - (y[i] ?? 0)
    const length = Math.sqrt(dx * dx + dy * dy)
    right[i] = (right[i] ?? 0) + dx * length
    down[i] = (down[i] ?? 0) + dy * length
    right[j] = (right[j] ?? 0) - dx * length
    down[j] = (down[j] ?? 0) - dy * length
  }
}

function step(x: Numbers, y: Numbers, right: Numbers, down: Numbers, most: number): void {
  for (let i = 0; i < x.length; i += 1) {
    const [dx, dy] = [right[i] ?? 0, down[i] ?? 0]
    const strength = Math.sqrt(dx * dx + dy * dy)
    const share = strength > most ? most / strength : 1
    x[i] = (x[i] ?? 0) + dx * share
    y[i] = (y[i] ?? 0) + dy * share
  }
}

/** The long side lies along the long side of the picture. */
function turned(points: readonly Point[], lying: boolean): readonly Point[] {
  const mean = (pick: (point: Point) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)]
  const xx = mean(({ x }) => (x - mx) ** 2)
  const yy = mean(({ y }) => (y - my) ** 2)
  const xy = mean(({ x, y }) => (x - mx) * (y - my))
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return points.map(({ x, y }) => {
    const along = (x - mx) * cos + (y - my) * sin
    const across = (y - my) * cos - (x - mx) * sin
    return lying ? { x: along, y: across } : { x: across, y: along }
  })
}

/** From link lengths to pixels, in the middle of the picture. */
function inPicture({ places, ...size }: Packed, count: number, width: number, height: number): Moving[] {
  const scale = Math.min(width / size.width, height / size.height, longestLink)
  const across = Math.min(width / size.width, scale * mostStretch, longestLink * 1.3)
  const down = Math.min(height / size.height, scale * mostStretch, longestLink * 1.3)
  const [left, top] = [(width - size.width * across) / 2, (height - size.height * down) / 2]
  const found: Moving[] = Array.from({ length: count }, () => ({ x: width / 2, y: height / 2 }))
  for (const { block, x, y } of places) {
    block.nodes.forEach((node, i) => {
      const point = block.points[i]
      if (point) found[node] = { x: left + (x + point.x) * across, y: top + (y + point.y) * down }
    })
  }
  return found
}

/** Nodes that touch are pushed from each other, within the picture. */
function apart(points: Moving[], radii: readonly number[], width: number, height: number): readonly Point[] {
  const rounds = Math.min(40, Math.floor(budget / 4 / points.length ** 2))
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < points.length; i += 1) for (let j = 0; j < i; j += 1) part(i, j)
    points.forEach((point, i) => {
      const radius = (radii[i] ?? 0) + 2
      point.x = Math.min(width - radius, Math.max(radius, point.x))
      point.y = Math.min(height - radius, Math.max(radius, point.y))
    })
  }
  return points

  function part(i: number, j: number): void {
    const [one, other] = [points[i], points[j]]
    if (!one || !other) return
    const [dx, dy] = [one.x - other.x, one.y - other.y]
    const distance = Math.sqrt(dx * dx + dy * dy)
    const missing = (radii[i] ?? 0) + (radii[j] ?? 0) + 3 - distance
    if (missing <= 0) return
    const [ux, uy] = distance > 1e-6 ? [dx / distance, dy / distance] : [1, 0]
    one.x += (ux * missing) / 2
    one.y += (uy * missing) / 2
    other.x -= (ux * missing) / 2
    other.y -= (uy * missing) / 2
  }
}
