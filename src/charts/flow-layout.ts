/** Places of a Sankey diagram of two columns; all lengths in pixels, y downwards from the top of its room. */
export interface FlowLayout {
  readonly left: readonly FlowNode[]
  readonly right: readonly FlowNode[]
  /** Parallel to the links it was made from. */
  readonly streams: readonly FlowStream[]
}

export interface FlowNode {
  readonly size: number
  readonly top: number
  readonly height: number
}

/** A band from the left to the right column; `from` and `to` are the y of its upper edge. */
export interface FlowStream {
  readonly from: number
  readonly to: number
  readonly thickness: number
}

/** A link between the nth node of the left and of the right column; sizes are positive. */
export interface FlowLink {
  readonly from: number
  readonly to: number
  readonly size: number
}

const leastGap = 4
/** A column that is shorter than the other is spread by so much a gap. */
const mostSpread = 18

/**
 * Both columns in one scale, so that a pixel is worth the same everywhere. Nodes keep their order; the middles of
 * neighbours are `pitch` apart where the room allows, so that a line of text fits beside each.
 */
export function flowLayout(links: readonly FlowLink[], room: number, pitch: number): FlowLayout {
  const columns = [sizesOf(links, 'from'), sizesOf(links, 'to')]
  const scale = Math.min(...columns.map(sizes => scaleOf(sizes, room, pitch)))
  const [left = [], right = []] = columns.map(sizes => stack(sizes, scale, room, pitch))
  const from = offsets(links, left, 'from', scale)
  const to = offsets(links, right, 'to', scale)
  const streams = links.map(({ size }, i) => ({
    from: from[i] ?? 0,
    to: to[i] ?? 0,
    thickness: size * scale,
  }))
  return { left, right, streams }
}

function sizesOf(links: readonly FlowLink[], side: 'from' | 'to'): readonly number[] {
  const sizes: number[] = []
  for (const link of links) sizes[link[side]] = (sizes[link[side]] ?? 0) + link.size
  return Array.from(sizes, size => size ?? 0)
}

/** The pixels per unit with which a column fills the room, found by halving: its height grows with the scale. */
function scaleOf(sizes: readonly number[], room: number, pitch: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let [low, high] = [0, room / total]
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2
    if (heightOf(sizes, middle, fittingPitch(sizes, room, pitch)) <= room) low = middle
    else high = middle
  }
  return low
}

/** Gaps may take four fifths of the room at most. */
function fittingPitch(sizes: readonly number[], room: number, pitch: number): number {
  return Math.min(pitch, (room * 0.8) / Math.max(1, sizes.length - 1))
}

function heightOf(sizes: readonly number[], scale: number, pitch: number): number {
  return sizes.reduce((sum, size, i) => sum + size * scale + gapAfter(sizes, i, scale, pitch), 0)
}

function gapAfter(sizes: readonly number[], i: number, scale: number, pitch: number): number {
  const [here = 0, next] = sizes.slice(i, i + 2)
  if (next === undefined) return 0
  return Math.max(Math.min(leastGap, pitch), pitch - ((here + next) / 2) * scale)
}

function stack(sizes: readonly number[], scale: number, room: number, wished: number): readonly FlowNode[] {
  const pitch = fittingPitch(sizes, room, wished)
  const gaps = Math.max(1, sizes.length - 1)
  const free = Math.max(0, room - heightOf(sizes, scale, pitch))
  const spread = sizes.length > 1 ? Math.min(mostSpread, free / gaps) : 0
  let top = (free - spread * (sizes.length - 1)) / 2
  return sizes.map((size, i) => {
    const node = { size, top, height: size * scale }
    top += node.height + gapAfter(sizes, i, scale, pitch) + spread
    return node
  })
}

/** Streams leave and reach a node in the order of the nodes at their other end, so that few cross. */
function offsets(
  links: readonly FlowLink[],
  nodes: readonly FlowNode[],
  side: 'from' | 'to',
  scale: number,
): readonly number[] {
  const other = side === 'from' ? 'to' : 'from'
  const next = nodes.map(({ top }) => top)
  const found: number[] = links.map(() => 0)
  const order = links.map((_, i) => i).sort((a, b) => otherEnd(a) - otherEnd(b) || a - b)
  for (const i of order) {
    const link = links[i]
    if (!link) continue
    found[i] = next[link[side]] ?? 0
    next[link[side]] = (next[link[side]] ?? 0) + link.size * scale
  }
  return found
  function otherEnd(i: number): number {
    return links[i]?.[other] ?? 0
  }
}
