import { sql } from '../../sql/sql.ts'
import { counterFalls, counterInputs, counterRates } from '../counter-steps.ts'
import { platformNames } from '../device-group.ts'
import { figure, total } from '../headline.ts'
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
import { besideFaults } from '../sound-batches.ts'

const rate: RecordRate = {
  ...{ part: 'counter_resets', whole: 'samples', share: 'reset_rate' },
  title: { zh: '计数器复位率', en: 'Counter-reset rate' },
  of: { zh: '个累计序列样本', en: 'samples of cumulative series' },
  batchColumns: ['ingest_batch.counter_kind', 'ingest_batch.bytes'],
  counts: ['counters', 'wraps', 'clock_faults'],
}

export default indicator({
  id: 'AGG-10',
  version: 2,
  name: { zh: '计数器复位率', en: 'Counter-reset rate' },
  unit: 'percent',
  source: 'OpenTelemetry temporality',
  needs: [],
  uses: ['ingest_batch', 'telemetry', 'platform'],
  inputs: counterInputs,
  queried: rateQueried(rate),
  result: rateResult(rate),

  query: (tables, inputs, context) => rateQuery(tables, rate, counterRates(tables, inputs, context)),

  derive: rows => rateDerived(rate, rows),

  headline: (rows, { table }) =>
    rateHeadline(rate, rows, missing[table] ?? [], [
      [{ zh: '样本', en: 'Samples' }, total(rows, 'samples'), 'integer'],
      [{ zh: '复位', en: 'Resets' }, total(rows, 'counter_resets'), 'integer'],
      [{ zh: '回绕（不计为复位）', en: 'Wraps (no resets)' }, figure(rows, 'wraps'), 'integer'],
      [{ zh: '累计序列', en: 'Cumulative series' }, figure(rows, 'counters'), 'integer'],
      ...besideFaults(rows),
    ]),

  chart: rows => rateChart(rate, rows),

  details: {
    resets: {
      name: { zh: '复位与回绕', en: 'Resets and wraps' },
      meaning: {
        zh: '每行一个低于前值的样本，复位在前、跌幅大者在前。',
        en: 'One row a value below the one before it; resets first, the deepest falls first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        unit_id: 'text',
        metric: 'text',
        sample_time: 'timestamp',
        previous: 'number',
        value: 'number',
        fall_kind: 'text',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, inputs, context) => sql`
        with ${counterFalls(tables, inputs, context)}
        select platform_id, platform_name, unit_id, metric, sample_time, previous, value, fall_kind, file_id, row_no
        from fall left join ${platformNames(tables)} using (platform_id)
        order by fall_kind, previous / 2 - value / 2 desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '累计序列的样本中，低于前一样本（即计数器被复位）者所占的比例。复位频繁说明采集程序重启、设备断电或计数器配置有误，复位之间的量会漏计。',
      en: 'Of the samples of cumulative series, the share that lie below the sample before them, as a counter does that was reset. Frequent resets tell of restarting collectors, power cuts or wrong counters, and what came just before a reset goes uncounted.',
    },
    formula: String.raw`R = \frac{\sum_s \lvert \{ i : x_{s,i} < x_{s,i-1} \} \setminus W_s \rvert}{\sum_s n_s}`,
    symbols: {
      zh: '$s$：一个累计序列；$x_{s,i}$：按时间排列的第 $i$ 个样本；$W_s$：回绕；$n_s$：样本数（含第一个）',
      en: '$s$: a cumulative series; $x_{s,i}$: its sample $i$ in order of time; $W_s$: its wraps; $n_s$: its number of samples, the first one included',
    },
    source: {
      zh: '累计与复位的含义同 OpenTelemetry 的时间性（temporality）；分母含首样本，回绕的判定与遥测中计数器的识别为本软件约定；区间为比率估计（Cochran 1977，第 6 章）。',
      en: 'Cumulative and reset as in OpenTelemetry’s temporality; that first samples count, how a wrap is told and how counters are found in telemetry are conventions of Assay; the interval is that of a ratio estimate (Cochran 1977, ch. 6).',
    },
    cautions: {
      zh: '默认用注明为累计的汇聚批次：每个（平台，数据源）取字节数，从不给出字节数的取记录数；按窗口开始、窗口结束、批次编号排序；时间不可能的批次（判定同日均汇聚量 AGG-01）次序不明，不计，个数列在旁边。没有此类批次时用遥测：（设备，测点）的值从不为负、变化步数达到下限（默认 10）且其中至少 95% 为上升的，视为累计序列；同一时间的多个值由小到大排。据此，复位过于频繁的计数器不会被识别，遥测得出的比例因而偏低；单调上升的普通测点可能被误认。序列最大值低于 2¹⁶（2³²），且由 2¹⁶（2³²）的九成以上跌到其一成以下，视为 16（32）位回绕，不计为复位，数目列在旁边。两次样本之间复位后又超过前值的看不出来。采样越密比例越低，不同采样周期之间不宜比较。时间错乱会造成假的下降（参见时钟异常占比 CON-13）。时期筛选使范围内的第一个样本没有前值。区间以数据源（设备）为整群；没有差异时不给区间。',
      en: 'By default from ingest batches marked as cumulative: each (platform, source) by its bytes, or by its records where it never gives bytes, in order of window start, window end and batch id; those with an impossible time (told as in daily volume, AGG-01) have no known place and are left out, their number stands beside. Without such batches from telemetry: a (device, metric) counts as cumulative where it is never negative, changes in enough steps (10 by default), and 95 % of these go up; values of one time stand in ascending order. Counters that are reset too often are thus not recognised, so the rate from telemetry errs downwards, and a metric that merely rises may be taken for a counter. Where a series stays below 2¹⁶ (2³²), a fall from nine tenths of that limit or more to less than one tenth of it is a wrap of 16 (32) bits and no reset; their number stands beside. A counter that was reset and passed its former value between two samples does not show. Denser samples make a lower rate: compare like sampling periods alone. Disordered clocks make false falls (see the clock-fault share, CON-13). A period filter leaves the first sample in it without one before. The interval takes sources (devices) as clusters; without any spread there is none.',
    },
  },
})

const missing: Readonly<Record<string, readonly string[]>> = {
  auto: ['ingest_batch.counter_kind', 'telemetry.value_num'],
  ingest_batch: ['ingest_batch'],
  telemetry: ['telemetry.value_num'],
}
