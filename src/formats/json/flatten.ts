import type { SecretFilter } from '../secrets.ts'
import type { JsonNode } from './cursor.ts'
import { joined } from './path.ts'
import { isValueName, jsonText, namesSecretValue } from './scrub.ts'

/** A dotted path as rows meet it again and again, with what is known of it. */
export class PathNode {
  readonly path: string
  readonly isSecret: boolean
  /** The number of its column; -1 before it has one. */
  column = -1
  private readonly secrets: SecretFilter
  private readonly below = new Map<string, PathNode>()

  /** Whether its key says that a neighbour holds the value's name. */
  private readonly isValue: boolean

  constructor(path: string, secrets: SecretFilter, key = '') {
    this.path = path
    this.secrets = secrets
    this.isValue = isValueName(key)
    this.isSecret = path !== '' && secrets.drops(path)
  }

  /** True where nothing that stands here among these members may be kept. */
  hides(members: ReadonlyMap<string, JsonNode>, parent: PathNode): boolean {
    return this.isSecret || (this.isValue && namesSecretValue(members, parent.path, this.secrets))
  }

  child(key: string): PathNode {
    const known = this.below.get(key)
    if (known !== undefined) return known
    const node = new PathNode(joined(this.path, key), this.secrets, key)
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
    if (path.hides(members, parent)) continue
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
