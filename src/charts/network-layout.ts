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
  const step = { x: 0.9, y: 0.6 }
  return {
    nodes,
    points: nodes.map((_, i) => {
      return { x: ((i % columns) + 0.5) * step.x, y: (Math.floor(i / columns) + 0.5) * step.y }
    }),
    width: columns * step.x,
    height: Math.ceil(nodes.length / columns) * step.y,
  }
}

/** Every pair repels by 1/d, every link attracts by d²; steps shrink to nothing. */
function relaxed({ start, links }: Tree): readonly Point[] {
  const points: Moving[] = start.map(point => ({ ...point }))
  const count = points.length
  const rounds = count < 3 ? 0 : Math.min(mostRounds, Math.floor(budget / (count * count)))
  for (let round = 0; round < rounds; round += 1) {
    const force: Moving[] = points.map(() => ({ x: 0, y: 0 }))
    repel(points, force)
    attract(points, force, links)
    const step = 0.5 * Math.sqrt(count) * 0.4 * (1 - round / rounds) ** 2 + 0.002
    points.forEach((point, i) => {
      const { x = 0, y = 0 } = force[i] ?? {}
      const strength = Math.sqrt(x * x + y * y)
      const share = strength > step ? step / strength : 1
      point.x += x * share
      point.y += y * share
    })
  }
  return points
}

function repel(points: readonly Moving[], force: readonly Moving[]): void {
  for (let i = 0; i < points.length; i += 1) {
    for (let j = 0; j < i; j += 1) push(i, j)
  }
  function push(i: number, j: number): void {
    const [one, other, onOne, onOther] = [points[i], points[j], force[i], force[j]]
    if (!one || !other || !onOne || !onOther) return
    const [dx, dy] = [one.x - other.x, one.y - other.y]
    const strength = 1 / Math.max(0.01, dx * dx + dy * dy)
    onOne.x += dx * strength
    onOne.y += dy * strength
    onOther.x -= dx * strength
    onOther.y -= dy * strength
  }
}

function attract(points: readonly Moving[], force: readonly Moving[], links: readonly GraphLink[]): void {
  for (const [i, j] of links) {
    const [one, other, onOne, onOther] = [points[i], points[j], force[i], force[j]]
    if (!one || !other || !onOne || !onOther) continue
    const [dx, dy] = [other.x - one.x, other.y - one.y]
    const length = Math.sqrt(dx * dx + dy * dy)
    onOne.x += dx * length
    onOne.y += dy * length
    onOther.x -= dx * length
    onOther.y -= dy * length
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
