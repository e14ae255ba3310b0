/** Stands in every credential of a seed: it must never reach a table or what is shown. */
export const canary = 'CANARY7f3a9c51'

/** A file to begin from. */
export interface Seed {
  /** The group that it is counted under. */
  readonly format: string
  readonly name: string
  readonly bytes: Uint8Array
}

export function textSeed(format: string, name: string, text: string): Seed {
  return { format, name, bytes: new TextEncoder().encode(text) }
}
