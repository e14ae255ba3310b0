import { type Sql, sql } from '../sql/sql.ts'
import { isoFromWritten, saysNoTime } from './times-written.ts'
import { offsetMinutes } from './zone.ts'

/*
 * DuckDB-WASM 1.32 without ICU: `cast(text as timestamp)` silently ignores an offset ('12:00+08:00' becomes 12:00);
 * `cast(text as timestamptz)` applies it, reads text without one as UTC, and casts on to a UTC timestamp.
 */

const dateTime =
  '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? *(Z|z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)?)?'
const zoned = ':.*(Z|z|UTC|[+-][0-9:]+)$'
const compactDate = '(19|20)[0-9]{6}'
const compactTime = '(19|20)[0-9]{12}'
const basicTime = '(19|20)[0-9]{6}T[0-9]{6}([.][0-9]+)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?'
const epochNumber = '([1-9][0-9]{0,18}|0+)([.][0-9]+)?'

/**
 * The UTC timestamp that a text says, null where it says none. Read are ISO 8601 (`-` or `/`, `T` or blank) with an
 * offset or in the assumed zone, the same in basic form (`20260630T120000Z`), dates alone (midnight in that zone),
 * `YYYYMMDD`, `YYYYMMDDhhmmss`, and epoch numbers by magnitude: seconds from 1e8 (1973), milliseconds from 1e11,
 * microseconds from 1e14, nanoseconds from 1e17. Digits beyond the microsecond are cut. Then the forms of
 * `isoFromWritten`.
 */
export function textToTimestamp(text: Sql, zone: string): Sql {
  return sql`case
    when regexp_full_match(${text}, ${dateTime}) then ${isoToTimestamp(text, zone)}
    when regexp_full_match(${text}, ${compactDate}) then ${toUtc(sql`try_strptime(${text}, '%Y%m%d')`, zone)}
    when regexp_full_match(${text}, ${compactTime}) then ${toUtc(sql`try_strptime(${text}, '%Y%m%d%H%M%S')`, zone)}
    when regexp_full_match(${text}, ${epochNumber}) then ${epochToTimestamp(text, zone)}
    when regexp_full_match(${text}, ${basicTime}) then ${isoToTimestamp(extended(text), zone)}
    else ${writtenToTimestamp(text, zone)}
  end`
}

/**
 * The date that a text says, as written there (an offset does not move it): whatever `textToTimestamp` reads, and the
 * months `YYYY-MM` and `YYYYMM` as their first day; epoch numbers give the date in the assumed zone.
 */
export function textToDate(text: Sql, zone: string): Sql {
  const monthFirst = sql`try_cast(replace(${text}, '/', '-') || '-01' as date)`
  return sql`case
    when regexp_full_match(${text}, ${dateTime})
      then try_cast(split_part(replace(replace(${text}, 'T', ' '), '/', '-'), ' ', 1) as date)
    when regexp_full_match(${text}, '[0-9]{4}[-/][0-9]{1,2}') then ${monthFirst}
    when regexp_full_match(${text}, ${compactDate}) then cast(try_strptime(${text}, '%Y%m%d') as date)
    when regexp_full_match(${text}, ${basicTime}) then cast(try_strptime(left(${text}, 8), '%Y%m%d') as date)
    when regexp_full_match(${text}, '(19|20)[0-9]{4}') then cast(try_strptime(${text} || '01', '%Y%m%d') as date)
    when regexp_full_match(${text}, ${compactTime}) then cast(try_strptime(${text}, '%Y%m%d%H%M%S') as date)
    when regexp_full_match(${text}, ${epochNumber})
      then cast(${epochToTimestamp(text, zone)} + to_minutes(${offsetMinutes(zone)}) as date)
    else ${writtenToDate(text)}
  end`
}

/** A typed timestamp as UTC: one without zone is read in the assumed zone. */
export function typedToTimestamp(time: Sql, zone: string): Sql {
  const utc = sql`cast(${time} as timestamp)`
  if (offsetMinutes(zone) === 0) return utc
  return sql`case when ${hasZone(time)} then ${utc} else ${toUtc(utc, zone)} end`
}

/** The date of a typed timestamp on the calendar of the assumed zone. */
export function typedToDate(time: Sql, zone: string): Sql {
  const utc = sql`cast(${time} as timestamp)`
  const minutes = offsetMinutes(zone)
  return sql`cast(case when ${hasZone(time)} then ${utc} + to_minutes(${minutes}) else ${utc} end as date)`
}

/**
 * A UTC timestamp without the sentinels that stand for "no time": 0001-01-01 (.NET), 9999-12-31, and the epoch
 * itself, in UTC or as written in the assumed zone.
 */
