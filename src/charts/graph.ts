import type { Field, Layer } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { categoryKey, categoryWords } from './words.ts'

type NetworkLayer = Extract<Layer, { mark: 'network' }>

/** A simple graph: links between different nodes, each pair once; nodes by their place in `nodes`. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly links: readonly GraphLink[]
}

export interface GraphNode {
  readonly name: string
  /** Key of the kind; empty where there is none. */
  readonly kind: string
  /** Of how many other nodes it is a neighbour. */
  readonly degree: number
}

export type GraphLink = readonly [one: number, other: number]

/**
 * The graph that the rows of a network tell. A node is known by its name, and by its kind where kinds are given: a
 * platform and a plant of one name are two. Repeated links count once, links of a node to itself not at all.
 */
export function graphOf(layer: NetworkLayer, rows: readonly Row[], language: Language): Graph {
  const nodes = new Map<string, { index: number; name: string; kind: string }>()
  const links = new Map<string, GraphLink>()
  for (const row of rows) {
    const one = nodeOf(row, layer.from, layer.kinds?.[0])
    const other = nodeOf(row, layer.to, layer.kinds?.[1])
    if (one === null || other === null || one === other) continue
    const link: GraphLink = one < other ? [one, other] : [other, one]
    links.set(link.join(' '), link)
  }
  const degrees = degreesOf(nodes.size, [...links.values()])
  return {
    nodes: [...nodes.values()].map(({ index, name, kind }) => ({ name, kind, degree: degrees[index] ?? 0 })),
    links: [...links.values()],
  }

  function nodeOf(row: Row, field: Field, kindField: Field | undefined): number | null {
    const key = categoryKey(row[field.field])
    if (key === '') return null
    const kind = kindField ? categoryKey(row[kindField.field]) : ''
    const id = JSON.stringify([kind, key])
    const known = nodes.get(id)
    if (known) return known.index
    const index = nodes.size
    nodes.set(id, { index, name: categoryWords(field, key, language), kind })
    return index
  }
}

/** The neighbours of each node. */
export function neighboursOf(count: number, links: readonly GraphLink[]): readonly (readonly number[])[] {
  const found: number[][] = Array.from({ length: count }, () => [])
  for (const [one, other] of links) {
    found[one]?.push(other)
    found[other]?.push(one)
  }
  return found
}

function degreesOf(count: number, links: readonly GraphLink[]): readonly number[] {
  return neighboursOf(count, links).map(({ length }) => length)
}
