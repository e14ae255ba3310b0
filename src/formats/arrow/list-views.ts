import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { take } from './take.ts'
import { type ArrowField, isPresent, type Vector } from './type.ts'

/** Lists given by start and size as lists that lie one behind the other. Null slots become empty. */
export function listOfViews(
  child: ArrowField,
  values: Vector,
  own: Pick<Vector, 'length' | 'nulls' | 'validity'>,
  views: { readonly starts: Int32Array; readonly sizes: Int32Array },
  path: string,
): Vector {
  const ends = listEnds(values, own, views, path)
  const indices = new Int32Array(ends.at(-1) ?? 0)
  for (let i = 0; i < own.length; i++) {
    const from = ends[i] ?? 0
    const to = ends[i + 1] ?? 0
    for (let at = from; at < to; at++) indices[at] = (views.starts[i] ?? 0) + at - from
  }
  return {
    ...own,
    buffers: [new Uint8Array(ends.buffer)],
    children: [take(child, values, indices)],
  }
}

function listEnds(
  values: Vector,
  own: Pick<Vector, 'length' | 'nulls' | 'validity'>,
  { starts, sizes }: { readonly starts: Int32Array; readonly sizes: Int32Array },
  path: string,
): Int32Array<ArrayBuffer> {
  const present = { ...own, buffers: [], children: [] }
  const ends = new Int32Array(own.length + 1)
  const most = limits.bodyBytes / 8
  let total = 0
  for (let i = 0; i < own.length; i++) {
    const start = starts[i] ?? 0
    const size = isPresent(present, i) ? (sizes[i] ?? 0) : 0
    if (size < 0 || (size > 0 && (start < 0 || start + size > values.length)))
      throw damaged('a list outside its values', `column ${path}, value ${i + 1} of its batch`)
    total += size
    if (total > most) throw overLimit('values in one Arrow column', total, most)
    ends[i + 1] = total
  }
  return ends
}
