import { damaged, unsupported } from '../refusal.ts'
import { isSecretPath } from '../secrets.ts'

/** `path` is the dotted name of what the step leads to: `Messages[].Payload{}` ends at `Messages.Payload`. */
export type Step =
  | { readonly kind: 'member'; readonly name: string; readonly path: string }
  /** Each element of an array. */
  | { readonly kind: 'items'; readonly path: string }
  /** Each member of an object; its key goes to `keyColumn`. */
  | { readonly kind: 'members'; readonly keyColumn: string; readonly path: string }

/** Where the rows of a JSON file lie; the grammar is that of `Part.id`. */
export interface RowPath {
  readonly id: string
  readonly steps: readonly Step[]
  /** Written with a leading `$`: what stands around a list is wanted even where the list is a page's. */
  readonly keepsEnvelope: boolean
}

/** The rows are what the file's own elements are. */
export const rootPath: RowPath = { id: '', steps: [], keepsEnvelope: false }

const token = /\[\]|\{\}|(\.?)((?:[^.[\]{}\\]|\\.)+)/sy

/**
 * Throws where `id` is no path, or leads into a credential. A leading `[]` is dropped: the elements of a file are
 * walked anyway.
 */
export function parsePath(id: string): RowPath {
  const steps: Step[] = []
  const keys = new Map<string, number>()
  let path = ''
  let at = id === '$' || /^\$[.[{]/.test(id) ? 1 : 0
  const keepsEnvelope = at === 1
  while (at < id.length) {
    token.lastIndex = at
    const [text, dot, written] = token.exec(id) ?? []
    if (text === undefined || (written !== undefined && (dot === '.') !== at > 0))
      throw damaged('a path to rows that cannot be read', id)
    at = token.lastIndex
    if (written !== undefined) {
      const name = written.replace(/\\(.)/gs, '$1')
      path = joined(path, name)
      steps.push({ kind: 'member', name, path })
    } else if (text === '[]') steps.push({ kind: 'items', path })
    else steps.push({ kind: 'members', keyColumn: keyColumn(path, keys), path })
  }
  if (steps.some(step => isSecretPath(step.path))) throw unsupported('rows inside a credential', id)
  return { id, steps: steps[0]?.kind === 'items' ? steps.slice(1) : steps, keepsEnvelope }
}

/** `<path>.$key`; where `{}{}` would give the same name again, `$key_2`. */
function keyColumn(path: string, keys: Map<string, number>): string {
  const n = (keys.get(path) ?? 0) + 1
  keys.set(path, n)
  return joined(path, n === 1 ? '$key' : `$key_${n}`)
}

/** A name as it stands in a path: what has a meaning there is written behind a backslash. */
export function escaped(name: string): string {
  return name === '$' ? '\\$' : name.replace(/[.[\]{}\\]/g, '\\$&')
}

export function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The names down to the list of a page: a path of names that ends in its only `[]`; null for any other. */
export function pageNames({ steps, keepsEnvelope }: RowPath): readonly string[] | null {
  const names = steps.flatMap(step => (step.kind === 'member' ? [step.name] : []))
  const isPage = names.length > 0 && names.length === steps.length - 1 && steps.at(-1)?.kind === 'items'
  return isPage && !keepsEnvelope ? names : null
}
