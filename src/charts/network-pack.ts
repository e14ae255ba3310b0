/** A part of a picture; `points` are parallel to `nodes`, measured from the upper left corner in the unit of its size. */
export interface Block {
  readonly nodes: readonly number[]
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly width: number
  readonly height: number
}

/** Blocks that do not overlap, by their upper left corners. */
export interface Packed {
  readonly places: readonly { readonly block: Block; readonly x: number; readonly y: number }[]
  readonly width: number
  readonly height: number
}

/** A level piece of the lower edge of what is packed so far. */
interface Ledge {
  readonly x: number
  readonly width: number
  readonly y: number
}

const tries = 60
const tiny = 1e-9

/** Blocks in the order given; of the widths that were tried the one with which they become largest in the picture. */
export function pack(blocks: readonly Block[], width: number, height: number): Packed {
  const widest = blocks.reduce((most, block) => Math.max(most, block.width), 0)
  const all = blocks.reduce((sum, block) => sum + block.width, 0)
  const tried = Array.from({ length: tries }, (_, i) =>
    packedWithin(blocks, widest + ((all - widest) * i) / (tries - 1)),
  )
  const sizeOf = (packed: Packed) => Math.min(width / packed.width, height / packed.height)
  return tried.reduce((best, packed) => (sizeOf(packed) > sizeOf(best) * 1.0001 ? packed : best))
}

/** Each block as high up as it goes, then as far left: the skyline rule. */
function packedWithin(blocks: readonly Block[], width: number): Packed {
  let ledges: readonly Ledge[] = [{ x: 0, width, y: 0 }]
  const places = blocks.map(block => {
    const place = highest(ledges, block, width)
    ledges = lowered(ledges, { x: place.x, width: block.width, y: place.y + block.height })
    return { block, ...place }
  })
  const right = places.map(({ block, x }) => x + block.width)
  const bottom = places.map(({ block, y }) => y + block.height)
  return { places, width: Math.max(tiny, ...right), height: Math.max(tiny, ...bottom) }
}

function highest(ledges: readonly Ledge[], block: Block, width: number): { x: number; y: number } {
  const starts = ledges.map(({ x }) => x).filter(x => x + block.width <= width + tiny)
  const places = starts.map(x => ({ x, y: depth(ledges, x, x + block.width) }))
  return places.reduce((best, place) => (place.y < best.y - tiny ? place : best), places[0] ?? { x: 0, y: 0 })
}

/** How far down the lower edge reaches between two places. */
function depth(ledges: readonly Ledge[], from: number, to: number): number {
  const under = ledges.filter(({ x, width }) => x < to - tiny && x + width > from + tiny)
  return under.reduce((most, { y }) => Math.max(most, y), 0)
}

function lowered(ledges: readonly Ledge[], added: Ledge): readonly Ledge[] {
  const end = added.x + added.width
  const left = ledges.flatMap(({ x, width, y }) =>
    x < added.x - tiny ? [{ x, y, width: Math.min(width, added.x - x) }] : [],
  )
  const right = ledges.flatMap(({ x, width, y }) =>
    x + width > end + tiny ? [{ x: Math.max(x, end), y, width: x + width - Math.max(x, end) }] : [],
  )
  return [...left, added, ...right]
}
