import { isSecretName } from '../domain/secret.ts'
import { scrubText } from './json/scrub.ts'

/**
 * True when a dotted path, or any tail of it, names a credential: `device.authentication.x` and `tags.token` are
 * as secret as `authentication.x` and `token`. Space around a name does not hide it.
 */
export function isSecretPath(path: string): boolean {
  const steps = path
    .replaceAll('\0', '')
    .split('.')
    .map(step => step.trim())
  return steps.some((_, i) => isSecretName(steps.slice(i).join('.')))
}

/** Tells secret paths while rows go by, and remembers which were met. */
export class SecretFilter {
  private readonly known = new Map<string, boolean>()
  private readonly met = new Set<string>()

  /** True when what stands at `path` must be dropped. */
  drops(path: string): boolean {
    const known = this.known.get(path)
    if (known !== undefined) return known
    const secret = isSecretPath(path)
    this.known.set(path, secret)
    if (secret) this.met.add(path)
    return secret
  }

  /** A cell's text; where it is JSON, without the members that are secret. */
  scrub(path: string, text: string): string {
    return mayBeJson(text.charCodeAt(0)) ? scrubText(path, text, this) : text
  }

  /** In the order they were met; at most one entry per path. */
  get dropped(): readonly string[] {
    return [...this.met]
  }
}

/** What JSON may begin with when it is an object, an array, or a text that holds one: `{`, `[`, `"`, space, BOM. */
export function mayBeJson(first: number): boolean {
  return first === 123 || first === 91 || first === 34 || first <= 32 || first === 0xfeff
}
