import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averageLinkage } from './clustering.ts'
import { copheneticCorrelation, copheneticDistances } from './cophenetic.ts'
import { nineItems } from './testing-distances.ts'

/** R 4.2.2: h <- hclust(as.dist(d), "average"); as.matrix(cophenetic(h)); cor(cophenetic(h), as.dist(d)). */
test('nine items are joined at the heights of R, and the tree is as faithful', () => {
  const heights = copheneticDistances(averageLinkage(nineItems))
  const [a, b] = [50.1, 92 / 3]
  const expected = [
    [0, a, 44.5, a, a, 44.5, 44.5, a, 25],
    [a, 0, a, 20, 6, a, a, b, a],
    [44.5, a, 0, a, a, 13, 13, a, 44.5],
    [a, 20, a, 0, 20, a, a, b, a],
    [a, 6, a, 20, 0, a, a, b, a],
    [44.5, a, 13, a, a, 0, 8, a, 44.5],
    [44.5, a, 13, a, a, 8, 0, a, 44.5],
    [a, b, a, b, b, a, a, 0, a],
    [25, a, 44.5, a, a, 44.5, 44.5, a, 0],
  ]
  heights.forEach((row, i) => {
    row.forEach((height, j) => {
      expect(height).toBeCloseTo(expected[i]?.[j] ?? Number.NaN, 12)
    })
  })
  expect(copheneticCorrelation(nineItems, heights)).toBeCloseTo(0.789257821600933, 14)
})

test('distances that are a tree already are kept, and correlate wholly', () => {
  const tree = [
    [0, 1, 3],
    [1, 0, 3],
    [3, 3, 0],
  ]
  const heights = copheneticDistances(averageLinkage(tree))
  expect(heights).toEqual(tree)
  expect(copheneticCorrelation(tree, heights)).toBeCloseTo(1, 15)
})

test('there is no correlation where all pairs are alike', () => {
  for (const n of [0, 1, 2, 5]) {
    const equal = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (i === j ? 0 : 0.1)),
    )
    const heights = copheneticDistances(averageLinkage(equal))
    for (const height of heights.flatMap((row, i) => row.slice(0, i))) expect(height).toBeCloseTo(0.1, 15)
    expect(copheneticCorrelation(equal, heights)).toBeNull()
    expect(copheneticCorrelation(heights, equal)).toBeNull()
  }
})

test('the heights are an ultrametric: of three pairs the two largest are equal', () => {
  const points = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 9 })
  fc.assert(
    fc.property(points, places => {
      const between = places.map(x => places.map(y => Math.abs(x - y)))
      const heights = copheneticDistances(averageLinkage(between))
      const at = (i: number, j: number) => heights[i]?.[j] ?? Number.NaN
      for (let i = 0; i < places.length; i++)
        for (let j = 0; j < i; j++)
          for (let k = 0; k < j; k++) {
            const [, second, largest] = [at(i, j), at(i, k), at(j, k)].sort((a, b) => a - b)
            expect(second).toBe(largest)
          }
    }),
  )
})
