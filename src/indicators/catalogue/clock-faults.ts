import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { clockedRecords, clockedTables, recordsInput } from '../clocked-records.ts'
import { clusteredInterval, clusteredRates, estimateIn } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, platformField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { daysBefore, instant } from '../instant.ts'
import { type Context, type InputValues, indicator, type Tables } from '../recipe.ts'

/** What may be wrong with a time; a record counts under the first that holds. */
const faults = {
  before_2000: { zh: '早于 2000 年', en: 'Before 2000' },
  after_as_of: { zh: '晚于数据时点', en: 'After the time of the data' },
  ahead_of_ingest: { zh: '晚于接收时间', en: 'Ahead of its own arrival' },
} as const

const faultNames = Object.keys(faults) as readonly (keyof typeof faults)[]

const inputs = {
  records: recordsInput,
  ahead: {
    kind: 'number',
    name: { zh: '容许早于接收的时间', en: 'Ahead of arrival at most' },
    unit: { zh: '秒', en: 's' },
    min: 0,
    max: 86_400,
    default: 60,
  },
  beyond: {
    kind: 'number',
    name: { zh: '容许超出数据时点的时间', en: 'After the time of the data at most' },
    unit: { zh: '天', en: 'days' },
    min: 0,
    max: 366,
    default: 1,
  },
} as const

export default indicator({
  id: 'CON-13',
  version: 1,
  name: { zh: '时钟异常占比', en: 'Clock-fault share' },
  unit: 'percent',
  source: 'Assay',
  needs: [],
  uses: ['conn_event', 'telemetry', 'platform'],
  inputs,
  result: {
    platform_id: 'text',
    platform_name: 'text',
    records: 'integer',
    with_ingest: 'integer',
    before_2000: 'integer',
    after_as_of: 'integer',
    ahead_of_ingest: 'integer',
    faulty_records: 'integer',
    fault_share: 'number',
    all_devices: 'integer',
    overall_fault_share: 'number',
    standard_error: 'number',
  },

  query: (tables, given, context) => sql`
    with judged as (${judged(tables, given, context)}), per_device as (
      select platform_id, device_id, count(fault) as k, count(*) as n from judged group by all
    ), ${clusteredRates(sql`per_device`)}, counted as (
      select platform_id, count(*) as records, count(ts_ingest) as with_ingest,
        count(*) filter (fault = 'before_2000') as before_2000,
        count(*) filter (fault = 'after_as_of') as after_as_of,
        count(*) filter (fault = 'ahead_of_ingest') as ahead_of_ingest, count(fault) as faulty_records
      from judged group by platform_id
    )
    select platform_id, platform_name, records, with_ingest, before_2000, after_as_of, ahead_of_ingest,
      faulty_records, faulty_records / records as fault_share, devices as all_devices,
      rate as overall_fault_share, standard_error
    from counted left join ${platformNames(tables)} using (platform_id), overall
    order by fault_share desc, records desc, platform_id nulls last`,

  headline: (rows, { records: chosen }) => {
    const [records, dated] = [total(rows, 'records'), total(rows, 'with_ingest')]
    return headline(
      figure(rows, 'overall_fault_share'),
      clockedTables(chosen),
      [
        [{ zh: '记录', en: 'Records' }, records, 'integer'],
        ...faultNames.map(fault => [faults[fault], total(rows, fault), 'integer'] as const),
        [
          { zh: '有接收时间的记录占比', en: 'Records with an ingest time' },
          quotient(dated, records),
          'percent',
        ],
      ],
      {
        interval: clusteredInterval(
          estimateIn(rows[0], 'overall_fault_share', 'standard_error', 'all_devices'),
        ),
        basis: basis(dated, { zh: '两个时间都有的记录', en: 'records with both times' }, records),
      },
    )
  },

  chart: (rows): Chart => {
    const shown = rows.slice(0, mostRowsUnderLegend)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField(
            'share',
            { zh: '占该平台记录的比例', en: 'Share of the platform’s records' },
            'percent',
          ),
          y: platformField('platform_id', shown),
          colour: categoryField(
            'fault',
            { zh: '时钟异常', en: 'Clock fault' },
            { labels: faults, order: faultNames },
          ),
        },
      ],
      rows: shown.flatMap(split),
      ...firstOf(shown.length, rows.length, {
        zh: '平台（按异常占比从高到低）',
        en: 'platforms, by share of faults',
      }),
    }
  },

  details: {
    'faulty-records': {
      name: { zh: '时钟异常的记录', en: 'Records with a clock fault' },
      meaning: {
        zh: '一行为一条时间不可能的记录；超出容许界限最多的在前。',
        en: 'One row a record with an impossible time; the farthest beyond its limit come first.',
      },
      result: {
        table_name: 'text',
        file_id: 'text',
        row_no: 'integer',
        platform_id: 'text',
        device_id: 'text',
        ts_event: 'timestamp',
        ts_ingest: 'timestamp',
        fault: 'text',
        seconds_beyond: 'number',
      },
      query: (tables, given, context) => sql`
        select table_name, file_id, row_no, platform_id, device_id, ts_event, ts_ingest, fault, seconds_beyond
        from (${judged(tables, given, context)}) where fault is not null
        order by seconds_beyond desc, table_name, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '发生时间不可能正确的记录占全部记录的比例：比平台收到它的时间还晚（默认容许 60 秒），早于 2000 年，或晚于数据时点一天以上。',
      en: 'The share of records whose event time cannot be right: later than their own arrival at the platform (60 s are allowed by default), before the year 2000, or more than a day after the time of the data.',
    },
    formula: String.raw`F = \frac{1}{n}\, \#\Bigl\{\, i : t_i > r_i + a \;\lor\; t_i < t_{2000} \;\lor\; t_i > A + b \,\Bigr\}`,
    symbols: {
      zh: '$n$：记录数；$t_i$：记录 $i$ 的发生时间；$r_i$：其接收时间；$t_{2000}$：2000 年 1 月 1 日零时（UTC）；$A$：数据时点；$a$：容许早于接收的时间；$b$：容许超出数据时点的时间',
      en: '$n$: number of records; $t_i$: event time of record $i$; $r_i$: its ingest time; $t_{2000}$: 1 January 2000, 00:00 UTC; $A$: time of the data; $a$: how far ahead of its arrival an event may be; $b$: how far after the time of the data',
    },
    source: {
      zh: '本软件约定。区间为以设备为整群的比率估计（Cochran, 1977, Sampling Techniques 第 3 版）。',
      en: 'A convention of Assay. The interval is that of a ratio with devices as clusters (Cochran 1977, Sampling Techniques, 3rd ed.).',
    },
    cautions: {
      zh: '一条记录只计一次，依次按早于 2000 年、晚于数据时点、晚于接收时间中首个成立者归类。没有接收时间的记录无法与到达时间比较，只查前后两个界限，两个时间都有的记录占比列在旁边。占位时间（0001-01-01、1970-01-01、9999-12-31 等）在导入时已去除：必填的发生时间为占位值的行被拒收，见导入的拒收清单，不在这里的分子或分母中。时期筛选按发生时间取舍，会把时间错得离谱的记录一并筛去，看本指标时应不设时期。接收时间本身错误（如平台时钟曾停在多年以前）的记录也表现为“晚于接收时间”，不是设备之过，见明细。走慢的时钟（发生时间偏早）无法与传输延迟区分，不算异常。时区弄错 8 小时会使整份导出偏移，走快的一向会全部算作异常。同一设备的记录彼此相关，把记录当作独立样本的威尔逊区间会过窄，故区间以设备为单位；只有一台设备或没有异常时不给区间。',
      en: 'A record counts once, under the first that holds of: before 2000, after the time of the data, ahead of its arrival. Records without an ingest time cannot be compared with their arrival and are only held to the two outer limits; the share with both times stands beside. Placeholder times (0001-01-01, 1970-01-01, 9999-12-31 …) are dropped on import: a row whose event time is one is rejected and listed there, in neither numerator nor denominator here. A period selects by event time and so removes the very records whose time is far off: read this indicator without one. Where it is the ingest time that is wrong (a platform’s clock that stood years ago), the record shows as ahead of its arrival though the device is not at fault; the details tell. A clock that is slow cannot be told from a slow link and is no fault. A time zone taken wrong shifts a whole export by hours; in one direction all of it then counts as faulty. Records of one device are alike, and a Wilson interval, which takes records as independent, would be too narrow: the interval takes devices as its units, and there is none for one device or without any fault.',
    },
  },
})

