import { type Sql, sql } from '../../sql/sql.ts'
import { clockedRecords, clockedTables } from '../clocked-records.ts'
import { platformNames } from '../device-group.ts'
import { figure, total } from '../headline.ts'
import { type Context, type InputValues, indicator, type Tables } from '../recipe.ts'
import {
  type RecordRate,
  rateChart,
  rateDerived,
  rateHeadline,
  rateQueried,
  rateQuery,
  rateResult,
} from '../record-rate.ts'
import { windowRecords } from '../resolved-counters.ts'

const rate: RecordRate = {
  ...{ part: 'late_records', whole: 'records', share: 'late_rate' },
  title: { zh: '迟到率', en: 'Late-arrival rate' },
  of: { zh: '条记录', en: 'records' },
  batchColumns: ['ingest_batch.late', 'ingest_batch.records'],
  counts: ['late_before_2000'],
}

const inputs = {
  records: {
    kind: 'choice',
    name: { zh: '依据', en: 'Told from' },
    choices: {
      auto: {
        zh: '自动（有双时间的记录，否则批次）',
        en: 'Automatic (records with both times, else batches)',
      },
      all: { zh: '连接事件与遥测', en: 'Connection events and telemetry' },
      conn_event: { zh: '仅连接事件', en: 'Connection events alone' },
      telemetry: { zh: '仅遥测', en: 'Telemetry alone' },
      ingest_batch: { zh: '汇聚批次', en: 'Ingest batches' },
    },
    default: 'auto',
  },
  hours: {
    kind: 'number',
    name: { zh: '容许时延 L', en: 'Allowed delay L' },
    unit: { zh: '小时', en: 'hours' },
    min: 0,
    max: 8760,
    default: 1,
  },
  offset: {
    kind: 'choice',
    name: { zh: '时钟偏差', en: 'Clock offset' },
    choices: {
      none: { zh: '不修正', en: 'Not corrected' },
      minimum: { zh: '减去设备的最小时延', en: 'Less the least delay of the device' },
    },
    default: 'none',
  },
} as const

