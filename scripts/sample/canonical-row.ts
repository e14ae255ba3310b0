import type { CanonicalName, canonicalTables } from '../../src/domain/canonical.ts'
import type { ValueType } from '../../src/domain/table.ts'

type Columns<N extends CanonicalName> = (typeof canonicalTables)[N]['columns']

type PlainValue<T> = T extends 'text'
  ? string
  : T extends 'boolean'
    ? boolean
    : T extends ValueType
      ? number
      : never

type ColumnValue<C> = C extends { values: infer V }
  ? keyof V & string
  : C extends { type: infer T }
    ? PlainValue<T>
    : never

type Absent<C> = C extends { key: true } | { required: true } ? never : null

/** One row as the canonical declaration types it: only required columns are never null; times in microseconds UTC. */
export type CanonicalRow<N extends CanonicalName> = {
  readonly [C in keyof Columns<N> & string]: ColumnValue<Columns<N>[C]> | Absent<Columns<N>[C]>
}
