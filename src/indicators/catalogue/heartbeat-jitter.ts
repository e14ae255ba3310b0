import type { Chart } from '../../domain/chart.ts'
import { asNumber } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { boxNote, categoryField, firstOf, mostBars, numberField, platformField } from '../field.ts'
import { basis, confidence, figure, headline, total } from '../headline.ts'
import { heartbeatInputs, heartbeats } from '../heartbeats.ts'
import { medianLimits, medianMethod } from '../median-interval.ts'
import { indicator } from '../recipe.ts'

const jitter = (field: string, zh: string, en: string) => numberField(field, { zh, en }, 'decimal')

export default indicator({
  id: 'CON-11',
  version: 1,
  name: { zh: '心跳抖动', en: 'Heartbeat jitter' },
  unit: 'ratio',
  source: 'Assay',
  needs: [],
  uses: ['telemetry', 'conn_event', 'device', 'platform'],
  inputs: {
    ...heartbeatInputs,
    by: {
      kind: 'choice',
      name: { zh: '分组', en: 'Group by' },
      choices: { platform: { zh: '平台', en: 'Platform' }, product: { zh: '产品', en: 'Product' } },
      default: 'platform',
    },
  },
  result: {
    group: 'text',
    platform_name: 'text',
    heard_devices: 'integer',
    judged_devices: 'integer',
    intervals: 'integer',
    median_interval_s: 'number',
    jitter_p05: 'number',
    jitter_p25: 'number',
    jitter_p50: 'number',
    jitter_p75: 'number',
    jitter_p95: 'number',
    overall_jitter: 'number',
    low: 'number',
    high: 'number',
    table_name: 'text',
    all_records: 'integer',
    timed_records: 'integer',
  },

  query: (tables, inputs) => sql`
    with ${heartbeats(tables, inputs)}, ${medianLimits(sql`(select jitter as value from heart)`)}, known as (
      select distinct on (platform_id, device_id) platform_id::varchar as platform_id,
        device_id::varchar as device_id, product::varchar as product
      from ${tables.device} order by product
    ), placed as (
      select heart.*, ${inputs.by === 'product' ? sql`product` : sql`platform_id`} as "group"
      from heart left join known using (platform_id, device_id)
    ), grouped as (
      select "group", count(*) as heard_devices, count(jitter) as judged_devices, sum(intervals) as intervals,
        median(interval_s) as median_interval_s,
        quantile_cont(jitter, [0.05, 0.25, 0.5, 0.75, 0.95]) as q
      from placed group by "group"
    )
    select "group", platform_name, heard_devices, judged_devices, intervals, median_interval_s,
      q[1] as jitter_p05, q[2] as jitter_p25, q[3] as jitter_p50, q[4] as jitter_p75, q[5] as jitter_p95,
      median as overall_jitter, low, high, table_name, records as all_records, timed_records
    from source cross join middle left join grouped on true
    left join ${platformNames(tables)} as named on named.platform_id = "group" and ${inputs.by === 'platform'}
    order by judged_devices desc nulls last, heard_devices desc, "group" nulls last`,

  headline: (rows, { table, clock }) => {
    const [heard, judged] = [total(rows, 'heard_devices'), total(rows, 'judged_devices')]
    const records = figure(rows, 'all_records') ?? 0
    const tables = table === 'auto' ? ['telemetry', 'conn_event'] : [table]
    return headline(
      figure(rows, 'overall_jitter'),
      records === 0 || heard > 0 ? tables : tables.map(name => `${name}.${clock}`),
      [
        [{ zh: '可判断的设备', en: 'Devices judged' }, judged, 'integer'],
        [{ zh: '有心跳的设备', en: 'Devices with heartbeats' }, heard, 'integer'],
        [{ zh: '心跳间隔', en: 'Intervals' }, total(rows, 'intervals'), 'integer'],
      ],
      {
        interval: confidence(limits(figure(rows, 'low'), figure(rows, 'high')), medianMethod),
        basis: basis(judged, { zh: '间隔数足够的设备', en: 'devices with enough intervals' }, heard),
      },
    )
  },

  chart: (rows, { by }): Chart => {
    const judged = rows.filter(row => asNumber(row.jitter_p50) !== null && row.group !== null)
    const shown = judged.slice(0, mostBars)
    const overall = figure(rows, 'overall_jitter')
    return {
      layers: [
        {
          mark: 'box',
          y:
            by === 'product'
              ? categoryField('group', { zh: '产品', en: 'Product' })
              : platformField('group', shown),
          low: jitter('jitter_p05', 'P5', 'P5'),
          lower: jitter('jitter_p25', 'P25', 'P25'),
          middle: jitter('jitter_p50', '心跳抖动', 'Heartbeat jitter'),
          upper: jitter('jitter_p75', 'P75', 'P75'),
          high: jitter('jitter_p95', 'P95', 'P95'),
        },
        ...(overall === null
          ? []
          : [{ mark: 'rule', axis: 'x', at: overall, name: { zh: '总体', en: 'Overall' } } as const]),
      ],
      rows: shown,
      ...boxNote(
        firstOf(
          shown.length,
          judged.length,
          by === 'product'
            ? { zh: '产品（按设备数从多到少）', en: 'products, by devices' }
            : { zh: '平台（按设备数从多到少）', en: 'platforms, by devices' },
        ),
      ),
    }
  },

  details: {
    devices: {
      name: { zh: '各设备的心跳抖动', en: 'Heartbeat jitter by device' },
      meaning: {
        zh: '一行为一台间隔数足够的设备，抖动最大的在前。',
        en: 'One row a device with enough intervals; the largest jitter first.',
      },
      result: {
        platform_id: 'text',
        device_id: 'text',
        intervals: 'integer',
        interval_s: 'number',
        jitter: 'number',
      },
      query: (tables, inputs) => sql`
        with ${heartbeats(tables, inputs)}
        select platform_id, device_id, intervals, interval_s, jitter from heart where jitter is not null
        order by jitter desc, platform_id, device_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '设备心跳间隔的相对离散程度：每台设备取其间隔的绝对中位差（乘以 1.4826，正态分布时即标准差）除以间隔的中位数，再取各设备的中位数。0 表示间隔完全均匀；0.1 表示间隔通常偏离其中位数约一成。',
      en: 'How unevenly devices send: of each device the median absolute deviation of its intervals (times 1.4826, the standard deviation of a normal distribution) over their median, and of these the median over devices. 0 is perfectly even; 0.1 says that intervals usually stray from their median by about a tenth.',
    },
    formula: String.raw`J = \operatorname{med}_d \frac{1.4826\, \operatorname{med}_i \bigl| x_{d,i} - \tilde{x}_d \bigr|}{\tilde{x}_d}, \qquad \tilde{x}_d = \operatorname{med}_i x_{d,i}`,
    symbols: {
      zh: String.raw`$d$：间隔数足够的设备；$x_{d,i}$：其第 $i$ 个心跳间隔，不跨会话；$\tilde{x}_d$：间隔的中位数；$J$：心跳抖动`,
      en: String.raw`$d$: devices with enough intervals; $x_{d,i}$: the $i$th interval between heartbeats of device $d$, within a session; $\tilde{x}_d$: their median; $J$: heartbeat jitter`,
    },
    source: {
      zh: '公式为本软件约定；绝对中位差及系数 1.4826 见 Rousseeuw 与 Croux（1993），J. Amer. Statist. Assoc. 88:1273–1283。区间见 Hahn 与 Meeker（1991），Statistical Intervals，5.2 节。',
      en: 'The formula is a convention of Assay; the MAD and its factor 1.4826: Rousseeuw & Croux (1993), J. Amer. Statist. Assoc. 88:1273–1283. Interval: Hahn & Meeker (1991), Statistical Intervals, 5.2.',
    },
    cautions: {
      zh: '心跳取自遥测；数据中完全没有遥测时才取活动事件，只要有一条遥测，仅有活动事件的设备即不在此列（可设）；同一设备同一时刻的多行（一条报文的多个测点）算一次。各测点采样周期不同的设备，其间隔混有几种周期，抖动偏大。默认用发生时间，它反映设备自身的节拍；接收时间还含网络与批量上传的影响，且不是每份导出都有。跨越连接或断开事件的间隔不计（同一时刻的连接视为先于心跳，断开视为后于心跳）；没有连接事件的导出无从区分会话，长时间中断按一个长间隔计，但中位数受其影响很小。周期性上报的设备才有“心跳”可言：按变化上报的设备抖动接近或超过 1，并非故障。间隔少于下限（默认 10）的设备不计，可判断的设备占比列在旁边；旁边的间隔数含这些设备的间隔。一半以上间隔完全相同的设备抖动为 0；时间精确到秒的导出会使小抖动成为 0。时期筛选会切断边界上的间隔。区间把设备看作彼此独立，不足 6 台时不给。',
      en: 'Heartbeats are telemetry, or activity events where the data have no telemetry at all: once there is any, devices with activity events alone have no heartbeat here (the input says which to take). Rows of a device at one instant (the metrics of one message) are one. Where metrics are sampled at different periods the intervals mix them and the jitter is too large. The event time is used by default: it shows the device’s own beat; the ingest time adds the network and uploads in batches, and not every export has it. Intervals across a connect or disconnect do not count (at one instant, a connect comes before a heartbeat and a disconnect after it); an export without such events does not tell sessions apart, and an outage is then one long interval, which moves a median little. Only devices that report periodically have a heartbeat: those that report on change come near 1 or above without any fault. Devices with fewer intervals than the least number (10) do not count, and the share that can be judged stands beside; the number of intervals beside includes theirs. A device of which more than half the intervals are equal has jitter 0; times given in whole seconds turn small jitter into 0. A period cuts intervals at its borders. The interval takes devices as independent, and there is none below six.',
    },
  },
})

function limits(low: number | null, high: number | null) {
  return low === null || high === null ? null : { low, high }
}