export function withoutSentinels(time: Sql, zone: string): Sql {
  const epoch = sql`make_timestamp(0)`
  const localEpoch = sql`${epoch} - to_minutes(${offsetMinutes(zone)})`
  return sql`case
    when ${time} = ${epoch} or ${time} = ${localEpoch}
      or ${time} < timestamp '0001-01-03' or ${time} >= timestamp '9999-12-30' then null
    else ${time}
  end`
}

/** A date without the same sentinels. */
export function withoutSentinelDates(date: Sql): Sql {
  return sql`case
    when ${date} = date '1970-01-01' or ${date} < date '0001-01-03' or ${date} >= date '9999-12-30' then null
    else ${date}
  end`
}

/** The first day of a date's month, without the same sentinels. */
export function firstOfMonth(date: Sql): Sql {
  return withoutSentinelDates(sql`cast(date_trunc('month', ${withoutSentinelDates(date)}) as date)`)
}

function writtenToTimestamp(text: Sql, zone: string): Sql {
  return viaIso(
    text,
    iso => sql`case when regexp_full_match(${iso}, ${dateTime}) then ${isoToTimestamp(iso, zone)} end`,
  )
}

function writtenToDate(text: Sql): Sql {
  return viaIso(
    text,
    iso => sql`case
      when regexp_full_match(${iso}, ${dateTime}) then try_cast(split_part(replace(${iso}, 'T', ' '), ' ', 1) as date)
      when regexp_full_match(${iso}, '[0-9]{4}-[0-9]{1,2}') then try_cast(${iso} || '-01' as date)
    end`,
  )
}

/** The rewritten text is long as an expression and used many times over: a list of one gives it a name. */
function viaIso(text: Sql, read: (iso: Sql) => Sql): Sql {
  return sql`list_transform([${isoFromWritten(text)}], lambda iso: ${read(sql`iso`)})[1]`
}

function isoToTimestamp(text: Sql, zone: string): Sql {
  const read = sql`cast(coalesce(try_cast(${text} as timestamptz), try_cast(${secondsFilledIn(text)} as timestamptz)) as timestamp)`
  if (offsetMinutes(zone) === 0) return read
  return sql`case when regexp_matches(${text}, ${zoned}) then ${read} else ${toUtc(read, zone)} end`
}

/** DuckDB 1.4 wants seconds before an offset, no blank between them, and a capital Z. */
function secondsFilledIn(text: Sql): Sql {
  const joined = sql`replace(regexp_replace(${text}, ' +(Z|z|UTC|[+-][0-9:]+)$', '\\1'), 'z', 'Z')`
  return sql`regexp_replace(${joined}, '([T ][0-9]{1,2}:[0-9]{2})(Z|UTC|[+-])', '\\1:00\\2')`
}

/** The basic form of ISO 8601 with its separators. */
function extended(text: Sql): Sql {
  return sql`regexp_replace(${text}, '^(....)(..)(..)T(..)(..)(..)', '\\1-\\2-\\3T\\4:\\5:\\6')`
}

/** By count of digits, which is how the magnitudes divide; `epochNumber` lets no leading zero in. */
function epochToTimestamp(text: Sql, zone: string): Sql {
  const digits = sql`strlen(${text})`
  const whole = sql`try_cast(${text} as bigint)`
  return sql`case
    when ${saysNoTime(text, zone)} then null
    when contains(${text}, '.') then ${fractionToTimestamp(text)}
    when ${digits} between 12 and 14 then make_timestamp(${whole} * 1000)
    when ${digits} between 9 and 11 then make_timestamp(${whole} * 1000000)
    when ${digits} between 15 and 17 then make_timestamp(${whole})
    when ${digits} > 17 then make_timestamp(${whole} // 1000)
    when ${whole} = 0 then make_timestamp(0)
  end`
}

function fractionToTimestamp(text: Sql): Sql {
  const part = (at: 1 | 2) => sql`split_part(${text}, '.', ${at})`
  const whole = sql`try_cast(${part(1)} as bigint)`
  const micros = (digits: number) => sql`cast(rpad(left(${part(2)}, ${digits}), ${digits}, '0') as bigint)`
  return sql`case
    when strlen(${part(1)}) between 12 and 14 then make_timestamp(${whole} * 1000 + ${micros(3)})
    when strlen(${part(1)}) between 9 and 11 then make_timestamp(${whole} * 1000000 + ${micros(6)})
    when strlen(${part(1)}) between 15 and 17 then make_timestamp(${whole})
    when ${whole} = 0 then make_timestamp(0)
  end`
}

function toUtc(time: Sql, zone: string): Sql {
  return sql`${time} - to_minutes(${offsetMinutes(zone)})`
}

function hasZone(time: Sql): Sql {
  return sql`typeof(${time}) = 'TIMESTAMP WITH TIME ZONE'`
}
