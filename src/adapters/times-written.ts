import { join, type Sql, sql } from '../sql/sql.ts'
import { offsetMinutes } from './zone.ts'

/**
 * A text in other forms of writing as ISO 8601: Chinese (`2026年6月3日 8时5分`, also with full-width colons), dots between
 * the parts of a date, a comma before the fraction, and Internet messages (`Wed, 03 Jun 2026 08:05:06 GMT`). Anything
 * else comes out in no form that says a time. Day and month are never guessed from `03/06/2026`.
 */
export function isoFromWritten(text: Sql): Sql {
  return sql`case when regexp_full_match(${text}, ${message}) then ${isoFromMessage(text)}
    else ${isoFromChinese(text)} end`
}

/** Seconds since 1970 of 0001-01-01 (.NET), 9999-12-31 at midnight and at its last second. */
const outermost = [-62135596800, 253402214400, 253402300799] as const
const int64Ends = ['9223372036854775807', '-9223372036854775808']

/**
 * True for texts that stand for "no time" though they would not be read as one of its sentinels: the zero date of MySQL,
 * and 0001-01-01, 9999-12-31 and the ends of 64 bits as epoch numbers, whose magnitude tells nothing of their unit.
 */
export function saysNoTime(text: Sql, zone: string): Sql {
  const whole = sql`regexp_replace(${text}, '[.]0+$', '')`
  return sql`(starts_with(${text}, '0000-00-00') or ${whole} in ${noTimeNumbers(zone)})`
}

function noTimeNumbers(zone: string): readonly string[] {
  const shifts = [0, offsetMinutes(zone) * 60]
  const seconds = shifts.flatMap(shift => outermost.map(second => BigInt(second - shift)))
  const factors = [1n, 1000n, 1000000n]
  const numbers = seconds.flatMap(second =>
    factors.flatMap(factor => [second * factor, (second + 1n) * factor - 1n]),
  )
  return [...new Set([...numbers.map(String), ...int64Ends])]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** RFC 5322, section 3.3. */
const message = `(?:[A-Z][a-z]{2}, *)?([0-9]{1,2}) (${months.join('|')}) ([0-9]{4}) ([0-9]{2}:[0-9]{2}(?::[0-9]{2})?) (GMT|UTC|[+-][0-9]{4})`

function isoFromMessage(text: Sql): Sql {
  const part = (group: number) => sql`regexp_extract(${text}, ${message}, ${group})`
  const cases = months.map((month, i) => sql`when ${month} then ${String(i + 1)}`)
  const month = sql`case ${part(2)} ${join(cases, ' ')} end`
  const zone = sql`replace(${part(5)}, 'GMT', 'Z')`
  return sql`concat(${part(3)}, '-', ${month}, '-', ${part(1)}, 'T', ${part(4)}, ${zone})`
}

/** `8时` gets its minutes, single digits of minutes and seconds their zero. */
function isoFromChinese(text: Sql): Sql {
  const withMinutes = sql`regexp_replace(${text}, '[时点]$', '时0分')`
  const marked = sql`translate(${withMinutes}, '年月日号时点分秒：，/', '--  :::;:,-')`
  const dotted = sql`regexp_replace(${marked}, '^([0-9]{4})[.]([0-9]{1,2})[.]([0-9]{1,2})', '\\1-\\2-\\3')`
  const fraction = sql`regexp_replace(${dotted}, ':([0-9]{2}),([0-9]+)', ':\\1.\\2')`
  const spaced = sql`regexp_replace(regexp_replace(${fraction}, '[:; -]+$', ''), ' +', ' ')`
  const padded = sql`regexp_replace(${spaced}, ':([0-9])(:|$)', ':0\\1\\2')`
  return sql`regexp_replace(${padded}, ':([0-9])(:|$)', ':0\\1\\2')`
}
