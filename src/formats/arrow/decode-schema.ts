import { limits } from '../input.ts'
import { damaged, overLimit, unsupported } from '../refusal.ts'
import type { FlatTable } from './flatbuffer.ts'
import {
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  type IntType,
  intervalUnits,
  timeUnits,
  typeName,
} from './type.ts'

const deepest = 32

/** The Schema table of a message or a footer. Unions are refused by name. */
export function decodeSchema(table: FlatTable): ArrowSchema {
  const budget = { fields: limits.columns }
  const fields = table.tables(1).map(field => decodeField(field, '', 0, budget))
  if (fields.length === 0) throw damaged('the schema has no columns')
  return { fields, bigEndian: table.number(0, 'i16') === 1 }
}

/** `budget` stops a schema whose tables refer to each other many times over. */
function decodeField(
  table: FlatTable,
  parent: string,
  depth: number,
  budget: { fields: number },
): ArrowField {
  if (--budget.fields < 0) throw overLimit('columns', limits.columns + 1, limits.columns)
  if (depth > deepest) throw overLimit('nesting', depth, deepest)
  const name = table.text(0) ?? ''
  const path = parent === '' ? name : `${parent}.${name}`
  const encoding = table.table(4)
  const field: ArrowField = {
    name,
    nullable: table.number(1, 'u8') !== 0,
    type: decodeType(table.number(2, 'u8'), table.table(3), path),
    children: table.tables(5).map(child => decodeField(child, path, depth + 1, budget)),
    dictionary: encoding === null ? null : { id: encoding.bigint(0), index: decodeIndex(encoding.table(1)) },
  }
  checkChildren(field, path)
  return field
}

/** Without an index type the format means int32. */
function decodeIndex(table: FlatTable | null): IntType {
  return table === null ? { kind: 'int', bits: 32, signed: true } : decodeInt(table)
}

function decodeType(code: number, table: FlatTable | null, column: string): ArrowType {
  const plain = plainTypes[code]
  if (plain !== undefined) return { kind: plain }
  if (table === null) throw damaged(`column ${column} has no type`)
  const parametric = parametricTypes[code]
  if (parametric !== undefined) return parametric(table)
  throw unsupported(code === 14 ? 'Arrow union' : `Arrow type number ${code}`, column)
}

const plainTypes: Readonly<
  Record<
    number,
    | 'null'
    | 'bool'
    | 'struct'
    | 'list'
    | 'large-list'
    | 'list-view'
    | 'large-list-view'
    | 'map'
    | 'run-end'
    | 'utf8'
    | 'large-utf8'
    | 'utf8-view'
    | 'binary'
    | 'large-binary'
    | 'binary-view'
  >
> = {
  1: 'null',
  4: 'binary',
  5: 'utf8',
  6: 'bool',
  12: 'list',
  13: 'struct',
  17: 'map',
  19: 'large-binary',
  20: 'large-utf8',
  21: 'large-list',
  22: 'run-end',
  23: 'binary-view',
  24: 'utf8-view',
  25: 'list-view',
  26: 'large-list-view',
}

const parametricTypes: Readonly<Record<number, (table: FlatTable) => ArrowType>> = {
  2: decodeInt,
  3: table => ({ kind: 'float', bits: oneOf([16, 32, 64] as const, table.number(0, 'i16')) }),
  7: decodeDecimal,
  8: table => ({ kind: 'date', unit: oneOf(['day', 'millisecond'] as const, table.number(0, 'i16', 1)) }),
  9: decodeTime,
  10: table => ({
    kind: 'timestamp',
    unit: oneOf(timeUnits, table.number(0, 'i16')),
    zone: table.text(1) || null,
  }),
  11: table => ({ kind: 'interval', unit: oneOf(intervalUnits, table.number(0, 'i16')) }),
  15: table => ({ kind: 'fixed-binary', bytes: atLeast(0, table.number(0, 'i32')) }),
  16: table => ({ kind: 'fixed-list', size: atLeast(1, table.number(0, 'i32')) }),
  18: table => ({ kind: 'duration', unit: oneOf(timeUnits, table.number(0, 'i16', 1)) }),
}

function decodeInt(table: FlatTable): IntType {
  const bits = table.number(0, 'i32')
  if (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64) throw damaged(`an integer of ${bits} bits`)
  return { kind: 'int', bits, signed: table.number(1, 'u8') !== 0 }
}

function decodeDecimal(table: FlatTable): ArrowType {
  const bits = table.number(2, 'i32', 128)
  if (bits !== 32 && bits !== 64 && bits !== 128 && bits !== 256) throw damaged(`a decimal of ${bits} bits`)
  const precision = table.number(0, 'i32')
  const scale = table.number(1, 'i32')
  const most = { 32: 9, 64: 18, 128: 38, 256: 76 }[bits]
  if (precision < 1 || precision > most || Math.abs(scale) > 76)
    throw damaged(`decimal${bits}(${precision}, ${scale})`)
  return { kind: 'decimal', bits, precision, scale }
}

function decodeTime(table: FlatTable): ArrowType {
  const unit = oneOf(timeUnits, table.number(0, 'i16', 1))
  const bits = table.number(1, 'i32', 32)
  if (bits !== (unit === 'second' || unit === 'millisecond' ? 32 : 64))
    throw damaged(`time[${unit}] of ${bits} bits`)
  return { kind: 'time', unit }
}

function oneOf<T>(choices: readonly T[], index: number): T {
  const chosen = choices[index]
  if (chosen === undefined) throw damaged(`unknown unit number ${index}`)
  return chosen
}

function atLeast(least: number, value: number): number {
  if (value < least) throw damaged(`a width of ${value}`)
  return value
}

function checkChildren(field: ArrowField, path: string): void {
  if (field.type.kind === 'struct' && field.children.length === 0)
    throw unsupported('Arrow struct without members', path)
  const wanted = childCounts[field.type.kind] ?? 0
  const fits = field.type.kind === 'struct' || field.children.length === wanted
  if (!fits) throw damaged(`${typeName(field.type)} with ${field.children.length} children`, `column ${path}`)
  if (field.type.kind === 'map') checkMap(field, path)
  if (field.type.kind === 'run-end') checkRunEnds(field, path)
}

const childCounts: Readonly<Record<string, number>> = {
  list: 1,
  'large-list': 1,
  'list-view': 1,
  'large-list-view': 1,
  'fixed-list': 1,
  map: 1,
  'run-end': 2,
}

function checkMap(field: ArrowField, path: string): void {
  const entry = field.children[0]
  if (entry?.type.kind !== 'struct' || entry.children.length !== 2)
    throw damaged('a map without key and value', `column ${path}`)
}

function checkRunEnds(field: ArrowField, path: string): void {
  const ends = field.children[0]?.type
  if (ends?.kind !== 'int' || !ends.signed || ends.bits === 8)
    throw damaged('run ends must be signed integers', `column ${path}`)
}
