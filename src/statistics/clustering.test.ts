import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averageLinkage } from './clustering.ts'
import { nineItems } from './testing-distances.ts'

/** scipy.cluster.hierarchy: linkage(squareform(d), 'average') and leaves_list of it. */
test('nine items are clustered as by scipy', () => {
  const { merges, leaves } = averageLinkage(nineItems)
  expect(
    merges.map(({ left, right, height, size }) => [left, right, Number(height.toFixed(12)), size]),
  ).toEqual([
    [1, 4, 6, 2],
    [5, 6, 8, 2],
    [2, 10, 13, 3],
    [3, 9, 20, 3],
    [0, 8, 25, 2],
    [7, 12, 30.666666666667, 4],
    [11, 13, 44.5, 5],
    [14, 15, 50.1, 9],
  ])
  expect(leaves).toEqual([7, 3, 1, 4, 2, 5, 6, 0, 8])
})

test('ties fall as by scipy', () => {
  const tied = averageLinkage(matrix(5, () => 1))
  expect(tied.merges.map(({ left, right }) => [left, right])).toEqual([
    [0, 1],
    [2, 5],
    [3, 6],
    [4, 7],
  ])
  expect(tied.leaves).toEqual([4, 3, 2, 0, 1])
  const line = averageLinkage(matrix(6, (i, j) => Math.abs(i - j)))
  expect(line.merges.map(({ left, right, height }) => [left, right, height])).toEqual([
    [0, 1, 1],
    [2, 3, 1],
    [4, 5, 1],
    [6, 7, 2],
    [8, 9, 3],
  ])
  expect(line.leaves).toEqual([4, 5, 0, 1, 2, 3])
})

test('none, one and equal items are clustered too; what is no distance is refused', () => {
  expect(averageLinkage([])).toEqual({ merges: [], leaves: [] })
  expect(averageLinkage([[0]])).toEqual({ merges: [], leaves: [0] })
  expect(averageLinkage(matrix(3, () => 0)).merges.map(({ height }) => height)).toEqual([0, 0])
  for (const bad of [
    [
      [0, 1],
      [2, 0],
    ],
    [[0, 1]],
    [
      [0, -1],
      [-1, 0],
    ],
    [
      [0, Number.NaN],
      [Number.NaN, 0],
    ],
  ])
    expect(() => averageLinkage(bad)).toThrow(RangeError)
})

test('a height is the mean distance between the two clusters, heights rise, every item is a leaf once', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: 2,
    maxLength: 12,
  })
  fc.assert(
    fc.property(points, places => {
      const n = places.length
      const between = (i: number, j: number) =>
        Math.hypot(
          (places[i]?.[0] ?? 0) - (places[j]?.[0] ?? 0),
          (places[i]?.[1] ?? 0) - (places[j]?.[1] ?? 0),
        )
      const { merges, leaves } = averageLinkage(matrix(n, between))
      const members: number[][] = places.map((_, i) => [i])
      merges.forEach(({ left, right, height, size }, i) => {
        const [a, b] = [members[left] ?? [], members[right] ?? []]
        const distances = a.flatMap(x => b.map(y => between(x, y)))
        expect(height).toBeCloseTo(distances.reduce((sum, d) => sum + d, 0) / distances.length, 9)
        expect(height).toBeGreaterThanOrEqual((merges[i - 1]?.height ?? 0) - 1e-9)
        expect(size).toBe(members.push([...a, ...b]) && a.length + b.length)
      })
      expect(leaves.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i))
    }),
  )
})

test('a thousand items take no noticeable time', () => {
  const { leaves } = averageLinkage(
    matrix(1000, (i, j) => Math.abs(((i * 7919) % 1009) - ((j * 7919) % 1009))),
  )
  expect(leaves).toHaveLength(1000)
})

function matrix(n: number, distance: (i: number, j: number) => number): readonly (readonly number[])[] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 0 : distance(i, j))),
  )
}
