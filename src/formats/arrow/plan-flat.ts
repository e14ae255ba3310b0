import type { SecretFilter } from '../secrets.ts'
import { decimalDigits } from './check.ts'
import { integerAt } from './integers.ts'
import type { Plan } from './plan.ts'
import { withoutSecretTexts } from './scrub-vector.ts'
import { textVector } from './text-vector.ts'
import { floorDiv } from './time-text.ts'
import { type ArrowField, type ArrowType, isPresent, type Vector } from './type.ts'
import { half, valueText } from './value-text.ts'

/** The plan for a column of plain values; the table at `Plan` lists them. */
export function planFlat(field: ArrowField, path: string, secrets: SecretFilter): Plan {
  const { type } = field
  const scrub = (vector: Vector) => withoutSecretTexts(vector, path, secrets)
  if (isText(type)) return { field: { ...field, type: { kind: 'utf8' } }, convert: scrub }
  if (type.kind === 'float' && type.bits === 16) return widened(field)
  if (type.kind === 'binary' || type.kind === 'large-binary' || type.kind === 'binary-view')
    return { field: { ...field, type: { kind: 'binary' } }, convert: scrub }
  if (type.kind === 'date' && type.unit === 'millisecond')
    return {
      field: { ...field, type: { kind: 'timestamp', unit: 'millisecond', zone: null } },
      convert: vector => vector,
    }
  if (type.kind === 'timestamp' && type.unit === 'nanosecond') return planNanoseconds(field, type.zone, path)
  if (type.kind === 'decimal') return planDecimal(field, type.bits, type.precision, type.scale)
  if (needsText(type)) return asText(field)
  return { field, convert: vector => vector }
}

export function isText(type: ArrowType): boolean {
  return type.kind === 'utf8' || type.kind === 'large-utf8' || type.kind === 'utf8-view'
}

/** DuckDB cuts time[ns] to µs and loses parts of intervals; durations overflow its INTERVAL. */
function needsText(type: ArrowType): boolean {
  return (
    type.kind === 'interval' ||
    type.kind === 'duration' ||
    (type.kind === 'time' && type.unit === 'nanosecond')
  )
}

function asText(field: ArrowField): Plan {
  return {
    field: { ...field, type: { kind: 'utf8' } },
    convert: vector =>
      textVector(Array.from({ length: vector.length }, (_, i) => valueText(field, vector, i))),
  }
}

function widened(field: ArrowField): Plan {
  return {
    field: { ...field, type: { kind: 'float', bits: 32 } },
    convert: vector => {
      const data = vector.buffers[0] ?? new Uint8Array(0)
      const halves = new Uint16Array(data.buffer, data.byteOffset, vector.length)
      return { ...vector, buffers: [new Uint8Array(Float32Array.from(halves, half).buffer)] }
    },
  }
}

/**
 * Nanoseconds travel as µs, which is what canonical tables hold; a doubt says where that loses something. DuckDB
 * cuts them so itself where there is a zone; without one it takes the last representable instant (pandas'
 * `Timestamp.max`) for infinity and cannot show the first ones at all.
 */
function planNanoseconds(field: ArrowField, zone: string | null, path: string): Plan {
  let told = false
  return {
    field: { ...field, type: { kind: 'timestamp', unit: 'microsecond', zone } },
    convert: (vector, batch) => {
      const data = vector.buffers[0] ?? new Uint8Array(0)
      const nanos = new BigInt64Array(data.buffer, data.byteOffset, vector.length)
      if (!told && nanos.some((value, i) => value % 1000n !== 0n && isPresent(vector, i))) {
        told = true
        batch.doubt({ kind: 'time-lost-precision', column: path })
      }
      return { ...vector, buffers: [new Uint8Array(nanos.map(value => floorDiv(value, 1000n)).buffer)] }
    },
  }
}

/**
 * DuckDB knows decimals of 0 <= scale <= precision <= 38; wider ones travel as text. Precision is raised, because
 * Arrow writers do not enforce it (arrow-testing 1.0.0 has 128.10 as decimal(3, 2)) and DuckDB would cut the rest.
 */
function planDecimal(field: ArrowField, bits: number, precision: number, scale: number): Plan {
  if (precision > 38 || scale < 0 || scale > precision) return asText(field)
  const digits = decimalDigits({ precision })
  const wide = { ...field, type: { kind: 'decimal', bits: 128, precision: digits, scale } } as const
  if (bits === 128) return { field: wide, convert: vector => vector }
  return { field: wide, convert: vector => ({ ...vector, buffers: [as128(vector, bits)] }) }
}

function as128(vector: Vector, bits: number): Uint8Array {
  const out = new BigInt64Array(vector.length * 2)
  const data = vector.buffers[0] ?? new Uint8Array(0)
  for (let i = 0; i < vector.length; i++) {
    const value = isPresent(vector, i) ? integerAt(data, i, bits, true) : 0n
    out[i * 2] = BigInt.asIntN(64, value)
    out[i * 2 + 1] = value >> 64n
  }
  return new Uint8Array(out.buffer)
}
