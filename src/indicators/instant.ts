import { type Sql, sql } from '../sql/sql.ts'

const dayInMicroseconds = 86_400_000_000

/** A time given in microseconds UTC as a TIMESTAMP; through bigint, because every digit must reach the statement. */
export function instant(microseconds: number): Sql {
  return sql`make_timestamp(${BigInt(Math.round(microseconds))})`
}

/** The time a number of days before another, both in microseconds UTC. */
export function daysBefore(microseconds: number, days: number): number {
  return microseconds - days * dayInMicroseconds
}
