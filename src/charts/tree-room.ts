import type { Scene } from './scene.ts'
import { jointsOf, type TreeLayer } from './tree.ts'

/** What a tree beside a matrix needs to its left, and above it for the numbers of its heights. */
export interface TreeRoom {
  readonly layer: TreeLayer
  /** Pixels, with the gap to the matrix. */
  readonly width: number
  readonly head: number
  /** The height at the left edge. */
  readonly top: number
  readonly ticks: readonly number[]
}

/** Pixels between the leaves and the cells. */
export const treeGap = 4
/** Pixels that the number of a tick needs, with its gap. */
const tickRoom = 36

/** The room of the tree of a matrix; null where there is none, or the picture is too small for both. */
export function treeRoom({ chart, look, x, y }: Scene): TreeRoom | null {
  const layer = chart.layers.find(({ mark }) => mark === 'tree')
  if (layer?.mark !== 'tree' || x?.kind !== 'category' || y?.kind !== 'category') return null
  if (look.width < 320 || look.height < 170) return null
  const last = jointsOf(layer, chart.rows, y).at(-1)
  if (!last) return null
  const top = last.height > 0 ? last.height : 1
  const width = Math.min(240, Math.max(64, look.width * 0.2))
  return { layer, width, head: 15, top, ticks: ticksTo(top, Math.floor(width / tickRoom)) }
}

/** Whether the leaves of a tree are at the right of its picture, and so their names. */
export function leavesAtRight(scene: Scene): boolean {
  const tree = scene.chart.layers.some(({ mark }) => mark === 'tree')
  return tree && (scene.x?.kind !== 'category' || treeRoom(scene) !== null)
}

/** Round numbers from 0 up to `top`, at most `most` beyond the zero. */
export function ticksTo(top: number, most: number): readonly number[] {
  const least = top / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = ([1, 2, 2.5, 5].find(each => each * power >= least) ?? 10) * power
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => i * step)
}
