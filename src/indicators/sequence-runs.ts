import { join, type Sql, sql } from '../sql/sql.ts'
import type { InputValues, Tables } from './recipe.ts'

/** What a person may set about sequence numbers. */
export const sequenceInputs = {
  table: {
    kind: 'choice',
    name: { zh: '序号取自', en: 'Sequence numbers of' },
    choices: {
      auto: { zh: '自动（遥测有序号则用之，否则连接事件）', en: 'Automatic (telemetry where it has any)' },
      telemetry: { zh: '遥测', en: 'Telemetry' },
      conn_event: { zh: '连接事件', en: 'Connection events' },
    },
    default: 'auto',
  },
  counter: {
    kind: 'choice',
    name: { zh: '一个计数器属于', en: 'One counter for each' },
    choices: {
      device: { zh: '设备', en: 'Device' },
      metric: { zh: '设备与测点', en: 'Device and metric' },
    },
    default: 'device',
  },
  modulus: {
    kind: 'choice',
    name: { zh: '序号回绕于', en: 'Numbers wrap at' },
    choices: {
      auto: { zh: '自动（2¹⁶ 或 2³²）', en: 'Automatic (2¹⁶ or 2³²)' },
      none: { zh: '不回绕', en: 'They do not wrap' },
      65536: { zh: '65 536（2¹⁶）', en: '65,536 (2¹⁶)' },
      4294967296: { zh: '4 294 967 296（2³²）', en: '4,294,967,296 (2³²)' },
    },
    default: 'auto',
  },
  split: {
    kind: 'choice',
    name: { zh: '会话变更时', en: 'At a change of session' },
    choices: {
      session: { zh: '序号重新开始', en: 'Numbers start anew' },
      reset: { zh: '序号接续', en: 'Numbers go on' },
    },
    default: 'session',
  },
  misorder: {
    kind: 'number',
    name: { zh: '乱序至多相差', en: 'Out of order by at most' },
    min: 0,
    max: 10_000,
    default: 100,
  },
} as const

export type SequenceInputs = InputValues<typeof sequenceInputs>

/** MAX_DROPOUT of RFC 3550, appendix A.1: a jump through the modulus by more is a new start, not a wrap. */
const mostDropped = 3000

/**
 * CTEs up to `run`, one row a run of sequence numbers of one counter in one session: `first_seq`, `last_seq` (in time),
 * `began`, `ended`, `received` (distinct numbers), `expected` (last − first + 1 when unwrapped), `lost`; and `source`, one
 * row a platform: `records`, `sequenced_records`, `stray_messages`.
 *
 * Messages stand in the order of their event times. From one to the next, numbers are unwrapped; then
 * - a step back of two or more to below half, or beyond the misorder window, is a reset: a new run, nothing lost;
 *   unless the next message goes on where the last one was: then it came late;
 * - any other step back is a message out of order: nothing lost;
 * - a single number beyond the misorder window whose neighbours follow each other is a stray and left out.
 */
export function sequenceRuns(tables: Tables, inputs: SequenceInputs): Sql {
  const steps = distance(inputs)
  const window = BigInt(Math.round(inputs.misorder))
  return sql`${messages(tables, inputs)}, counter as materialized (
      select s, series, session, row_number() over () as c from message group by all
    ), neighbours as (
      select c, ts_event, seq, lag(seq) over timely as before, lead(seq) over timely as after
      from message join counter using (s, series, session)
      window timely as (partition by c order by ts_event, seq)
    ), judged as materialized (
      select *, coalesce(${steps('before', 'after')} between 0 and ${window}
        and abs(${steps('before', 'seq')}) > ${window}, false) as is_stray
      from neighbours
    ), kept as (
      select *, lag(seq) over timely as previous, lead(seq) over timely as following
      from judged where not is_stray window timely as (partition by c order by ts_event, seq)
    ), stepped as (
      select *, coalesce(${steps('previous', 'seq')}, 0) as step,
        coalesce(${steps('previous', 'following')} >= 0, false) as goes_on
      from kept
    ), unwrapped as (
      select c, ts_event, seq, sum((${isReset(window)})::integer) over timely as run_no,
        seq + sum(step - coalesce(seq - previous, 0)) over timely as position
      from stepped window timely as (partition by c order by ts_event, seq rows unbounded preceding)
    ), run_of_counter as (
      select c, min(ts_event) as began, max(ts_event) as ended,
        arg_min(seq, (ts_event, seq)) as first_seq, arg_max(seq, (ts_event, seq)) as last_seq,
        count(distinct position)::double as received, (max(position) - min(position))::double + 1 as expected,
        (max(position) - min(position))::double + 1 - count(distinct position)::double as lost
      from unwrapped group by c, run_no
    ), run as (
      select * from run_of_counter join counter using (c) join sender using (s)
    )`
}

