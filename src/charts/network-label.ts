import type { Look } from './look.ts'
import { measureWidth } from './measure.ts'

/** A name beside its node. */
export interface Label {
  readonly words: string
  /** The anchor: its left, middle or right end by `align`, half way up. */
  readonly x: number
  readonly y: number
  readonly align: 'left' | 'center' | 'right'
  readonly width: number
  readonly size: number
}

interface Disc {
  readonly name: string
  readonly degree: number
  readonly x: number
  readonly y: number
  readonly radius: number
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const size = 11
const height = 14
const distance = 3

/** Labels of the most linked nodes first, each on the first side where it touches nothing; others stay without. */
export function labelsOf(discs: readonly Disc[], look: Look, top: number): ReadonlyMap<number, Label> {
  const taken: Box[] = discs.map(({ x, y, radius }) => {
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }
  })
  const picture = { left: 0, top, right: look.width, bottom: look.height }
  const found = new Map<number, Label>()
  const order = discs.map((_, i) => i)
  order.sort((a, b) => (discs[b]?.degree ?? 0) - (discs[a]?.degree ?? 0) || a - b)
  for (const i of order) {
    const disc = discs[i]
    if (!disc) continue
    const label = candidates(disc, look).find(each => {
      const box = boxOf(each)
      return within(box, picture) && !taken.some((other, j) => j !== i && touch(box, other))
    })
    if (!label) continue
    found.set(i, label)
    taken.push(boxOf(label))
  }
  return found
}

/** Right, left, below, above. */
function candidates({ name, x, y, radius }: Disc, look: Look): readonly Label[] {
  const full = measureWidth(name, `${size}px ${look.fontFamily}`)
  const width = Math.min(full + 1, Math.max(70, look.width * 0.2))
  const base = { words: name, width, size }
  const beside = radius + distance
  const under = radius + height / 2 + 1
  return [
    { ...base, x: x + beside, y, align: 'left' },
    { ...base, x: x - beside, y, align: 'right' },
    { ...base, x, y: y + under, align: 'center' },
    { ...base, x, y: y - under, align: 'center' },
  ]
}

function boxOf({ x, y, align, width }: Label): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
  return { left, right: left + width, top: y - height / 2, bottom: y + height / 2 }
}

function within(box: Box, room: Box): boolean {
  return box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom
}

function touch(one: Box, other: Box): boolean {
  return (
    one.left < other.right + 2 &&
    other.left < one.right + 2 &&
    one.top < other.bottom &&
    other.top < one.bottom
  )
}
