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
  ...{ part: 'duplicates', whole: 'records', share: 'duplicate_rate' },
  title: { zh: '完全重复率', en: 'Exact-duplicate rate' },
  of: { zh: '条记录', en: 'records' },
  batchColumns: ['ingest_batch.dup_exact', 'ingest_batch.records'],
}

export default indicator({
  id: 'AGG-05',
  version: 2,
  name: { zh: '完全重复率', en: 'Exact-duplicate rate' },
  unit: 'percent',
  source: 'GB/T 36344-2018 (accuracy: repetition)',
  needs: [],
  uses: ['telemetry', 'ingest_batch', 'platform'],
  inputs: { table: duplicatesInput },
  queried: rateQueried(rate),
  result: rateResult(rate),

  query: (tables, { table }, context) => {
    const counting = {
      telemetry: sql`
        select platform_id, sum(copies) - count(*) as k, sum(copies) as n from cell group by platform_id, device_id`,
      batch: {
        k: sql`dup_exact::hugeint`,
        n: sql`window_records::hugeint`,
        judged: sql`dup_exact <= window_records`,
      },
    }
    return rateQuery(tables, rate, duplicateClusters(tables, table, counting, context))
  },

  derive: rows => rateDerived(rate, rows),

  headline: (rows, { table }) =>
    rateHeadline(rate, rows, duplicateTables(table), [
      [{ zh: '记录', en: 'Records' }, total(rows, 'records'), 'integer'],
      [{ zh: '多余的副本', en: 'Surplus copies' }, total(rows, 'duplicates'), 'integer'],
    ]),

  chart: rows => rateChart(rate, rows),

  details: {
    'duplicate-keys': {
      name: { zh: '重复的遥测', en: 'Repeated telemetry' },
      meaning: {
        zh: '每行一个重复出现的（设备，测点，时间，值），副本多者在前；文件与行号为其第一次出现之处。',
        en: 'One row a (device, metric, time, value) that stands more than once, most copies first; file and row are those of its first.',
      },
      result: {
        platform_id: 'text',
        device_id: 'text',
        metric: 'text',
        ts_event: 'timestamp',
        value_num: 'number',
        value_text: 'text',
        copies: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: tables => sql`
        select platform_id::varchar as platform_id, device_id::varchar as device_id, metric::varchar as metric, ts_event,
          value_num, value_text, count(*) as copies, first(file_id order by file_id, row_no) as file_id,
          first(row_no order by file_id, row_no) as row_no
        from ${tables.telemetry} group by 1, 2, 3, 4, 5, 6 having count(*) > 1
        order by copies desc, 1, 2, 3, 4, 5, 6`,
    },
    'duplicate-batches': {
      name: { zh: '含重复记录的批次', en: 'Batches with duplicates' },
      meaning: {
        zh: '每行一个报告了完全重复记录的批次，重复多者在前；“可判断”为否者重复数多于记录数或记录数未知，不参与计算。',
        en: 'One row a batch that reports exact duplicates, most first; one that is not judged reports more duplicates than records, or no records, and takes no part.',
      },
      result: {
        batch_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        window_start: 'timestamp',
        window_records: 'integer',
        dup_exact: 'integer',
        judged: 'boolean',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, _, context) => sql`
        select batch_id, platform_id, platform_name, source_id, window_start, window_records, dup_exact,
          coalesce(dup_exact <= window_records, false) as judged, file_id, row_no
        from ${windowRecords(tables, context)} left join ${platformNames(tables)} using (platform_id)
        where dup_exact > 0 order by dup_exact desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '同一设备、同一测点、同一时间、同一值的记录出现多次时，除第一条外都是多余的副本；本指标为多余副本占全部记录的比例。没有遥测时，用汇聚批次报告的完全重复记录数。',
      en: 'Where records of the same device, metric, time and value stand more than once, all but the first are surplus copies; this is their share of all records. Without telemetry, the exact duplicates that ingest batches report are taken.',
    },
    formula: String.raw`\begin{aligned} R &= 1 - \frac{\lvert \{ (k, v) \} \rvert}{n} \\ R_B &= \frac{\sum_b e_b}{\sum_b n_b} \end{aligned}`,
    symbols: {
      zh: '$R$：由遥测；$R_B$：由汇聚批次；$n$：遥测记录数；$k$：键（设备，测点，时间）；$v$：值；$e_b$：批次 $b$ 的完全重复记录数；$n_b$：批次 $b$ 窗口内的记录数',
      en: '$R$: from telemetry; $R_B$: from ingest batches; $n$: records of telemetry; $k$: key (device, metric, time); $v$: value; $e_b$: exact duplicates of batch $b$; $n_b$: records within the window of batch $b$',
    },
    source: {
      zh: '维度见 GB/T 36344-2018（准确性：数据重复率）；键与副本的定义为本软件约定；区间为比率估计（Cochran 1977，第 6 章）。',
      en: 'The dimension is that of GB/T 36344-2018 (accuracy: data repetition); key and copies are a convention of Assay; the interval is that of a ratio estimate (Cochran 1977, ch. 6).',
    },
    cautions: {
      zh: '设备按（平台，设备编号）区分。数值列与文本列都相同才是同一值，两列都空也视为相同；接收时间、质量、序号不参与比较。导入时已按键去重的文件看不出重复。批次的记录数取其窗口之内：累计计数器取实收数（未给出时取增量），其余取记录数（未给出时取实收数）；累计计数器不经时间不可能的批次（判定同日均汇聚量 AGG-01）取差，其余计数与次序无关，照计；重复数多于记录数、或两数缺一的批次不参与，所占比例见“所依据的占比”。批次只给出总数，无法核实。同一设备（数据源）的重复往往成串出现，故区间以设备（数据源）为整群；只有一个整群或没有差异时不给区间。省份筛选经由设备或平台起作用。',
      en: 'Devices go by (platform, device id). A value is the same where both its number and its text are, two absent ones included; ingest time, quality and sequence number are not compared. A file whose import already refused repeated keys shows none. A batch’s records are those within its window: as received for a cumulative counter (else its increment), as recorded for others (else as received); no counter is differenced through a batch with an impossible time (told as in daily volume, AGG-01), whose other counts do not hang on its place and stand; batches that report more duplicates than records, or lack either, take no part, and the share that does is given with the basis. Batches give totals that cannot be checked. Duplicates of one device (source) come in runs, so the interval takes devices (sources) as clusters; with a single cluster or no spread there is none. A province filter acts through the device or the platform.',
    },
  },
})
