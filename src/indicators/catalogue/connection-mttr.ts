import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { clusteredRates, estimateIn } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { positiveLimits } from '../failures.ts'
import { numberField } from '../field.ts'
import { type Beside, basis, confidence, figure, headline } from '../headline.ts'
import { curvePoints, curveSummary, lifetimeCurves, restrictedMeans } from '../lifetimes.ts'
import { outageInputs, outages } from '../outages.ts'
import { type Detail, indicator } from '../recipe.ts'
import { sessionRule } from '../session-words.ts'
import { intervalName, shareBars, withLimits } from '../share-bars.ts'
import { withinPeriod } from '../within-period.ts'

const hour = 3.6e9

/** Completed outages as units of a ratio of sums over devices. */
const perDevice = sql`(
      select platform_id, sum(length)::double as k, count(*) as n from outage where state = 'completed'
      group by platform_id, device_id
    )`

const platformColumns = {
  platform_id: 'text',
  platform_name: 'text',
  mttr_hours: 'number',
  standard_error: 'number',
  completed_outages: 'integer',
  devices: 'integer',
  all_mttr_hours: 'number',
} as const

const byPlatform: Detail<typeof outageInputs> = {
  name: { zh: '按平台', en: 'By platform' },
  meaning: {
    zh: '一行为一个平台的平均恢复时间及以设备为整群的 95% 区间；恢复慢的在前。',
    en: 'One row a platform: its mean time to restore with the 95 % interval that takes devices as clusters; the slowest first.',
  },
  queried: platformColumns,
  result: { ...platformColumns, low: 'number', high: 'number' },
  query: (tables, inputs) => sql`
    with ${outages(tables, inputs)}, ${clusteredRates(perDevice)}
    select platform_id, platform_name, by_platform.rate / ${hour} as mttr_hours,
      by_platform.standard_error / ${hour} as standard_error, by_platform.n::bigint as completed_outages,
      by_platform.devices as devices, overall.rate / ${hour} as all_mttr_hours
    from by_platform left join ${platformNames(tables)} using (platform_id), overall
    order by mttr_hours desc, platform_id`,
  derive: rows => withLimits(rows, row => limitsOf(row, 'mttr_hours', 'devices')),
  chart: rows =>
    shareBars(rows, {
      value: numberField('mttr_hours', { zh: '平均恢复时间', en: 'Mean time to restore' }, 'decimal', {
        zh: '小时',
        en: 'h',
      }),
      overall: figure(rows, 'all_mttr_hours'),
      platforms: { zh: '平台（恢复慢的在前）', en: 'platforms, the slowest to restore first' },
    }),
}

const longest: Detail<typeof outageInputs> = {
  name: { zh: '中断', en: 'Outages' },
  meaning: {
    zh: '一行为一次中断：起止、起因与小时；state 为 completed（已恢复）、open（未恢复，小时数算到观察结束）或 unseen（恢复时刻未见，不计）；长的在前。',
    en: 'One row an outage: from when to when, its cause and hours; `completed`, `open` (hours up to the end of what was observed) or `unseen` (when it was restored was not seen; left out); the longest first.',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    device_id: 'text',
    began: 'timestamp',
    ended: 'timestamp',
    end_cause: 'text',
    state: 'text',
    outage_hours: 'number',
  },
  query: (tables, inputs) => sql`
    with ${outages(tables, inputs)}
    select platform_id, platform_name, device_id, began, ended, cause as end_cause, state, length / ${hour} as outage_hours
    from outage left join ${platformNames(tables)} using (platform_id)
    order by outage_hours desc nulls last, platform_id, device_id, began, end_cause`,
}

