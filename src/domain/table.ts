/**
 * A table of plain values, as the engine returns it and charts, exports and views take it.
 *
 * - `text` string; `boolean` boolean
 * - `integer` number when it is safe (|n| < 2^53), else bigint; `number` a finite double
 * - `timestamp` microseconds since 1970-01-01T00:00:00Z as a number; `date` the same, at midnight
 * - absent values are `null` in every type
 */
export type ValueType = 'text' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'date'

export type Value = string | number | bigint | boolean | null

export interface Column {
  readonly name: string
  readonly type: ValueType
}

/** One row; rows have no prototype, so a column called `__proto__` is a column like any other. */
export type Row = Readonly<Record<string, Value>>

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

/** A row without prototype from parallel names and values. */
export function row(names: readonly string[], values: readonly Value[]): Row {
  const made: Record<string, Value> = Object.create(null)
  names.forEach((name, i) => {
    made[name] = values[i] ?? null
  })
  return made
}

/** The value of a cell as a finite number, or null. */
export function asNumber(value: Value | undefined): number | null {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
