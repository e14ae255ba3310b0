import type { Dialect } from '../domain/file.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import type { Expression } from './adapter.ts'
import { textToNumber } from './numbers.ts'

/** The two columns of `telemetry` that one measured value goes to; at most one of them is not null. */
export interface Measured {
  readonly value_num: Expression
  readonly value_text: Expression
}

/**
 * A raw column of values of any kind, as long tables of measurements have it: numbers go to `value_num`, all other
 * text, `true` and `false` and numbers beyond a double among it, to `value_text` exactly as exported. Blank is neither.
 * Floating-point columns stay numbers: NaN is absent, and staging refuses an infinity.
 */
export function measured(column: string, decimal: Dialect['decimal'] = '.'): Measured {
  const raw = name(column)
  const text = sql`cast(${raw} as varchar)`
  const number = textToNumber(sql`trim(${text})`, decimal)
  const isFloat = sql`typeof(${raw}) in ${['DOUBLE', 'FLOAT']}`
  return {
    value_num: {
      sql: sql`case when ${isFloat} then try_cast(${raw} as double) else ${number} end`,
      type: 'number',
      from: [column],
    },
    value_text: {
      sql: sql`case when ${isFloat} or trim(${text}) = '' or ${number} is not null then null else ${text} end`,
      type: 'text',
      from: [column],
    },
  }
}

/** The same for text that is made of several columns of a text format. */
export function measuredText(
  text: Sql,
  from: readonly string[],
  decimal: Dialect['decimal'] = '.',
): Measured {
  const number = textToNumber(sql`trim(${text})`, decimal)
  return {
    value_num: { sql: number, type: 'number', from },
    value_text: {
      sql: sql`case when trim(${text}) = '' or ${number} is not null then null else ${text} end`,
      type: 'text',
      from,
    },
  }
}