export default indicator({
  id: 'CON-06',
  version: 1,
  name: { zh: '平均恢复时间', en: 'Connection MTTR' },
  unit: 'h',
  source: 'reliability theory',
  needs: ['conn_event'],
  uses: ['device', 'platform'],
  inputs: outageInputs,
  result: {
    hours: 'number',
    survival: 'number',
    low: 'number',
    high: 'number',
    at_risk: 'integer',
    marked: 'integer',
    shown_hours: 'number',
    all_mttr_hours: 'number',
    standard_error: 'number',
    all_devices: 'integer',
    completed_outages: 'integer',
    open_outages: 'integer',
    unseen_outages: 'integer',
    ended_sessions: 'integer',
    late_mttr_hours: 'number',
    median_hours: 'number',
    restricted_hours: 'number',
    restricted_to_hours: 'number',
  },

  query: (tables, inputs) => sql`
    with ${outages(tables, inputs)}, ${clusteredRates(perDevice)}, life as (
        select '' as grp, 0::bigint as entry, length as finish, state = 'completed' as is_event from outage where state <> 'unseen'
      ), ${lifetimeCurves}, ${curveSummary(inputs.horizon * hour)}, ${restrictedMeans(inputs.horizon * hour)},
      ${curvePoints(hour)}, counted as (
        select count(*) filter (state = 'completed') as completed_outages, count(*) filter (state = 'open') as open_outages,
          count(*) filter (state = 'unseen') as unseen_outages,
          (sum(length) filter (state = 'completed'))::double as down,
          (sum(length + lag) filter (state = 'completed'))::double as late_down
        from outage
      ), ends as (
        select count(*) as ended_sessions from told join device_watch using (platform_id, device_id)
        where not is_open and ended between entered and left_at and ${withinPeriod(sql`ended`, tables)}
      )
    select moment / ${hour} as hours, survival, curve_point.low as low, curve_point.high as high, at_risk, marked,
      shown_until / ${hour} as shown_hours,
      case when completed_outages > 0 then down / ${hour} / completed_outages end as all_mttr_hours,
      overall.standard_error / ${hour} as standard_error, overall.devices as all_devices, completed_outages, open_outages,
      unseen_outages, ended_sessions,
      case when completed_outages > 0 and ${inputs.keepalive > 0} then late_down / ${hour} / completed_outages end as late_mttr_hours,
      median / ${hour} as median_hours, restricted_mean / ${hour} as restricted_hours,
      restricted_to / ${hour} as restricted_to_hours
    from counted, ends, shown left join curve_point on true left join overall on true left join curve_summary on true
      left join curve_mean on true
    order by hours, marked nulls first`,

  headline: rows => {
    const completed = figure(rows, 'completed_outages') ?? 0
    const begun = completed + (figure(rows, 'open_outages') ?? 0) + (figure(rows, 'unseen_outages') ?? 0)
    return headline(figure(rows, 'all_mttr_hours'), missingOf(rows, begun), besides(rows, completed), {
      interval: confidence(limitsOf(rows[0], 'all_mttr_hours', 'all_devices'), {
        zh: '以设备为整群的比率估计，对数尺度，t 分布',
        en: 'Ratio estimate with devices as clusters, log scale, Student’s t',
      }),
      basis: basis(completed, { zh: '已恢复的中断', en: 'completed outages' }, begun),
    })
  },

  chart: (rows): Chart => {
    const shown = rows.filter(
      row =>
        asNumber(row.survival) !== null && (asNumber(row.hours) ?? 0) <= (asNumber(row.shown_hours) ?? 0),
    )
    const x = numberField('hours', { zh: '断连后', en: 'Since the disconnect' }, 'decimal', {
      zh: '小时',
      en: 'h',
    })
    return {
      layers: [
        {
          mark: 'band',
          x,
          low: numberField('low', intervalName, 'percent'),
          high: numberField('high', intervalName, 'percent'),
          step: true,
        },
        {
          mark: 'line',
          x,
          y: numberField('survival', { zh: '尚未恢复的中断', en: 'Outages not yet restored' }, 'percent'),
          step: true,
        },
        { mark: 'count', x, n: numberField('marked', { zh: '尚在观察', en: 'At risk' }, 'integer') },
      ],
      rows: shown,
    }
  },

  details: { 'by-platform': byPlatform, outages: longest },

  explanation: {
    meaning: {
      zh: '非计划断连之后，平均多久设备重新连上：已恢复的中断的总时长除以其次数。图为中断持续时间的 Kaplan–Meier 曲线，尚未恢复的按删失计入。',
      en: 'How long after an unplanned disconnect devices are back on the mean: the length of completed outages in all, divided by their number. The figure is the Kaplan–Meier curve of their length, in which outages that are still open count as censored.',
    },
    formula: String.raw`\mathrm{MTTR} = \frac{1}{c} \sum_{i=1}^{c} (s_i - e_i), \qquad \hat{\mu}_\tau = \int_0^{\tau} \hat{S}(t)\, dt, \qquad \hat{S}(t) = \prod_{t_j \le t} \left( 1 - \frac{d_j}{n_j} \right)`,
    symbols: {
      zh: '$e_i$：中断 $i$ 的非计划断连时刻；$s_i$：同一设备其后的连接时刻；$c$：已恢复的中断数；$d_j$：在 $t_j$ 恢复的中断数；$n_j$：在 $t_j$ 之前尚未恢复且仍在观察的中断数；$\\tau$：限制均值的上限',
      en: '$e_i$: the unplanned disconnect of outage $i$; $s_i$: the next connect of the same device; $c$: completed outages; $d_j$: outages restored at $t_j$; $n_j$: outages open and observed just before $t_j$; $\\tau$: up to where the mean is restricted',
    },
    source: {
      zh: '可靠性理论；限制均值与 Kaplan–Meier 曲线见 Klein & Moeschberger (2003) 第 4 章；区间以设备为整群（Cochran, 1977）。',
      en: 'Reliability theory; for the restricted mean and the Kaplan–Meier curve Klein & Moeschberger (2003), chapter 4; the interval takes devices as clusters (Cochran 1977).',
    },
    cautions: {
      zh: `只对已恢复的中断求平均，会漏掉最长的、至今未恢复的中断，因而偏低；未恢复的越多偏差越大，此时应看旁列的限制均值：它把未恢复的按删失计入，但只算到所选上限或最长的观察为止。删失假定未恢复的中断与其他中断同类；已报废而未登记退役的设备会使曲线拖尾。只计在时间段内开始的中断，时间段之后的恢复视为未见，中断算到时间段或观察窗的终点；设备退役（设备清单中的时间，没有则为原因是 retired 的末次断开；其后仍有连接或断开的，以其为准）处截止。默认只计心跳超时、连接丢失、错误与标识冲突之后的中断，计划内断连与原因未知者不计，可改。未见断开即重连的没有可知的时长，不计；再次断开才显示曾恢复的，恢复时刻未知，不计并列数。同一设备另有会话未断时不算中断。掉线的断开事件最多晚到 1.5 倍保活时间，中断实际更早开始：填写保活时间后并列校正值。均值受少数极长中断左右，请与中位数一并看。同一设备的中断彼此相关，区间以设备为单位，只有一台设备时不给区间；图中的区间带把各次中断视为独立，可能过窄。${sessionRule.zh}`,
      en: `A mean over completed outages leaves out the longest, those still open, and is too low, the more so the more are open. Read the restricted mean beside it then: it counts them as censored, but only up to the limit chosen or the longest time observed. Censoring takes open outages for outages like the others; devices scrapped without a retirement draw out the tail. Outages count that began in the period; a return after it is taken as not seen, and the outage as open to the end of the period or of the platform’s window; a retirement (the time in the device list, else a last disconnect with the reason “retired”; connects and disconnects after it tell that the device was there) ends what is observed. By default those after a keepalive timeout, a lost connection, an error or a duplicate client id count, not those after planned disconnects or of unknown reason; this can be chosen. A reconnect without a disconnect has no length that can be known and is left out; where only another disconnect shows that the device had been back, the time of its return is unknown: such outages are left out and their number stands beside. A device with another session open is not out. Disconnects of lost links come up to 1.5 keepalives late, so outages began earlier: with a keepalive given, the corrected value stands beside. A few very long outages rule a mean; read it with the median. Outages of one device are alike, so the interval takes devices as units, and there is none for a single device; the band of the figure takes outages for independent and may be too narrow. ${sessionRule.en}`,
    },
  },
})

