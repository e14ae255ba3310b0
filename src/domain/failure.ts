/** Everything that can go wrong and is not a bug. Bugs throw; failures are returned. */
export type Failure =
  /** The bytes are not what they claim to be; `where` points into the file (byte, row or column). */
  | {
      readonly kind: 'unreadable-file'
      readonly file: string
      readonly format: string
      readonly detail: string
      readonly where?: string
    }
  /** The content is none of the formats that Assay reads. */
  | { readonly kind: 'unknown-format'; readonly file: string; readonly looksLike: string }
  /** The file is sound but uses a feature that would load with wrong values; it is refused by name. */
  | {
      readonly kind: 'unsupported-feature'
      readonly file: string
      readonly format: string
      readonly feature: string
      readonly column?: string
    }
  /** The file is over a limit that protects the machine. */
  | {
      readonly kind: 'over-limit'
      readonly file: string
      readonly limit: string
      readonly actual: number
      readonly allowed: number
    }
  /** The very same bytes are in the workspace already. */
  | { readonly kind: 'already-imported'; readonly file: string; readonly dataset: string }
  /** A data package names a file that was not given, or whose bytes differ from the manifest's hash. */
  | {
      readonly kind: 'manifest-mismatch'
      readonly file: string
      readonly expected: string
      readonly actual: string
    }
  /** What arrived in the engine is not what the reader sent: nothing of it is kept. */
  | {
      readonly kind: 'ingest-mismatch'
      readonly table: string
      readonly expected: string
      readonly actual: string
    }
  | { readonly kind: 'query-failed'; readonly sql: string; readonly detail: string }
  /** The engine's worker died or did not answer in time; it is replaced. */
  | { readonly kind: 'engine-lost'; readonly detail: string }
  | { readonly kind: 'out-of-memory'; readonly detail: string }
  | {
      readonly kind: 'unexpected-result'
      readonly recipe: string
      readonly expected: string
      readonly actual: string
    }
  /** An indicator whose data is absent: `missing` names the tables or columns. Never a zero. */
  | { readonly kind: 'not-computable'; readonly recipe: string; readonly missing: readonly string[] }
  | { readonly kind: 'not-saved'; readonly name: string; readonly detail: string }
  | { readonly kind: 'cancelled' }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(failure: Failure): Result<never> {
  return { ok: false, failure }
}

export const cancelled: Result<never> = failed({ kind: 'cancelled' })

/** The words of a thrown thing, at most `limit` characters, so that no whole data row ends up in a message. */
export function messageOf(thrown: unknown, limit = 400): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  return text.length > limit ? `${text.slice(0, limit)}…` : text
}
