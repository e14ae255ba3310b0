import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betweenness, betweennessCentralisation } from './betweenness.ts'
import { type Link, simpleLinks } from './graph.ts'

const links = (...pairs: readonly string[]): readonly Link[] =>
  pairs.map(pair => ({ from: pair[0] ?? '', to: pair[1] ?? '' }))

test('on a path a–b–c–d: b and c lie on 2 of the 3 pairs of others', () => {
  expect([...betweenness([], links('ab', 'bc', 'cd'))]).toEqual([
    ['a', 0],
    ['b', 2],
    ['c', 2],
    ['d', 0],
  ])
})

test('on a square each lies on half of the paths of the one pair opposite', () => {
  expect([...betweenness([], links('ab', 'bc', 'cd', 'da')).values()]).toEqual([0.5, 0.5, 0.5, 0.5])
})

test('centralisation is 1 for a star, 0 for a ring, null for a pair', () => {
  expect(betweennessCentralisation([], links('ab', 'ac', 'ad', 'ae'))).toBe(1)
  expect(betweennessCentralisation([], links('ab', 'bc', 'ca'))).toBe(0)
  expect(betweennessCentralisation(['a', 'b'], links('ab'))).toBeNull()
  // A path of 3 is a star; with a node alone: (1 + 1 + 1)/(9 · 2/2).
  expect(betweennessCentralisation(['d'], links('ab', 'bc'))).toBeCloseTo(3 / 9, 14)
})

/** The definition: over all pairs, the share of their shortest paths, told by distances and numbers of paths. */
function byDefinition(names: readonly string[], given: readonly Link[], node: string): number {
  const pathsBetween = (a: string, b: string): readonly (readonly string[])[] => {
    let open: readonly (readonly string[])[] = [[a]]
    while (open.length > 0) {
      const done = open.filter(path => path.at(-1) === b)
      if (done.length > 0) return done
      open = open.flatMap(path =>
        nextOf(path.at(-1) ?? '').flatMap(n => (path.includes(n) ? [] : [[...path, n]])),
      )
    }
    return []
  }
  const nextOf = (at: string) =>
    simpleLinks(given).flatMap(({ from, to }) => (from === at ? [to] : to === at ? [from] : []))
  let sum = 0
  for (const [i, a] of names.entries())
    for (const b of names.slice(i + 1)) {
      const all = a === node || b === node ? [] : pathsBetween(a, b)
      if (all.length > 0) sum += all.filter(path => path.includes(node)).length / all.length
    }
  return sum
}

test('equals the definition, path by path, on random graphs', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const link = fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names) })
  fc.assert(
    fc.property(fc.array(link, { maxLength: 14 }), drawn => {
      const found = betweenness(names, drawn)
      for (const name of names) expect(found.get(name)).toBeCloseTo(byDefinition(names, drawn, name), 10)
      const centralisation = betweennessCentralisation(names, drawn) ?? -1
      expect(centralisation).toBeGreaterThanOrEqual(0)
      expect(centralisation).toBeLessThanOrEqual(1)
    }),
    { numRuns: 60 },
  )
})