function isReset(window: bigint): Sql {
  return sql`step <= -2 and (seq < previous / 2 or step < -${window}) and not goes_on`
}

/** The step from one number to another, through the modulus where that is short; columns by name. */
function distance({ modulus, misorder }: SequenceInputs) {
  const moduli = modulus === 'auto' ? [65_536n, 4_294_967_296n] : modulus === 'none' ? [] : [BigInt(modulus)]
  const back = BigInt(Math.round(misorder))
  const ahead = modulus === 'auto' ? back : BigInt(mostDropped)
  return (from: Column, to: Column): Sql => {
    const [a, b] = [columns[from], columns[to]]
    const wraps = moduli.map(
      m => sql`when ${b} < ${a} and ${a} < ${m} and ${b} - ${a} + ${m} <= ${ahead} then ${b} - ${a} + ${m}
        when ${a} < ${b} and ${b} < ${m} and ${a} - ${b} + ${m} <= ${back} then ${b} - ${a} - ${m}`,
    )
    return wraps.length === 0 ? sql`(${b} - ${a})` : sql`(case ${join(wraps, ' ')} else ${b} - ${a} end)`
  }
}

const columns = {
  before: sql`before`,
  seq: sql`seq`,
  after: sql`after`,
  previous: sql`previous`,
  following: sql`following`,
}

type Column = keyof typeof columns

/** CTEs `chosen` (the rows with or without a number), `source` and `message`: one row a number at a time in a session. */
function messages(tables: Tables, { table, counter: per, modulus, split }: SequenceInputs): Sql {
  const limit = modulus === 'auto' || modulus === 'none' ? sql`` : sql` and seq < ${BigInt(modulus)}`
  const series = per === 'metric' ? sql`metric::varchar` : sql`''`
  const numbered = sql`(select count(seq) from ${tables.telemetry}) > 0`
  const [first, second] =
    table === 'auto'
      ? [numbered, sql`not (${numbered})`]
      : [sql`${table === 'telemetry'}`, sql`${table === 'conn_event'}`]
  return sql`chosen as (
      select 'telemetry' as table_name, platform_id::varchar as platform_id, device_id::varchar as device_id,
        ${series} as series, ts_event, seq, null::varchar as session_id
      from ${tables.telemetry} where ${first}
      union all
      select 'conn_event', platform_id::varchar, device_id::varchar, '', ts_event, seq, session_id
      from ${tables.conn_event} where ${second}
    ), sender as materialized (
      select platform_id, device_id, row_number() over () as s
      from chosen where seq is not null group by platform_id, device_id
    ), numbered as (
      select s, series, ts_event, seq, session_id
      from chosen join sender using (platform_id, device_id) where seq >= 0${limit} group by all
    ), ${split === 'session' ? sessionsOf(tables) : sql`message as (select *, '' as session from numbered)`},
    source as (
      select platform_id, any_value(table_name) as table_name, count(*) as records, count(seq) as sequenced_records
      from chosen group by platform_id
    )`
}

/** CTE `message`: numbered rows with their session: its id, else how many connects of the device came before. */
function sessionsOf({ conn_event }: Tables): Sql {
  return sql`placed as (
      select *, count(*) filter (seq is null) over (
          partition by s order by ts_event, seq nulls first rows unbounded preceding
        ) as connects_before
      from (
        select * from numbered union all by name
        select s, ts_event from ${conn_event} as event join sender
          on event.platform_id::varchar = sender.platform_id and event.device_id::varchar = sender.device_id
        where kind = 'connect'
      )
    ), message as (
      select s, series, ts_event, seq, coalesce(session_id, 'connect ' || connects_before::varchar) as session
      from placed where seq is not null
    )`
}
