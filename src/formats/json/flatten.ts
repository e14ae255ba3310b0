import type { SecretFilter } from '../secrets.ts'
import type { JsonNode } from './cursor.ts'
import { joined } from './path.ts'
import { jsonText } from './scrub.ts'

/**
 * Hands every value of an object to `visit` under its dotted path: objects are opened, arrays kept whole, secrets left
 * out. An empty object has no values. A path met twice (`a.b` beside `a: {b}`) is visited twice.
 */
export function flatten(
  members: ReadonlyMap<string, JsonNode>,
  secrets: SecretFilter,
  visit: (path: string, node: JsonNode) => void,
  parent = '',
  except?: string,
): void {
  for (const [key, node] of members) {
    if (key === except) continue
    const path = joined(parent, key)
    if (secrets.drops(path)) continue
    if (node.kind === 'object') flatten(node.members, secrets, visit, path)
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
