import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Dictionary,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import type { CanonicalColumn } from '../../src/domain/canonical.ts'
import type { Value } from '../../src/domain/table.ts'
import { day } from './calendar.ts'

/** How one canonical column is written as Arrow, batch after batch. */
export interface ArrowColumn {
  readonly type: DataType
  /** Throws a RangeError where a value is not what the type can hold. */
  encode(values: readonly Value[]): Data
}

/** Integer columns whose values pass 2^31; the others are written 32 bits wide. */
const wideColumns: ReadonlySet<string> = new Set(['records', 'bytes', 'bytes_out'])

/**
 * The Arrow form of a declared column: categories as a dictionary of exactly the given values (with the id given, so that
 * bytes do not depend on what was written before), times in microseconds without zone, dates in days.
 */
export function arrowColumn(
  name: string,
  declared: CanonicalColumn,
  id: number,
  categories: readonly string[],
): ArrowColumn {
  switch (declared.type) {
    case 'text':
      return declared.category ? dictionaryColumn(id, categories) : textColumn()
    case 'boolean':
      return booleanColumn()
    case 'number':
      return float64Column()
    case 'integer':
      return wideColumns.has(name)
        ? int64Column(wide, data => makeData({ type: wide, ...data }))
        : int32Column(narrow, 1, data => makeData({ type: narrow, ...data }))
    case 'timestamp':
      return int64Column(time, data => makeData({ type: time, ...data }))
    case 'date':
      return int32Column(date, day, data => makeData({ type: date, ...data }))
  }
}

const wide = new Int64()
const narrow = new Int32()
const time = new TimestampMicrosecond()
const date = new DateDay()

/** The parts of Arrow data that are the same for every type. */
function frame(values: readonly Value[]): { length: number; nullCount: number; nullBitmap: Uint8Array } {
  const present = bits(values, value => value !== null)
  return {
    length: values.length,
    nullCount: values.reduce<number>((nulls, value) => nulls + (value === null ? 1 : 0), 0),
    nullBitmap: present,
  }
}

function bits(values: readonly Value[], test: (value: Value) => boolean): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8))
  values.forEach((value, i) => {
    if (test(value)) bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7))
  })
  return bitmap
}

function whole(value: Value | undefined, unit: number): number {
  const scaled = (typeof value === 'number' ? value : 0) / unit
  if (!Number.isSafeInteger(scaled))
    throw new RangeError(`not a whole number of units of ${unit}: ${String(value)}`)
  return scaled
}

function textColumn(): ArrowColumn {
  const type = new Utf8()
  return {
    type,
    encode: values => {
      const texts = values.map(value => (typeof value === 'string' ? value : ''))
      const valueOffsets = new Int32Array(values.length + 1)
      texts.forEach((text, i) => {
        valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + Buffer.byteLength(text)
      })
      return makeData({ type, ...frame(values), valueOffsets, data: Buffer.from(texts.join('')) })
    },
  }
}

function dictionaryColumn(id: number, categories: readonly string[]): ArrowColumn {
  const index = categories.length < 128 ? new Int8() : new Int16()
  const type = new Dictionary(new Utf8(), index, id)
  const dictionary = vectorFromArray(categories, new Utf8())
  const places = new Map(categories.map((category, place) => [category, place]))
  const placeOf = (value: Value) => {
    const place = typeof value === 'string' ? places.get(value) : 0
    if (place === undefined) throw new RangeError(`not among the categories: ${value}`)
    return place
  }
  const Places = index instanceof Int8 ? Int8Array : Int16Array
  return {
    type,
    encode: values =>
      makeData({ type, ...frame(values), dictionary, data: Places.from(values.map(placeOf)) }),
  }
}

function booleanColumn(): ArrowColumn {
  const type = new Bool()
  return {
    type,
    encode: values => makeData({ type, ...frame(values), data: bits(values, value => value === true) }),
  }
}

function float64Column(): ArrowColumn {
  const type = new Float64()
  const numbers = (values: readonly Value[]) =>
    Float64Array.from(values, value => (typeof value === 'number' ? value : 0))
  return { type, encode: values => makeData({ type, ...frame(values), data: numbers(values) }) }
}

interface Frame<D> {
  readonly length: number
  readonly nullCount: number
  readonly nullBitmap: Uint8Array
  readonly data: D
}

function int32Column(type: DataType, unit: number, make: (frame: Frame<Int32Array>) => Data): ArrowColumn {
  const fit = (value: Value) => {
    const number = whole(value, unit)
    if (number !== (number | 0)) throw new RangeError(`does not fit into 32 bits: ${number}`)
    return number
  }
  return { type, encode: values => make({ ...frame(values), data: Int32Array.from(values.map(fit)) }) }
}

function int64Column(type: DataType, make: (frame: Frame<BigInt64Array>) => Data): ArrowColumn {
  const numbers = (values: readonly Value[]) =>
    BigInt64Array.from(values.map(value => BigInt(whole(value, 1))))
  return { type, encode: values => make({ ...frame(values), data: numbers(values) }) }
}
