import { offsets } from './check.ts'
import { integerAt } from './integers.ts'
import { dayText, durationText, intervalText, timestampText, timeText } from './time-text.ts'
import { type ArrowField, type ArrowType, fixedBits, isPresent, type Vector } from './type.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** One value as a person reads it, null where absent; nested values as JSON. Takes columns without dictionary. */
export function valueText(field: ArrowField, vector: Vector, i: number): string | null {
  if (field.type.kind === 'null' || !isPresent(vector, i)) return null
  const nested = nestedText(field, vector, i)
  if (nested !== null) return nested
  return flatText(field.type, vector, i)
}

function flatText(type: ArrowType, vector: Vector, i: number): string {
  const [data] = vector.buffers
  if (data === undefined) return ''
  const bits = fixedBits(type)
  switch (type.kind) {
    case 'bool':
      return (((data[i >> 3] ?? 0) >> (i & 7)) & 1) === 1 ? 'true' : 'false'
    case 'float':
      return floatText(data, i, type.bits)
    case 'int':
      return integerAt(data, i, type.bits, type.signed).toString()
    case 'decimal':
      return decimalText(integerAt(data, i, type.bits, true), type.scale)
    case 'fixed-binary':
      return hex(data.subarray(i * type.bytes, (i + 1) * type.bytes))
    case 'interval':
      return intervalText(type.unit, data, i)
    default:
      return bits === null ? bytesText(type, vector, i) : clockText(type, integerAt(data, i, bits, true))
  }
}

function clockText(type: ArrowType, value: bigint): string {
  switch (type.kind) {
    case 'date':
      return type.unit === 'day' ? dayText(value) : timestampText(value, 'millisecond', null)
    case 'time':
      return timeText(value, type.unit)
    case 'timestamp':
      return timestampText(value, type.unit, type.zone)
    case 'duration':
      return durationText(value, type.unit)
    default:
      return value.toString()
  }
}

function bytesText(type: ArrowType, vector: Vector, i: number): string {
  const [startBytes, data] = vector.buffers
  if (startBytes === undefined || data === undefined) return ''
  const starts = offsets(startBytes)
  const bytes = data.subarray(starts[i], starts[i + 1])
  return type.kind.endsWith('binary') ? hex(bytes) : decoder.decode(bytes)
}

function nestedText(field: ArrowField, vector: Vector, i: number): string | null {
  const [child] = field.children
  const [values] = vector.children
  if (child === undefined || values === undefined) return null
  if (field.type.kind === 'struct') return structText(field, vector, i)
  const [from, to] = span(field.type, vector, i)
  const items = Array.from({ length: to - from }, (_, n) => jsonText(child, values, from + n))
  return `[${items.join(',')}]`
}

function structText(field: ArrowField, vector: Vector, i: number): string {
  const members = field.children.map((child, n) => {
    const values = vector.children[n]
    return `${JSON.stringify(child.name)}:${values === undefined ? 'null' : jsonText(child, values, i)}`
  })
  return `{${members.join(',')}}`
}

function span(type: ArrowType, vector: Vector, i: number): readonly [number, number] {
  if (type.kind === 'fixed-list') return [i * type.size, (i + 1) * type.size]
  const starts = offsets(vector.buffers[0] ?? new Uint8Array(4))
  return [starts[i] ?? 0, starts[i + 1] ?? 0]
}

const bare = new Set(['int', 'float', 'bool', 'decimal', 'struct', 'list', 'fixed-list', 'map'])

function jsonText(field: ArrowField, vector: Vector, i: number): string {
  const text = valueText(field, vector, i)
  if (text === null) return 'null'
  return bare.has(field.type.kind) ? text : JSON.stringify(text)
}

function floatText(data: Uint8Array, i: number, bits: 16 | 32 | 64): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (bits === 64) return view.getFloat64(i * 8, true).toString()
  const value = bits === 32 ? view.getFloat32(i * 4, true) : half(view.getUint16(i * 2, true))
  return Number(value.toPrecision(bits === 32 ? 9 : 5)).toString()
}

/** IEEE 754 half precision; `DataView.getFloat16` comes only with Chromium 135. */
export function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** A scaled integer as a plain decimal number. */
export function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return (value * 10n ** BigInt(-scale)).toString()
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