export default indicator({
  id: 'AGG-07',
  version: 2,
  name: { zh: '迟到率', en: 'Late-arrival rate' },
  unit: 'percent',
  source: 'GB/T 36344-2018 (timeliness)',
  needs: [],
  uses: ['telemetry', 'conn_event', 'ingest_batch', 'platform'],
  inputs,
  queried: rateQueried(rate),
  result: rateResult(rate),

  query: (tables, given, context) => rateQuery(tables, rate, lateClusters(tables, given, context)),

  derive: rows => rateDerived(rate, rows),

  headline: (rows, { records }) =>
    rateHeadline(rate, rows, missingTables(records), [
      [{ zh: '记录', en: 'Records' }, total(rows, 'records'), 'integer'],
      [{ zh: '迟到的记录', en: 'Late records' }, total(rows, 'late_records'), 'integer'],
      [
        {
          zh: '其中发生时间早于 2000 年（时钟异常）',
          en: 'Of these, event time before 2000 (a clock fault)',
        },
        figure(rows, 'late_before_2000'),
        'integer',
      ],
    ]),

  chart: rows => rateChart(rate, rows),

  details: {
    'late-records': {
      name: { zh: '迟到的记录', en: 'Late records' },
      meaning: {
        zh: '每行一条迟到的记录，时延长者在前。',
        en: 'One row a late record, the longest delay first.',
      },
      result: {
        table_name: 'text',
        platform_id: 'text',
        device_id: 'text',
        ts_event: 'timestamp',
        ts_ingest: 'timestamp',
        hours_delayed: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { records, hours, offset }) => sql`
        select table_name, platform_id, device_id, ts_event, ts_ingest, delay / 3600e6 as hours_delayed, file_id, row_no
        from ${delays(tables, records, offset)} where delay > ${Math.round(hours * 3600e6)}
        order by delay desc, table_name, file_id, row_no`,
    },
    'late-batches': {
      name: { zh: '含迟到记录的批次', en: 'Batches with late records' },
      meaning: {
        zh: '每行一个报告了迟到记录的批次，迟到多者在前；“可判断”为否者迟到数多于记录数或记录数未知，不参与计算。',
        en: 'One row a batch that reports late records, most first; one that is not judged reports more late records than records, or no records, and takes no part.',
      },
      result: {
        batch_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        window_start: 'timestamp',
        window_records: 'integer',
        late: 'integer',
        judged: 'boolean',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, _, context) => sql`
        select batch_id, platform_id, platform_name, source_id, window_start, window_records, late,
          coalesce(late <= window_records, false) as judged, file_id, row_no
        from ${windowRecords(tables, context)} left join ${platformNames(tables)} using (platform_id)
        where late > 0 order by late desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '接收时间晚于发生时间超过 L（默认 1 小时）的记录，占两个时间都有的记录的比例。没有一条记录同时带有两个时间时，用汇聚批次报告的迟到记录数。',
      en: 'Of the records with both times, the share that arrived more than L (1 hour by default) after it came about. Where no record has both, the late records that ingest batches report are taken.',
    },
    formula: String.raw`\begin{aligned} R &= \frac{\lvert \{ r : a_r - t_r - o_{d(r)} > L \} \rvert}{n} \\ R_B &= \frac{\sum_b l_b}{\sum_b n_b} \end{aligned}`,
    symbols: {
      zh: '$R$：由逐条记录；$R_B$：由汇聚批次；$r$：一条记录；$t_r$：发生时间；$a_r$：接收时间；$o_{d(r)}$：其设备的时钟偏差（默认为零，不修正）；$L$：容许时延；$n$：两个时间都有的记录数；$l_b$：批次 $b$ 的迟到记录数；$n_b$：其窗口内的记录数',
      en: '$R$: from records; $R_B$: from ingest batches; $r$: a record; $t_r$: its event time; $a_r$: its ingest time; $o_{d(r)}$: clock offset of its device (zero by default: not corrected); $L$: allowed delay; $n$: records with both times; $l_b$: late records of batch $b$; $n_b$: records within its window',
    },
    source: {
      zh: '维度见 GB/T 36344-2018（时效性）；L 的默认值为本软件约定；区间为比率估计（Cochran 1977，第 6 章）。',
      en: 'The dimension is that of GB/T 36344-2018 (timeliness); the default of L is a convention of Assay; the interval is that of a ratio estimate (Cochran 1977, ch. 6).',
    },
    cautions: {
      zh: '默认不修正时钟：设备时钟慢 L 以上，其全部记录都算迟到；时钟快则迟到被掩盖。可选减去设备在范围内的最小时延，但时钟偏差与最短路径时延无法分开，一台设备的全部记录若都真正迟到，修正后便看不出来。恰好等于 L 不算迟到；接收早于发生的记录算准时；发生时间被设备错记为 1970 年等的记录照定义算迟到，早于 2000 年的数目列在旁边（参见时钟异常占比 CON-13）。只有一个时间的记录不参与，所占比例见“所依据的占比”。批次的迟到数按导出方自己的时限，L 对其不起作用，也无法核实；记录数与 AGG-05 同一口径，迟到数多于记录数、或两数缺一的批次不参与。从未到达的记录不在其中（参见数据完整率 AGG-03），因此数据时点之前不久的时段会偏低。区间以设备（数据源）为整群。',
      en: 'Clocks are not corrected by default: where a device’s clock is slow by more than L all of its records are late, and a fast clock hides lateness. The least delay of the device in scope may be subtracted, but an offset cannot be told from the shortest path, and a device whose records are all truly late then shows none. Exactly L is not late; a record that arrived before it came about counts as in time; one that a device dates 1970 counts as late, as the definition has it, and the number before 2000 stands beside (see the clock-fault share, CON-13). Records with one time alone take no part; the share that does is given with the basis. Batches count late records by the exporter’s own limit, on which L has no effect and which cannot be checked; their records are those of AGG-05, and batches that report more late records than records, or lack either, take no part. Records that never arrived are not among them (see completeness, AGG-03), so the time shortly before the time of the data reads low. The interval takes devices (sources) as clusters.',
    },
  },
})

function missingTables(records: string): readonly string[] {
  if (records === 'ingest_batch') return ['ingest_batch']
  const columns = clockedTables(records === 'auto' ? 'all' : records).map(table => `${table}.ts_ingest`)
  return records === 'auto' ? [...columns, 'ingest_batch'] : columns
}

/** The records in scope with their `delay` in microseconds, null without an ingest time. */
function delays(tables: Tables, records: string, offset: string): Sql {
  const raw = sql`epoch_us(ts_ingest) - epoch_us(ts_event)`
  const least = sql`min(${raw}) over (partition by platform_id, device_id)`
  const delay = offset === 'minimum' ? sql`${raw} - ${least}` : raw
  const single = records === 'conn_event' || records === 'telemetry'
  return sql`(
    select *, ${delay} as delay from ${clockedRecords(tables, single ? records : 'all')}
    where ${records !== 'ingest_batch'}
  )`
}

/** CTEs `clusters` and `evidence`: devices by their records, or sources by their batches. */
function lateClusters(
  tables: Tables,
  { records, hours, offset }: InputValues<typeof inputs>,
  context: Context,
): Sql {
  const limit = Math.round(hours * 3600e6)
  const byBatches =
    records === 'auto'
      ? sql`(select count(n) from device where n > 0) = 0`
      : sql`${records === 'ingest_batch'}`
  return sql`device as materialized (
      select platform_id, device_id, count(*) filter (delay > ${limit}) as k, count(delay) as n,
        count(*) filter (delay > ${limit} and ts_event < timestamp '2000-01-01') as before_2000, count(*) as all_records
      from ${delays(tables, records, offset)} group by 1, 2
    ),
    chosen as (select case when ${byBatches} then 'ingest_batch' else 'records' end as told_by),
    batch as (
      select platform_id, source_id, late::hugeint as k, window_records::hugeint as n,
        coalesce(late <= window_records, false) as judged
      from ${windowRecords(tables, context)}, chosen where told_by = 'ingest_batch'
    ),
    clusters as materialized (
      select platform_id, k, n from device, chosen where told_by = 'records'
      union all
      select platform_id, sum(k) as k, sum(n) as n from batch where judged group by platform_id, source_id
    ),
    evidence as (
      select told_by,
        case told_by when 'records' then (select sum(all_records) from device) else (select count(*) from batch) end
          as rows_in_scope,
        case told_by when 'records' then (select sum(n) from device) else (select count(*) from batch where judged) end
          as judged_rows,
        case told_by when 'records' then (select sum(before_2000) from device) end as late_before_2000
      from chosen
    )`
}
