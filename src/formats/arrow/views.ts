import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { isPresent, type Vector } from './type.ts'

const inlineBytes = 12

/**
 * Views (16 bytes each: length, then the bytes themselves or a pointer into `data`) as offsets and data.
 * Null slots become empty. Polars writes text this way.
 */
export function expandViews(
  views: Uint8Array,
  data: readonly Uint8Array[],
  own: Pick<Vector, 'length' | 'nulls' | 'validity'>,
  path: string,
): Uint8Array[] {
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength)
  const present = { ...own, buffers: [], children: [] }
  const starts = viewStarts(view, present, path)
  const out = new Uint8Array(starts.at(-1) ?? 0)
  for (let i = 0; i < own.length; i++) {
    const length = (starts[i + 1] ?? 0) - (starts[i] ?? 0)
    if (length > 0) out.set(viewBytes(views, view, i, length, data, path), starts[i])
  }
  return [new Uint8Array(starts.buffer), out]
}

function viewStarts(view: DataView, own: Vector, path: string): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(own.length + 1)
  let total = 0
  for (let i = 0; i < own.length; i++) {
    const length = isPresent(own, i) ? view.getInt32(i * 16, true) : 0
    if (length < 0) throw damaged(`a text of ${length} bytes`, `column ${path}, value ${i + 1} of its batch`)
    total += length
    if (total > limits.bodyBytes) throw overLimit('bytes in one Arrow column', total, limits.bodyBytes)
    starts[i + 1] = total
  }
  return starts
}

function viewBytes(
  views: Uint8Array,
  view: DataView,
  i: number,
  length: number,
  data: readonly Uint8Array[],
  path: string,
): Uint8Array {
  if (length <= inlineBytes) return views.subarray(i * 16 + 4, i * 16 + 4 + length)
  const buffer = data[view.getInt32(i * 16 + 8, true)]
  const start = view.getInt32(i * 16 + 12, true)
  if (buffer === undefined || start < 0 || start + length > buffer.length)
    throw damaged('a text view outside its buffer', `column ${path}, value ${i + 1} of its batch`)
  return buffer.subarray(start, start + length)
}
