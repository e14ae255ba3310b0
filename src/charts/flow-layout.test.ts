import { expect, test } from 'vitest'
import { flowLayout } from './flow-layout.ts'

/**
 * Left 30 and 10, right 20 and 20, in 104 pixels with a pitch of 0: gaps are 0 but for the spread, so a unit is
 * 104 / 40 = 2.6 pixels.
 */
const links = [
  { from: 0, to: 1, size: 20 },
  { from: 0, to: 0, size: 10 },
  { from: 1, to: 0, size: 10 },
]

test('a pixel is worth the same in both columns, and every node is as high as its streams', () => {
  const { left, right, streams } = flowLayout(links, 104, 0)
  expect(left.map(({ size }) => size)).toEqual([30, 10])
  expect(right.map(({ size }) => size)).toEqual([20, 20])
  expect([...left, ...right].map(({ height, size }) => height / size)).toEqual(
    Array.from({ length: 4 }, () => expect.closeTo(2.6, 9)),
  )
  expect(streams.map(({ thickness }) => thickness)).toEqual([52, 26, 26].map(at => expect.closeTo(at, 9)))
})

test('streams lie in a node in the order of their other ends, without gap or overlap', () => {
  const { left, right, streams } = flowLayout(links, 104, 0)
  // Left node 0: first the stream to right 0 (26 px), then that to right 1.
  expect(streams[1]?.from).toBe(left[0]?.top)
  expect(streams[0]?.from).toBeCloseTo((left[0]?.top ?? 0) + 26, 9)
  // Right node 0: first from left 0, then from left 1.
  expect(streams[1]?.to).toBe(right[0]?.top)
  expect(streams[2]?.to).toBeCloseTo((right[0]?.top ?? 0) + 26, 9)
})

test('the middles of neighbours are a line apart where the room allows, and all is within the room', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ from: i, to: 0, size: i === 0 ? 1000 : 1 }))
  const { left } = flowLayout(many, 300, 15)
  const middles = left.map(({ top, height }) => top + height / 2)
  for (const [i, middle] of middles.entries())
    if (i > 0) expect(middle - (middles[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-6)
  const last = left.at(-1)
  expect((last?.top ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(300 + 1e-6)
})
