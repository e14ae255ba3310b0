import { cancelled, type Failure, failed, messageOf, type Result } from '../domain/failure.ts'

/** Why a reader stops; the door adds the file's name and format. */
export type Grounds =
  | { readonly kind: 'unreadable-file'; readonly detail: string; readonly where?: string }
  | { readonly kind: 'unsupported-feature'; readonly feature: string; readonly column?: string }
  | {
      readonly kind: 'over-limit'
      readonly limit: string
      readonly actual: number
      readonly allowed: number
    }
  | { readonly kind: 'unknown-format'; readonly looksLike: string }

/** Thrown inside the readers only: hostile input is met deep in loops, where a `Result` per byte would cost too much. */
export class Refusal extends Error {
  readonly grounds: Grounds
  constructor(grounds: Grounds) {
    super(grounds.kind)
    this.grounds = grounds
  }
}

/** The bytes are not what they claim to be. */
export function damaged(detail: string, where?: string): Refusal {
  return new Refusal({ kind: 'unreadable-file', detail, ...(where === undefined ? {} : { where }) })
}

/** Sound, but it would load with wrong values. */
export function unsupported(feature: string, column?: string): Refusal {
  return new Refusal({ kind: 'unsupported-feature', feature, ...(column === undefined ? {} : { column }) })
}

export function overLimit(limit: string, actual: number, allowed: number): Refusal {
  return new Refusal({ kind: 'over-limit', limit, actual, allowed })
}

/** Any thrown thing as a failure; what is not a `Refusal` came from a library or the runtime and means unreadable. */
export function failureOf(thrown: unknown, file: string, format: string): Failure {
  if (thrown instanceof Refusal) return named(thrown.grounds, file, format)
  if (isAbort(thrown)) return { kind: 'cancelled' }
  return { kind: 'unreadable-file', file, format, detail: messageOf(thrown) }
}

/** Runs `work`, turning everything it throws into a failure. */
export async function guarded<T>(file: string, format: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    const failure = failureOf(thrown, file, format)
    return failure.kind === 'cancelled' ? cancelled : failed(failure)
  }
}

function named(grounds: Grounds, file: string, format: string): Failure {
  switch (grounds.kind) {
    case 'unreadable-file':
    case 'unsupported-feature':
      return { ...grounds, file, format }
    case 'over-limit':
    case 'unknown-format':
      return { ...grounds, file }
  }
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
