/**
 * Kendall's rank correlation tau-b between two lists of the same length, −1 to 1, ties allowed (Kendall 1945, Biometrika
 * 33, 239–251), in n log n by counting the exchanges of a merge sort (Knight 1966, JASA 61, 436–439). Null where one list
 * holds a single value only. RangeError for unequal lengths or a value that is not a number.
 */
export function kendallTauB(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError('the lists must be of the same length')
  if ([...a, ...b].some(Number.isNaN)) throw new RangeError('a value is not a number')
  const n = a.length
  const pairs = a
    .map((x, i) => ({ x, y: b[i] ?? 0 }))
    .sort((p, q) => difference(p.x, q.x) || difference(p.y, q.y))
  const all = pairsOf(n)
  const tiedX = tiedPairs(pairs, (p, q) => p.x === q.x)
  const tiedBoth = tiedPairs(pairs, (p, q) => p.x === q.x && p.y === q.y)
  const ys = pairs.map(({ y }) => y)
  const exchanges = sortedWithExchanges(ys)
  const tiedY = tiedPairs(ys, (p, q) => p === q)
  if (tiedX === all || tiedY === all) return null
  const tau =
    (all - tiedX - tiedY + tiedBoth - 2 * exchanges) / Math.sqrt(all - tiedX) / Math.sqrt(all - tiedY)
  return Math.min(1, Math.max(-1, tau))
}

/** Below 0, 0 or above 0 as of two numbers; infinities are equal to themselves. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function pairsOf(n: number): number {
  return (n * (n - 1)) / 2
}

/** Pairs within runs of equal neighbours. */
function tiedPairs<T>(sorted: readonly T[], same: (a: T, b: T) => boolean): number {
  let [pairs, run] = [0, 1]
  for (let i = 1; i <= sorted.length; i++) {
    const [before, at] = [sorted[i - 1], sorted[i]]
    if (before !== undefined && at !== undefined && same(before, at)) run++
    else {
      pairs += pairsOf(run)
      run = 1
    }
  }
  return pairs
}

/** Sorts in place and says how many pairs stood in the wrong order. */
function sortedWithExchanges(values: number[]): number {
  let exchanges = 0
  for (let width = 1; width < values.length; width *= 2)
    for (let start = 0; start + width < values.length; start += 2 * width)
      exchanges += merged(values, start, start + width, Math.min(start + 2 * width, values.length))
  return exchanges
}

function merged(values: number[], start: number, middle: number, end: number): number {
  const [left, right] = [values.slice(start, middle), values.slice(middle, end)]
  let [i, j, exchanges] = [0, 0, 0]
  for (let k = start; k < end; k++) {
    const [a, b] = [left[i], right[j]]
    if (b === undefined || (a !== undefined && a <= b)) {
      values[k] = a ?? 0
      i++
    } else {
      values[k] = b
      exchanges += left.length - i
      j++
    }
  }
  return exchanges
}
