/** Two clusters that become one. Clusters 0 … n − 1 are the items; merge i makes cluster n + i. */
export interface Merge {
  readonly left: number
  readonly right: number
  /** The mean distance between the items of both. */
  readonly height: number
  /** Items in the new cluster. */
  readonly size: number
}

export interface Dendrogram {
  /** In order of height; the smaller cluster number is on the left. */
  readonly merges: readonly Merge[]
  /** The items from left to right, so that no lines of the tree cross. */
  readonly leaves: readonly number[]
}

/**
 * Average linkage (UPGMA; Sokal & Michener 1958) by the nearest-neighbour chain (Murtagh 1983, The Computer Journal 26,
 * 354–359) in n² time; of equal distances the smaller number is nearer. `distances` is a full, symmetric matrix, no
 * distance below 0; RangeError for others.
 */
export function averageLinkage(distances: readonly (readonly number[])[]): Dendrogram {
  check(distances)
  const n = distances.length
  const merges = numbered(chainMerges(distances.map(row => Float64Array.from(row))), n)
  return { merges, leaves: n === 0 ? [] : leavesOf(merges, n) }
}

/** Which two slots were merged at which height; the merged cluster lives on in the second slot. */
interface SlotMerge {
  readonly first: number
  readonly second: number
  readonly height: number
}

function chainMerges(d: readonly Float64Array[]): readonly SlotMerge[] {
  const size = new Float64Array(d.length).fill(1)
  const merges: SlotMerge[] = []
  const chain: number[] = []
  while (merges.length < d.length - 1) {
    if (chain.length === 0) chain.push(size.findIndex(items => items > 0))
    const pair = nextPair(chain, d, size)
    merges.push(pair)
    absorb(pair, d, size)
  }
  return merges
}

/** Follows nearest neighbours until two are each other's, and takes both off the chain. */
function nextPair(chain: number[], d: readonly Float64Array[], size: Float64Array): SlotMerge {
  for (;;) {
    const tip = chain.at(-1) ?? 0
    const before = chain.at(-2)
    const { to, height } = nearest(tip, before, d, size)
    if (to === before) {
      chain.length -= 2
      return { first: Math.min(tip, to), second: Math.max(tip, to), height }
    }
    chain.push(to)
  }
}

/** The one before it on the chain wins a tie, so that the chain ends. */
function nearest(from: number, before: number | undefined, d: readonly Float64Array[], size: Float64Array) {
  const row = d[from] ?? new Float64Array()
  let [to, height] = before === undefined ? [-1, Number.POSITIVE_INFINITY] : [before, row[before] ?? 0]
  for (let i = 0; i < row.length; i++) {
    const distance = row[i] ?? 0
    if (i !== from && (size[i] ?? 0) > 0 && distance < height) [to, height] = [i, distance]
  }
  return { to, height }
}

/** The second slot takes over the first: its distances become means over all items (Lance & Williams 1967). */
function absorb({ first, second }: SlotMerge, d: readonly Float64Array[], size: Float64Array): void {
  const [a, b] = [size[first] ?? 0, size[second] ?? 0]
  for (let i = 0; i < size.length; i++) {
    const [row, own] = [d[i], d[second]]
    if (i === first || i === second || !size[i] || !row || !own) continue
    own[i] = (a * (row[first] ?? 0) + b * (row[second] ?? 0)) / (a + b)
    row[second] = own[i] ?? 0
  }
  size[first] = 0
  size[second] = a + b
}

/** The merges in order of height, their clusters numbered in that order. */
function numbered(merges: readonly SlotMerge[], n: number): readonly Merge[] {
  const clusterOf = Array.from({ length: n }, (_, i) => i)
  const sizes = new Array<number>(n).fill(1)
  return [...merges]
    .sort((x, y) => x.height - y.height)
    .map(({ first, second, height }, i) => {
      const [a, b] = [rootOf(first, clusterOf), rootOf(second, clusterOf)]
      const size = (sizes[a] ?? 0) + (sizes[b] ?? 0)
      clusterOf[a] = clusterOf[b] = clusterOf[n + i] = n + i
      sizes[n + i] = size
      return { left: Math.min(a, b), right: Math.max(a, b), height, size }
    })
}

/** The largest cluster that a cluster has become part of; the way there is shortened. */
function rootOf(cluster: number, parents: number[]): number {
  let root = cluster
  while (parents[root] !== root) root = parents[root] ?? root
  for (let at = cluster; at !== root; ) {
    const up = parents[at] ?? root
    parents[at] = root
    at = up
  }
  return root
}

function leavesOf(merges: readonly Merge[], n: number): readonly number[] {
  const leaves: number[] = []
  const open = [n + merges.length - 1]
  while (open.length > 0) {
    const cluster = open.pop() ?? 0
    const merge = merges[cluster - n]
    if (merge === undefined) leaves.push(cluster)
    else open.push(merge.right, merge.left)
  }
  return leaves
}

function check(distances: readonly (readonly number[])[]): void {
  const isFine = (row: readonly number[], i: number) =>
    row.length === distances.length &&
    row.every((value, j) => value >= 0 && value < Number.POSITIVE_INFINITY && value === distances[j]?.[i])
  if (!distances.every(isFine)) throw new RangeError('distances must be a symmetric matrix, none below 0')
}
