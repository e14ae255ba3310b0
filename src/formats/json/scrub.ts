import { isSecretName } from '../../domain/secret.ts'
import { JsonCursor, JsonFault, type JsonNode } from './cursor.ts'

/** Tells which paths are secret, and frees texts that are JSON themselves. */
export interface Secrets {
  drops(path: string): boolean
  scrub(path: string, text: string): string
}

/** A value as compact JSON without its secret members; numbers as they were written. */
export function jsonText(node: JsonNode, path: string, secrets: Secrets): string {
  switch (node.kind) {
    case 'null':
      return 'null'
    case 'literal':
      return node.text
    case 'string':
      return JSON.stringify(secrets.scrub(path, node.text))
    case 'array':
      return `[${node.items.map(item => jsonText(item, path, secrets)).join(',')}]`
    case 'object': {
      const isNamed = namesSecretValue(node.members, path, secrets)
      const members = [...node.members]
        .filter(([key]) => !(secrets.drops(`${path}.${key}`) || (isNamed && isValueName(key))))
        .map(([key, value]) => `${JSON.stringify(key)}:${jsonText(value, `${path}.${key}`, secrets)}`)
      return `{${members.join(',')}}`
    }
  }
}

const naming = /^(tag|attr|attribute|param|parameter|property)?[_-]?(key|name)$/i
const valued = /^(tag|attr|attribute|param|parameter|property)?[_-]?(value|val)$/i

/** True for the member that holds the value where a neighbour holds its name. */
export function isValueName(key: string): boolean {
  return valued.test(key)
}

/** True for an object such as `{"tag_key": "password", "tag_value": …}`, whose value is a credential by its neighbour. */
export function namesSecretValue(
  members: ReadonlyMap<string, JsonNode>,
  path: string,
  secrets: Secrets,
): boolean {
  if (![...members.keys()].some(isValueName)) return false
  for (const [key, node] of members) {
    if (node.kind !== 'string' || !naming.test(key) || !isSecretName(node.text)) continue
    return secrets.drops(path === '' ? node.text : `${path}.${node.text}`)
  }
  return false
}

/**
 * A cell that holds a JSON object or array, without its secret members; any other text as it is. What looks like JSON
 * and is not (cut off, a key given twice) becomes `{}` as soon as one of its keys is secret.
 */
export function scrubText(path: string, text: string, secrets: Secrets): string {
  if (!/^[\s\ufeff]*["[{]/.test(text)) return text
  try {
    const node = new JsonCursor(text.replace(/^\s*\ufeff/, '')).whole()
    return holdsSecret(node, path, secrets) ? jsonText(node, path, secrets) : text
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown
    return namesSecret(text, path, secrets) ? '{}' : text
  }
}

/** Also finds keys in JSON inside of JSON, where quotes are escaped once or more. */
function namesSecret(text: string, path: string, secrets: Secrets): boolean {
  for (const [, key = ''] of text.matchAll(/"([^"\\]{1,200})\\*"\s*:/g))
    if (secrets.drops(`${path}.${key}`)) return true
  return false
}

function holdsSecret(node: JsonNode, path: string, secrets: Secrets): boolean {
  if (node.kind === 'array') return node.items.some(item => holdsSecret(item, path, secrets))
  if (node.kind === 'string') return secrets.scrub(path, node.text) !== node.text
  if (node.kind !== 'object') return false
  if (namesSecretValue(node.members, path, secrets)) return true
  return [...node.members].some(
    ([key, value]) => secrets.drops(`${path}.${key}`) || holdsSecret(value, `${path}.${key}`, secrets),
  )
}
