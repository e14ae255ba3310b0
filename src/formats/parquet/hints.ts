import { decodeMessage } from '../arrow/decode-message.ts'
import type { ArrowField } from '../arrow/type.ts'
import { bytesAt } from '../bytes.ts'
import type { Input } from '../input.ts'

const key = 'ARROW:schema'

/**
 * The file without its writer's Arrow schema where that schema would make parquet-wasm 0.8 trap: it asks for
 * dictionaries of text views, as Polars writes categories. The columns then come by their Parquet types.
 * The footer keeps its length: only the name of the entry is changed.
 */
export async function withoutHarmfulHints(input: Input, footerAt: number): Promise<Blob> {
  const footer = await bytesAt(input, footerAt, input.file.size - footerAt)
  const at = indexOf(footer, key)
  if (at < 0 || !isHarmful(footer, at + key.length)) return input.file
  footer[at] = 'X'.charCodeAt(0)
  return new Blob([input.file.slice(0, footerAt), footer as BlobPart])
}

/** What cannot be understood here would not be by the library either. */
function isHarmful(footer: Uint8Array, at: number): boolean {
  try {
    const message = Uint8Array.from(atob(thriftText(footer, at)), character => character.charCodeAt(0))
    const { header } = decodeMessage(message.slice(8))
    return header.kind !== 'schema' || header.schema.fields.some(hasViewDictionary)
  } catch {
    return true
  }
}

/** Thrift's compact protocol: field header 0x18 (next field, binary), the length as a varint, the bytes. */
function thriftText(footer: Uint8Array, at: number): string {
  let length = 0
  let next = at + 1
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = footer[next++] ?? 0
    length |= (byte & 127) << shift
    if (byte < 128) break
  }
  return new TextDecoder('latin1').decode(footer.subarray(next, next + length))
}

function hasViewDictionary(field: ArrowField): boolean {
  return (
    (field.dictionary !== null && field.type.kind.endsWith('-view')) || field.children.some(hasViewDictionary)
  )
}

function indexOf(bytes: Uint8Array, text: string): number {
  return new TextDecoder('latin1').decode(bytes).indexOf(text)
}