function split(platform: Row): readonly Row[] {
  const records = Number(platform.records)
  return faultNames.map(fault =>
    row(
      ['platform_id', 'platform_name', 'fault', 'share'],
      [
        platform.platform_id ?? null,
        platform.platform_name ?? null,
        fault,
        Number(platform[fault]) / records,
      ],
    ),
  )
}

/** Records with their `fault` (null: none) and by how many seconds they are beyond its limit. */
function judged(
  tables: Tables,
  { records, ahead, beyond }: InputValues<typeof inputs>,
  { asOf }: Context,
): Sql {
  const first = sql`timestamp '2000-01-01'`
  const last = instant(daysBefore(asOf, -beyond))
  const latest = sql`ts_ingest + to_microseconds(${BigInt(Math.round(ahead * 1e6))})`
  const between = (later: Sql, earlier: Sql) => sql`(epoch_us(${later}) - epoch_us(${earlier})) / 1e6`
  return sql`
    select *, case when ts_event < ${first} then 'before_2000' when ts_event > ${last} then 'after_as_of'
        when ts_event > ${latest} then 'ahead_of_ingest' end as fault,
      case when ts_event < ${first} then ${between(first, sql`ts_event`)}
        when ts_event > ${last} then ${between(sql`ts_event`, last)}
        when ts_event > ${latest} then ${between(sql`ts_event`, latest)} end as seconds_beyond
    from ${clockedRecords(tables, records)}`
}
