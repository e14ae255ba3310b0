import type { Layer } from '../domain/chart.ts'
import { asNumber, type Row } from '../domain/table.ts'
import type { CategoryScale } from './scale.ts'
import { categoryKey } from './words.ts'

export type TreeLayer = Extract<Layer, { mark: 'tree' }>

/** A leaf, or all that a joint holds. */
export interface Branch {
  /** Where it stands along the leaves: the place of a leaf, the middle between the branches of a joint. */
  readonly at: number
  /** The height of its joint; 0 for a leaf. */
  readonly height: number
  readonly leaves: number
  /** Its outermost leaves. */
  readonly first: number
  readonly last: number
}

/** Two branches that become one. */
export interface Joint {
  readonly height: number
  /** The one with the lower place is `low`. */
  readonly low: Branch
  readonly high: Branch
}

interface Pair {
  readonly low: number
  readonly high: number
  readonly height: number
}

/**
 * The joints from the lowest up, at most one fewer than leaves. Rows may name one pair of leaves for each joint or every
 * pair: two leaves that are in one branch already add nothing.
 */
export function jointsOf(layer: TreeLayer, rows: readonly Row[], scale: CategoryScale): readonly Joint[] {
  const branches = new Map<number, Branch>()
  const owners = scale.keys.map((_, leaf) => leaf)
  const joints: Joint[] = []
  for (const { low, high, height } of pairsOf(layer, rows, scale)) {
    const [one, other] = [ownerOf(low, owners), ownerOf(high, owners)]
    if (one === other) continue
    const [a, b] = [branches.get(one) ?? leafAt(one), branches.get(other) ?? leafAt(other)]
    const joint = a.at <= b.at ? { height, low: a, high: b } : { height, low: b, high: a }
    joints.push(joint)
    owners[other] = one
    branches.set(one, branchOf(joint))
  }
  return joints
}

/** In order of height; of equal ones neighbours first, so that their brackets do not lie in each other. */
function pairsOf(layer: TreeLayer, rows: readonly Row[], { position }: CategoryScale): readonly Pair[] {
  return rows
    .flatMap((row): Pair[] => {
      const [one, other] = [layer.left, layer.right].map(({ field }) => position.get(categoryKey(row[field])))
      const height = asNumber(row[layer.height.field])
      if (one === undefined || other === undefined || one === other || height === null) return []
      return [{ low: Math.min(one, other), high: Math.max(one, other), height }]
    })
    .sort((a, b) => a.height - b.height || a.high - a.low - (b.high - b.low) || a.low - b.low)
}

function leafAt(at: number): Branch {
  return { at, height: 0, leaves: 1, first: at, last: at }
}

function branchOf({ height, low, high }: Joint): Branch {
  return {
    at: (low.at + high.at) / 2,
    height,
    leaves: low.leaves + high.leaves,
    first: Math.min(low.first, high.first),
    last: Math.max(low.last, high.last),
  }
}

/** The leaf under which its whole branch is kept; the way there is shortened. */
function ownerOf(leaf: number, owners: number[]): number {
  let owner = leaf
  while (owners[owner] !== owner) owner = owners[owner] ?? owner
  for (let at = leaf; at !== owner; ) {
    const up = owners[at] ?? owner
    owners[at] = owner
    at = up
  }
  return owner
}
