import type { SecretFilter } from '../secrets.ts'
import { mayBeJson } from '../secrets.ts'
import { offsets } from './check.ts'
import { take } from './take.ts'
import { type ArrowField, isPresent, type Vector } from './type.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** A text or binary column whose JSON values have lost their secret members; the same one where none had any. */
export function withoutSecretTexts(vector: Vector, path: string, secrets: SecretFilter): Vector {
  const [startBytes, data] = vector.buffers
  if (startBytes === undefined || data === undefined) return vector
  const starts = offsets(startBytes)
  const cleaned = new Map<number, Uint8Array>()
  for (let i = 0; i < vector.length; i++) {
    const [from, to] = [starts[i] ?? 0, starts[i + 1] ?? 0]
    if (to - from < 2 || !mayBeJsonAt(data, from) || !isPresent(vector, i)) continue
    const text = textOf(data.subarray(from, to))
    const clean = text === null ? null : secrets.scrub(path, text)
    if (clean !== null && clean !== text) cleaned.set(i, encoder.encode(clean))
  }
  return cleaned.size === 0 ? vector : replaced(vector, starts, data, cleaned)
}

function mayBeJsonAt(data: Uint8Array, at: number): boolean {
  const isMark = data[at] === 0xef && data[at + 1] === 0xbb && data[at + 2] === 0xbf
  return isMark || mayBeJson(data[at] ?? 0)
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function replaced(
  vector: Vector,
  starts: Int32Array,
  data: Uint8Array,
  cleaned: ReadonlyMap<number, Uint8Array>,
): Vector {
  const piece = (i: number) => cleaned.get(i) ?? data.subarray(starts[i], starts[i + 1])
  const out = new Int32Array(vector.length + 1)
  for (let i = 0; i < vector.length; i++) out[i + 1] = (out[i] ?? 0) + piece(i).length
  const bytes = new Uint8Array(out.at(-1) ?? 0)
  for (let i = 0; i < vector.length; i++) bytes.set(piece(i), out[i])
  return { ...vector, buffers: [new Uint8Array(out.buffer), bytes] }
}

/** A map column without the entries whose key names a credential; keys that are not text name nothing. */
export function withoutSecretEntries(
  field: ArrowField,
  vector: Vector,
  path: string,
  secrets: SecretFilter,
): Vector {
  const [entry] = field.children
  const [entries] = vector.children
  const keys = entries?.children[0]
  const [keyStarts, keyData] = keys?.buffers ?? []
  if (entry?.children[0]?.type.kind !== 'utf8' || !entries || !keyStarts || !keyData) return vector
  const at = offsets(keyStarts)
  const isSecret = (i: number) => secrets.drops(`${path}.${textOf(keyData.subarray(at[i], at[i + 1])) ?? ''}`)
  const kept = Int32Array.from({ length: entries.length }, (_, i) => i).filter(i => !isSecret(i))
  if (kept.length === entries.length) return vector
  const starts = keptStarts(offsets(vector.buffers[0] ?? new Uint8Array(4)), kept)
  return { ...vector, buffers: [starts], children: [take(entry, entries, kept)] }
}

/** Where the lists begin once only the values at `kept` (rising) are left. */
function keptStarts(starts: Int32Array, kept: Int32Array): Uint8Array {
  const out = new Int32Array(starts.length)
  let before = 0
  starts.forEach((start, i) => {
    while (before < kept.length && (kept[before] ?? 0) < start) before++
    out[i] = before
  })
  return new Uint8Array(out.buffer)
}
