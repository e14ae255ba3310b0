import { damaged } from '../refusal.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * A table inside Arrow's metadata, read with every position checked: apache-arrow's generated readers take bytes
 * outside the buffer for zeros, and a hostile file is full of such pointers.
 */
export class FlatTable {
  private readonly view: DataView
  private readonly at: number
  private readonly vtable: number
  private readonly slots: number

  private constructor(view: DataView, at: number) {
    this.view = view
    this.at = at
    this.vtable = at - int32(view, at)
    const bytes = uint16(view, this.vtable)
    inside(view, this.vtable, bytes)
    this.slots = Math.max(0, (bytes - 4) >> 1)
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new FlatTable(view, uint32(view, 0))
  }

  number(slot: number, width: 'u8' | 'i16' | 'i32', fallback = 0): number {
    const at = this.position(slot)
    if (at === null) return fallback
    if (width === 'u8') return this.view.getUint8(inside(this.view, at, 1))
    if (width === 'i16') return this.view.getInt16(inside(this.view, at, 2), true)
    return int32(this.view, at)
  }

  /** A 64-bit number as it stands. */
  bigint(slot: number): bigint {
    const at = this.position(slot)
    return at === null ? 0n : this.view.getBigInt64(inside(this.view, at, 8), true)
  }

  /** A 64-bit number that counts or points: negative or beyond 2^53 is damage. */
  size(slot: number): number {
    return asSize(this.bigint(slot))
  }

  table(slot: number): FlatTable | null {
    const at = this.position(slot)
    return at === null ? null : new FlatTable(this.view, at + uint32(this.view, at))
  }

  text(slot: number): string | null {
    const list = this.list(slot, 1)
    if (list === null) return null
    const bytes = new Uint8Array(this.view.buffer, this.view.byteOffset + list.at, list.length)
    try {
      return strict.decode(bytes)
    } catch {
      throw damaged('a name in the metadata is not UTF-8')
    }
  }

  tables(slot: number): readonly FlatTable[] {
    const list = this.list(slot, 4)
    if (list === null) return []
    return Array.from({ length: list.length }, (_, i) => {
      const at = list.at + i * 4
      return new FlatTable(this.view, at + uint32(this.view, at))
    })
  }

  /** A list of structs of `bytes` each; every struct is a view that begins at its first field. */
  structs(slot: number, bytes: number): readonly DataView[] {
    const list = this.list(slot, bytes)
    if (list === null) return []
    const start = this.view.byteOffset + list.at
    return Array.from(
      { length: list.length },
      (_, i) => new DataView(this.view.buffer, start + i * bytes, bytes),
    )
  }

  private list(slot: number, width: number): { at: number; length: number } | null {
    const at = this.position(slot)
    if (at === null) return null
    const start = at + uint32(this.view, at)
    const length = uint32(this.view, start)
    inside(this.view, start + 4, length * width)
    return { at: start + 4, length }
  }

  private position(slot: number): number | null {
    if (slot >= this.slots) return null
    const offset = uint16(this.view, this.vtable + 4 + slot * 2)
    return offset === 0 ? null : this.at + offset
  }
}

/** A count or a position from the file as a number. */
export function asSize(value: bigint): number {
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER))
    throw damaged(`impossible size ${value} in the metadata`)
  return Number(value)
}

function inside(view: DataView, at: number, length: number): number {
  if (at < 0 || at + length > view.byteLength)
    throw damaged('the metadata points outside itself', `byte ${at}`)
  return at
}

function uint16(view: DataView, at: number): number {
  return view.getUint16(inside(view, at, 2), true)
}

function uint32(view: DataView, at: number): number {
  return view.getUint32(inside(view, at, 4), true)
}

function int32(view: DataView, at: number): number {
  return view.getInt32(inside(view, at, 4), true)
}
