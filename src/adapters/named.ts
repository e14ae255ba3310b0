import { type Sql, sql } from '../sql/sql.ts'

/**
 * An expression that uses another one many times, without writing it out each time: a list of one gives it a name.
 * A reading of times is 5 kB long; written out in one another, readings reach a size that takes minutes to plan.
 * Window functions may stand in the value, not in what uses it.
 */
export function named(name: Sql, value: Sql, use: (name: Sql) => Sql): Sql {
  return sql`list_transform([${value}], lambda ${name}: ${use(name)})[1]`
}
