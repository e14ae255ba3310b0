import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { duplicateClusters, duplicatesInput, duplicateTables } from '../duplicates.ts'
import { total } from '../headline.ts'
import { indicator } from '../recipe.ts'
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
  ...{ part: 'conflict_keys', whole: 'keys', share: 'conflict_rate' },
  title: { zh: '冲突重复率', en: 'Conflict-duplicate rate' },
  of: { zh: '个键', en: 'keys' },
  batchColumns: ['ingest_batch.dup_conflict', 'ingest_batch.records'],
}

/** Distinct keys of a batch: its records less the copies and less the values that conflict with an earlier one. */
const keys = sql`(window_records::hugeint - coalesce(dup_exact, 0) - dup_conflict)`

export default indicator({
  id: 'AGG-06',
  version: 2,
  name: { zh: '冲突重复率', en: 'Conflict-duplicate rate' },
  unit: 'percent',
  source: 'Assay',
  needs: [],
  uses: ['telemetry', 'ingest_batch', 'platform'],
  inputs: { table: duplicatesInput },
  queried: rateQueried(rate),
  result: rateResult(rate),

  query: (tables, { table }, context) => {
    const counting = {
      telemetry: sql`
        select platform_id, count(*) filter (distinct_values > 1) as k, count(*) as n
        from (
          select platform_id, device_id, metric, ts_event, count(*) as distinct_values from cell group by all
        ) group by platform_id, device_id`,
      batch: { k: sql`dup_conflict::hugeint`, n: keys, judged: sql`dup_conflict <= ${keys}` },
    }
    return rateQuery(tables, rate, duplicateClusters(tables, table, counting, context))
  },

  derive: rows => rateDerived(rate, rows),

  headline: (rows, { table }) =>
    rateHeadline(rate, rows, duplicateTables(table), [
      [{ zh: '键', en: 'Keys' }, total(rows, 'keys'), 'integer'],
      [{ zh: '有冲突的键', en: 'Keys in conflict' }, total(rows, 'conflict_keys'), 'integer'],
    ]),

  chart: rows => rateChart(rate, rows),

  details: {
    'conflict-keys': {
      name: { zh: '有冲突的键', en: 'Keys in conflict' },
      meaning: {
        zh: '每行一个有多个不同值的（设备，测点，时间），不同值多者在前；文件与行号为其第一次出现之处。',
        en: 'One row a (device, metric, time) with more than one value, most values first; file and row are those of its first.',
      },
      result: {
        platform_id: 'text',
        device_id: 'text',
        metric: 'text',
        ts_event: 'timestamp',
        distinct_values: 'integer',
        copies: 'integer',
        lowest: 'number',
        highest: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: tables => sql`
        with cell as (
          select platform_id, device_id, metric, ts_event, value_num, value_text, count(*) as copies,
            first(file_id order by file_id, row_no) as file_id, first(row_no order by file_id, row_no) as row_no
          from ${tables.telemetry} group by 1, 2, 3, 4, 5, 6
        )
        select platform_id::varchar as platform_id, device_id::varchar as device_id, metric::varchar as metric, ts_event,
          count(*) as distinct_values, sum(copies) as copies, min(value_num) as lowest, max(value_num) as highest,
          first(file_id order by file_id, row_no) as file_id, first(row_no order by file_id, row_no) as row_no
        from cell group by 1, 2, 3, 4 having count(*) > 1 order by distinct_values desc, copies desc, 1, 2, 3, 4`,
    },
    'conflict-batches': {
      name: { zh: '含冲突记录的批次', en: 'Batches with conflicts' },
      meaning: {
        zh: '每行一个报告了冲突重复记录的批次，冲突多者在前；“可判断”为否者冲突数多于键数或记录数未知，不参与计算。',
        en: 'One row a batch that reports conflicting duplicates, most first; one that is not judged reports more conflicts than keys, or no records, and takes no part.',
      },
      result: {
        batch_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        window_start: 'timestamp',
        window_records: 'integer',
        dup_exact: 'integer',
        dup_conflict: 'integer',
        judged: 'boolean',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, _, context) => sql`
        select batch_id, platform_id, platform_name, source_id, window_start, window_records, dup_exact, dup_conflict,
          coalesce(dup_conflict <= ${keys}, false) as judged, file_id, row_no
        from ${windowRecords(tables, context)} left join ${platformNames(tables)} using (platform_id)
        where dup_conflict > 0 order by dup_conflict desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '同一设备、同一测点、同一时间却有多个不同值的键，占全部键的比例。没有遥测时，由汇聚批次报告的重复记录数推算。',
      en: 'The share of keys (device, metric, time) that carry more than one value. Without telemetry it follows from the duplicates that ingest batches report.',
    },
    formula: String.raw`\begin{aligned} R &= \frac{\lvert \{ k : \lvert V_k \rvert > 1 \} \rvert}{\lvert K \rvert} \\ R_B &= \frac{\sum_b c_b}{\sum_b (n_b - e_b - c_b)} \end{aligned}`,
    symbols: {
      zh: '$R$：由遥测；$R_B$：由汇聚批次；$K$：键（设备，测点，时间）的集合；$V_k$：键 $k$ 的不同值；$c_b$：批次 $b$ 的冲突重复记录数；$e_b$：其完全重复记录数；$n_b$：其窗口内的记录数',
      en: '$R$: from telemetry; $R_B$: from ingest batches; $K$: the keys (device, metric, time); $V_k$: the distinct values of key $k$; $c_b$: conflicting duplicates of batch $b$; $e_b$: its exact duplicates; $n_b$: records within its window',
    },
    source: {
      zh: '本软件约定；区间为比率估计（Cochran 1977，第 6 章）。',
      en: 'A convention of Assay; the interval is that of a ratio estimate (Cochran 1977, ch. 6).',
    },
    cautions: {
      zh: '设备按（平台，设备编号）区分。数值列与文本列有一列不同即为不同值；“无值”与某个值也算冲突；质量不同而值相同不算。浮点数按位比较，末位差异即为冲突。由批次推算时，假定冲突重复记录数只计每键第二个及以后的值，且每个冲突键恰有两个值；未给出完全重复数的按零计；冲突数多于键数、或缺记录数的批次不参与，所占比例见“所依据的占比”。批次的记录数与 AGG-05 同一口径。区间以设备（数据源）为整群；只有一个整群或没有差异时不给区间。本指标不判断哪个值正确。',
      en: 'Devices go by (platform, device id). Values differ where either their number or their text does; no value against a value is a conflict; a different quality of the same value is none. Numbers are compared exactly, so the last bit makes a conflict. From batches it is assumed that conflicting duplicates count the second and later values of a key, and that each key in conflict has exactly two; exact duplicates not given count as none; batches with more conflicts than keys, or without records, take no part, and the share that does is given with the basis. A batch’s records are those of AGG-05. The interval takes devices (sources) as clusters; with a single cluster or no spread there is none. Which value is right is not judged.',
    },
  },
})
