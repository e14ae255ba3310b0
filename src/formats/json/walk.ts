import type { SecretFilter } from '../secrets.ts'
import type { JsonNode } from './cursor.ts'
import { joined, type Step } from './path.ts'
import { asRow, type JsonRow, type Layer } from './rows.ts'

/**
 * The rows that `steps` lead to from one element of the file. Each carries the element with its members under the
 * dotted path, and before it the members of everything that it lies in, without the branch that was taken. Where
 * the path breaks off there is one fault in place of rows; an empty array or object has no rows.
 */
export function rowsOf(node: JsonNode, steps: readonly Step[], secrets: SecretFilter): Iterable<JsonRow> {
  return steps.length === 0 ? [asRow(node)] : rowsBelow({ node, layers: [], path: '' }, steps, secrets)
}

/** A place on the way to the rows. */
export interface Branch {
  readonly node: JsonNode
  /** What the node lies in, from the outside inwards. */
  readonly layers: readonly Layer[]
  readonly path: string
}

export function* rowsBelow(
  branch: Branch,
  [step, ...rest]: readonly Step[],
  secrets: SecretFilter,
): Generator<JsonRow> {
  if (step === undefined) {
    const { node, layers, path } = branch
    yield { layers: [...layers, { path: node.kind === 'object' ? path : path || '$value', node }] }
    return
  }
  const branches = branchesAt(branch, step, secrets)
  if (branches !== null) for (const next of branches) yield* rowsBelow(next, rest, secrets)
  else
    yield {
      fault: 'not-an-object',
      column: step.path === '' ? null : step.path,
      detail: kindAt(branch, step),
    }
}

/** Where a step leads; null where the node has no such thing. */
function branchesAt({ node, layers, path }: Branch, step: Step, secrets: SecretFilter): Branch[] | null {
  switch (step.kind) {
    case 'member': {
      const member = node.kind === 'object' ? node.members.get(step.name) : undefined
      if (member === undefined) return null
      return [{ node: member, layers: [...layers, { path, node, except: step.name }], path: step.path }]
    }
    case 'items':
      return node.kind === 'array' ? node.items.map(item => ({ node: item, layers, path })) : null
    case 'members':
      if (node.kind !== 'object') return null
      return [...node.members]
        .filter(([key]) => !secrets.drops(joined(path, key)))
        .map(([key, member]) => memberBranch({ node: member, layers, path }, step.keyColumn, key))
  }
}

/** A member of an object that is walked through: its key is a value of its rows. */
export function memberBranch({ node, layers, path }: Branch, keyColumn: string, key: string): Branch {
  return { node, layers: [...layers, { path: keyColumn, node: { kind: 'string', text: key } }], path }
}

function kindAt({ node }: Branch, step: Step): string {
  if (step.kind !== 'member' || node.kind !== 'object') return node.kind
  return 'missing'
}