function limitsOf(row: Row | undefined, value: string, devices: string) {
  const { rate, ...spread } = estimateIn(row, value, 'standard_error', devices)
  return positiveLimits({ value: rate, ...spread })
}

/** Sessions that end, none of them in an outage, lack a reason; outages that are all open, a return. */
function missingOf(rows: readonly Row[], begun: number): readonly string[] {
  const isReasonMissing = begun === 0 && (figure(rows, 'ended_sessions') ?? 0) > 0
  return [isReasonMissing ? 'conn_event.reason_class' : 'conn_event']
}

function besides(rows: readonly Row[], completed: number): readonly Beside[] {
  return [
    [{ zh: '已恢复的中断', en: 'Completed outages' }, completed, 'integer'],
    [{ zh: '尚未恢复的中断', en: 'Open outages' }, figure(rows, 'open_outages'), 'integer'],
    [
      { zh: '恢复时刻未见的中断（不计）', en: 'Outages whose end was not seen (left out)' },
      figure(rows, 'unseen_outages'),
      'integer',
    ],
    [
      { zh: '中位数（小时，含未恢复的）', en: 'Median (h), open ones too' },
      figure(rows, 'median_hours'),
      'decimal',
    ],
    [
      { zh: '限制均值（小时，含未恢复的）', en: 'Restricted mean (h), open ones too' },
      figure(rows, 'restricted_hours'),
      'decimal',
    ],
    [{ zh: '限制均值算到（小时）', en: 'Restricted to (h)' }, figure(rows, 'restricted_to_hours'), 'decimal'],
    [
      { zh: '掉线提前 1.5 倍保活时间后', en: 'With lost links 1.5 keepalives earlier' },
      figure(rows, 'late_mttr_hours'),
      'decimal',
    ],
  ]
}
