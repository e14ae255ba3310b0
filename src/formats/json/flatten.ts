import type { SecretFilter } from '../secrets.ts'
import type { JsonNode } from './cursor.ts'
import { joined } from './path.ts'
import { jsonText } from './scrub.ts'

/** A dotted path as rows meet it again and again, with what is known of it. */
export class PathNode {
  readonly path: string
  readonly isSecret: boolean
  /** The number of its column; -1 before it has one. */
  column = -1
  private readonly secrets: SecretFilter
  private readonly below = new Map<string, PathNode>()

  constructor(path: string, secrets: SecretFilter) {
    this.path = path
    this.secrets = secrets
    this.isSecret = path !== '' && secrets.drops(path)
  }

  child(key: string): PathNode {
    const known = this.below.get(key)
    if (known !== undefined) return known
    const node = new PathNode(joined(this.path, key), this.secrets)
    this.below.set(key, node)
    return node
  }
}

/**
 * Hands every value of an object to `visit` under its dotted path: objects are opened, arrays kept whole, secrets left
 * out. An empty object has no values. A path met twice (`a.b` beside `a: {b}`) is visited twice.
 */
export function flatten(
  members: ReadonlyMap<string, JsonNode>,
  parent: PathNode,
  visit: (path: PathNode, node: JsonNode) => void,
  except?: string,
): void {
  for (const [key, node] of members) {
    if (key === except) continue
    const path = parent.child(key)
    if (path.isSecret) continue
    if (node.kind === 'object') flatten(node.members, path, visit)
    else visit(path, node)
  }
}

/** A value as the text of its cell. */
export function cellText(node: JsonNode, path: string, secrets: SecretFilter): string | null {
  switch (node.kind) {
    case 'null':
      return null
    case 'literal':
      return node.text
    case 'string':
      return secrets.scrub(path, node.text)
    default:
      return jsonText(node, path, secrets)
  }
}
