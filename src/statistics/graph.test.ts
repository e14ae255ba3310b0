import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bipartiteDensity,
  components,
  degreeCentralisation,
  density,
  type Link,
  largestComponentShare,
  projection,
  simpleLinks,
} from './graph.ts'
import { degreePreservingNull } from './graph-null.ts'

/** `ab cd` as links a–b and c–d. */
const links = (text: string): readonly Link[] => text.split(' ').map(([from = '', to = '']) => ({ from, to }))
const nodes = (text: string) => [...text]

describe('a graph', () => {
  test('falls into components, the largest first', () => {
    expect(components(nodes('abcdefg'), links('ab fg gd df'))).toEqual([
      ['d', 'f', 'g'],
      ['a', 'b'],
      ['c'],
      ['e'],
    ])
    expect(components([], links('ab'))).toEqual([['a', 'b']])
    expect(components([], [])).toEqual([])
    expect(largestComponentShare(nodes('abcdefg'), links('ab fg gd'))).toBe(3 / 7)
    expect(largestComponentShare([], [])).toBeNull()
  })

  test('has a density without repeats, directions and loops', () => {
    // a–b and b–c of six possible links among four.
    expect(density(nodes('abcd'), links('ab ba ab bc cc'))).toBe(2 / 6)
    expect(density(['a'], [])).toBeNull()
    expect(bipartiteDensity(nodes('ab'), nodes('abc'), links('aa ab ab'))).toBe(2 / 6)
    expect(bipartiteDensity([], ['a'], [])).toBeNull()
  })

  test('is as central as a star, a ring or a path', () => {
    // Path of 4: degrees 1, 2, 2, 1; (1 + 0 + 0 + 1)/(3·2).
    expect(degreeCentralisation(nodes('abcde'), links('ab ac ad ae'))).toBe(1)
    expect(degreeCentralisation(nodes('abcd'), links('ab bc cd da'))).toBe(0)
    expect(degreeCentralisation(nodes('abcd'), links('ab bc cd'))).toBeCloseTo(2 / 6, 14)
    expect([degreeCentralisation(nodes('abc'), []), degreeCentralisation(['a', 'b'], [])]).toEqual([0, null])
  })

  test('of two kinds is projected on one', () => {
    expect(projection(links('ax bx by cy dz'))).toEqual(links('ab bc'))
  })

  test('has as many members as nodes, and components as nodes less links of a forest', () => {
    const name = fc.constantFrom(...'abcdefghij')
    const drawn = fc.array(fc.record({ from: name, to: name }), { maxLength: 15 })
    fc.assert(
      fc.property(drawn, given => {
        const all = nodes('abcdefghij')
        const found = components(all, given)
        expect(found.flat().toSorted()).toEqual(all)
        // By search from each node: two nodes share a component exactly where a path joins them.
        const reached = new Set(['a'])
        for (let size = 0; size < reached.size; ) {
          size = reached.size
          for (const { from, to } of given)
            if (reached.has(from) || reached.has(to)) reached.add(from).add(to)
        }
        expect(new Set(found.find(members => members.includes('a')))).toEqual(reached)
      }),
    )
  })
})

describe('the null of given degrees', () => {
  const degrees = (of: readonly Link[], ends: (link: Link) => readonly string[]) => {
    const count = new Map<string, number>()
    for (const end of of.flatMap(ends)) count.set(end, (count.get(end) ?? 0) + 1)
    return JSON.stringify([...count].sort())
  }

  test.each([false, true])('keeps the degrees and draws simple graphs (bipartite: %s)', bipartite => {
    const name = fc.constantFrom(...'abcdefgh')
    const drawn = fc.array(fc.record({ from: name, to: name }), { minLength: 6, maxLength: 20 })
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 1000 }), (given, seed) => {
        const simple = simpleLinks(given, bipartite)
        degreePreservingNull(
          given,
          graph => {
            expect(simpleLinks(graph, bipartite)).toHaveLength(simple.length)
            if (bipartite) {
              expect(degrees(graph, ({ from }) => [from])).toBe(degrees(simple, ({ from }) => [from]))
              expect(degrees(graph, ({ to }) => [to])).toBe(degrees(simple, ({ to }) => [to]))
            } else expect(degrees(graph, ends)).toBe(degrees(simple, ends))
            return 0
          },
          { replicates: 5, seed, bipartite },
        )
      }),
      { numRuns: 40 },
    )
  })

  test('draws every graph of the degrees equally often', () => {
    // Degrees 1, 1, 1, 1: three perfect matchings of a, b, c, d; a is linked with b in one of three.
    const result = degreePreservingNull(
      links('ab cd'),
      graph => (graph.some(({ from, to }) => `${from}${to}` === 'ab' || `${from}${to}` === 'ba') ? 1 : 0),
      { replicates: 6000, seed: 5 },
    )
    // Standard error √(2/9/6000) = 0.006.
    expect(result?.mean).toBeCloseTo(1 / 3, 1)
    expect(Math.abs((result?.mean ?? 0) - 1 / 3)).toBeLessThan(0.025)
    // z = (1 − 1/3)/√(2/9) = √2; two thirds lie below, one third is equal.
    expect(result?.z).toBeCloseTo(Math.SQRT2, 1)
    expect(result?.percentile).toBeCloseTo(2 / 3 + 1 / 6, 1)
    expect(result?.pAtMost).toBe(1)
  })

  test('finds two separate cliques unlikely', () => {
    const cliques = links('ab ac ad bc bd cd ef eg eh fg fh gh')
    const result = degreePreservingNull(cliques, graph => largestComponentShare([], graph), {
      seed: 'cliques',
    })
    // Nearly all of the 19 355 cubic graphs on eight named nodes (35 of them two cliques) are connected.
    expect(result?.observed).toBe(0.5)
    expect(result?.pAtMost).toBeLessThan(0.02)
    expect(result?.swapped).toBeGreaterThan(0.1)
    expect(
      degreePreservingNull(cliques, graph => largestComponentShare([], graph), { seed: 'cliques' }),
    ).toEqual(result)
  })

  test('does not move what follows from the degrees, nor a star, and needs two links', () => {
    const path = links('ab bc cd de')
    expect(degreePreservingNull(path, graph => degreeCentralisation([], graph))).toMatchObject({
      sd: 0,
      z: null,
    })
    expect(degreePreservingNull(links('ab ac ad'), graph => graph.length)).toMatchObject({
      swapped: 0,
      z: null,
    })
    expect(degreePreservingNull(links('ab'), () => 1)).toBeNull()
    expect(degreePreservingNull(path, () => null)).toBeNull()
  })
})

function ends({ from, to }: Link): readonly string[] {
  return [from, to]
}
