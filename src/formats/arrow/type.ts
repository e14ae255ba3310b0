/** Arrow's types as plain values: what the schema says, free of any library's classes. */
export type ArrowType =
  | { readonly kind: 'null' | 'bool' | 'struct' | 'map' | 'run-end' }
  | { readonly kind: 'list' | 'large-list' | 'list-view' | 'large-list-view' }
  | { readonly kind: 'utf8' | 'large-utf8' | 'utf8-view' | 'binary' | 'large-binary' | 'binary-view' }
  | IntType
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'fixed-binary'; readonly bytes: number }
  | { readonly kind: 'fixed-list'; readonly size: number }
  | DecimalType
  | { readonly kind: 'date'; readonly unit: 'day' | 'millisecond' }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly zone: string | null }
  | { readonly kind: 'duration'; readonly unit: TimeUnit }
  | { readonly kind: 'interval'; readonly unit: IntervalUnit }

export interface IntType {
  readonly kind: 'int'
  readonly bits: 8 | 16 | 32 | 64
  readonly signed: boolean
}

export interface DecimalType {
  readonly kind: 'decimal'
  readonly bits: 32 | 64 | 128 | 256
  readonly precision: number
  readonly scale: number
}

/** In the order of the format's numbers. */
export const timeUnits = ['second', 'millisecond', 'microsecond', 'nanosecond'] as const
export type TimeUnit = (typeof timeUnits)[number]

/** In the order of the format's numbers. */
export const intervalUnits = ['year-month', 'day-time', 'month-day-nano'] as const
export type IntervalUnit = (typeof intervalUnits)[number]

export interface ArrowField {
  readonly name: string
  readonly nullable: boolean
  /** The type of the values, also where the column holds indices into a dictionary. */
  readonly type: ArrowType
  readonly children: readonly ArrowField[]
  readonly dictionary: { readonly id: bigint; readonly index: IntType } | null
}

export interface ArrowSchema {
  readonly fields: readonly ArrowField[]
  readonly bigEndian: boolean
}

/**
 * The values of one column in one batch. `buffers` are those of the layout after the validity bitmap; each is
 * trimmed to what `length` needs and begins at a multiple of 8 in its `ArrayBuffer`.
 */
export interface Vector {
  readonly length: number
  readonly nulls: number
  /** One bit per value, 1 = present; null when every value is present. */
  readonly validity: Uint8Array | null
  readonly buffers: readonly Uint8Array[]
  readonly children: readonly Vector[]
}

/** The type of the values that lie in a field's buffers: the index type where it has a dictionary. */
export function storedType(field: ArrowField): ArrowType {
  return field.dictionary?.index ?? field.type
}

export function isPresent(vector: Vector, i: number): boolean {
  return vector.validity === null || (((vector.validity[i >> 3] ?? 0) >> (i & 7)) & 1) === 1
}

/** The bits per value of a type whose values lie side by side in one buffer, else null. */
export function fixedBits(type: ArrowType): number | null {
  switch (type.kind) {
    case 'bool':
      return 1
    case 'int':
    case 'float':
    case 'decimal':
      return type.bits
    case 'fixed-binary':
      return type.bytes * 8
    case 'date':
      return type.unit === 'day' ? 32 : 64
    case 'time':
      return type.unit === 'second' || type.unit === 'millisecond' ? 32 : 64
    case 'timestamp':
    case 'duration':
      return 64
    case 'interval':
      return { 'year-month': 32, 'day-time': 64, 'month-day-nano': 128 }[type.unit]
    default:
      return null
  }
}

/** A type in the words a person knows from pyarrow. */
export function typeName(type: ArrowType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`
    case 'float':
      return `float${type.bits}`
    case 'decimal':
      return `decimal${type.bits}(${type.precision}, ${type.scale})`
    case 'date':
      return type.unit === 'day' ? 'date32' : 'date64'
    case 'time':
    case 'timestamp':
    case 'duration':
    case 'interval':
      return `${type.kind}[${type.unit}]`
    default:
      return type.kind
  }
}

/** A column of no values. */
export function emptyVector(field: ArrowField): Vector {
  const type = storedType(field)
  const none = { length: 0, nulls: 0, validity: null }
  const children = field.dictionary === null ? field.children.map(emptyVector) : []
  if (fixedBits(type) !== null) return { ...none, buffers: [new Uint8Array(0)], children }
  if (type.kind === 'null' || type.kind === 'struct' || type.kind === 'fixed-list')
    return { ...none, buffers: [], children }
  if (children.length > 0) return { ...none, buffers: [new Uint8Array(4)], children }
  return { ...none, buffers: [new Uint8Array(4), new Uint8Array(0)], children }
}
