import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { chiSquareTail, poissonMeanTime } from '../../statistics/statistics.ts'
import { clusteredRates } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { causeNames, deviceFailures, failureInputs, lateTime, positiveLimits } from '../failures.ts'
import { categoryField, numberField } from '../field.ts'
import { type Beside, basis, confidence, figure, headline, quotient, total } from '../headline.ts'
import { type Detail, indicator } from '../recipe.ts'
import { sessionRule } from '../session-words.ts'
import { shareBars, withLimits } from '../share-bars.ts'

/** The interval of fewer failures is so wide that no other bar could be read beside it. */
const fewestShown = 3

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  mtbf_hours: 'number',
  failures: 'integer',
  online_hours: 'number',
  devices: 'integer',
  ended_sessions: 'integer',
  known_ends: 'integer',
  unseen_failures: 'integer',
  all_failures: 'integer',
  all_online_hours: 'number',
  all_devices: 'integer',
  failure_rate: 'number',
  standard_error: 'number',
  dispersion_sum: 'number',
  late_online_hours: 'number',
} as const

const byDevice: Detail<typeof failureInputs> = {
  name: { zh: '故障最多的设备', en: 'Devices with most failures' },
  meaning: {
    zh: '一行为一台设备及其故障次数、在线小时与平均无故障时间；故障多的在前。',
    en: 'One row a device with its failures, hours online and mean time between failures; most failures first.',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    device_id: 'text',
    failures: 'integer',
    ended_sessions: 'integer',
    online_hours: 'number',
    mtbf_hours: 'number',
  },
  query: (tables, given) => sql`
    with ${deviceFailures(tables, given)}
    select platform_id, platform_name, device_id, failures, ended_sessions, up / 3.6e9 as online_hours,
      case when failures > 0 then up / 3.6e9 / failures end as mtbf_hours
    from device_failure left join ${platformNames(tables)} using (platform_id)
    order by failures desc, up, platform_id, device_id`,
}

const byCause: Detail<typeof failureInputs> = {
  name: { zh: '会话结束的原因', en: 'Why sessions ended' },
  meaning: {
    zh: '一行为一种原因及以此结束的会话数、其中计为故障的数目；多的在前。',
    en: 'One row a cause: the sessions that ended by it, and how many of those count as failures; the most frequent first.',
  },
  result: { end_cause: 'text', ended_sessions: 'integer', failures: 'integer' },
  query: (tables, given) => sql`
    with ${deviceFailures(tables, given)}
    select cause as end_cause, count(*) as ended_sessions, count(*) filter (is_failure and is_seen) as failures
    from session_end group by cause order by ended_sessions desc, end_cause`,
  chart: rows => ({
    layers: [
      {
        mark: 'bar',
        x: numberField('ended_sessions', { zh: '结束的会话', en: 'Sessions ended' }, 'integer'),
        y: categoryField('end_cause', { zh: '结束原因', en: 'Cause' }, { labels: causeNames }),
      },
    ],
    rows,
  }),
}

export default indicator({
  id: 'CON-05',
  version: 1,
  name: { zh: '连接平均无故障时间', en: 'Connection MTBF' },
  unit: 'h',
  source: 'reliability theory',
  needs: ['conn_event'],
  uses: ['device', 'platform'],
  inputs: failureInputs,
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, given) => sql`
    with ${deviceFailures(tables, given)}, ${lateTime(given)},
      ${clusteredRates(sql`(select platform_id, failures as k, up as n from device_failure)`)},
      everything as (
        select sum(failures) as all_failures, sum(up)::double as all_up, count(*) filter (up > 0) as all_devices from device_failure
      ), dispersion as (
        select sum(power(failures - up * (all_failures / all_up), 2) / (up * (all_failures / all_up))) as dispersion_sum
        from device_failure, everything where up > 0 and all_failures > 0
      ), summed as (
        select platform_id, sum(failures) as failures, sum(up)::double as up, count(*) as devices,
          sum(ended_sessions) as ended_sessions, sum(known_ends) as known_ends, sum(unseen_failures) as unseen_failures
        from device_failure group by platform_id
      )
    select platform_id, platform_name, case when failures > 0 then up / 3.6e9 / failures end as mtbf_hours, failures,
      up / 3.6e9 as online_hours, summed.devices as devices, ended_sessions, known_ends, unseen_failures, all_failures,
      all_up / 3.6e9 as all_online_hours, all_devices, all_failures / nullif(all_up / 3.6e9, 0) as failure_rate,
      overall.standard_error * 3.6e9 as standard_error, dispersion_sum, late_online_hours
    from summed left join ${platformNames(tables)} using (platform_id) left join overall on true, everything, dispersion, late
    order by mtbf_hours nulls last, up desc, platform_id`,

  derive: rows =>
    withLimits(rows, row => poissonMeanTime(asNumber(row.online_hours) ?? 0, asNumber(row.failures) ?? 0)),

  headline: rows => {
    const hours = figure(rows, 'all_online_hours') ?? 0
    const failures = figure(rows, 'all_failures') ?? 0
    const mean = poissonMeanTime(hours, failures)
    return headline(
      mean?.value ?? null,
      [hours > 0 ? 'conn_event.reason_class' : 'conn_event'],
      besides(rows),
      {
        interval: confidence(mean, {
          zh: '泊松过程的 χ² 区间（Garwood）',
          en: 'Chi-square of a Poisson process (Garwood)',
        }),
        basis: basis(
          total(rows, 'known_ends'),
          { zh: '原因已知的会话结束', en: 'ends of sessions with a known reason' },
          total(rows, 'ended_sessions'),
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const judged = rows.filter(row => (asNumber(row.failures) ?? 0) >= fewestShown)
    const failing = rows.filter(row => (asNumber(row.failures) ?? 0) > 0)
    const chart = shareBars(judged.length > 0 ? judged : failing, {
      value: numberField(
        'mtbf_hours',
        { zh: '平均无故障时间', en: 'Mean time between failures' },
        'decimal',
        {
          zh: '小时',
          en: 'h',
        },
      ),
      overall: quotient(figure(rows, 'all_online_hours') ?? 0, figure(rows, 'all_failures') ?? 0),
      platforms: { zh: '平台（平均无故障时间短的在前）', en: 'platforms, by MTBF, the shortest first' },
    })
    const left = judged.length > 0 ? rows.length - judged.length : 0
    if (left === 0) return chart
    const [zh, en] = [chart.note ? `${chart.note.zh}；` : '', chart.note ? `${chart.note.en}. ` : '']
    return {
      ...chart,
      note: {
        zh: `${zh}故障不足 ${fewestShown} 次的 ${left} 个平台只列于表中`,
        en: `${en}Platforms with fewer than ${fewestShown} failures (${left}) are in the table only`,
      },
    }
  },

  details: { devices: byDevice, causes: byCause },

  explanation: {
    meaning: {
      zh: '设备在线的总小时除以其间非计划断连的次数：平均每在线多少小时断一次。非计划断连指心跳超时、连接丢失、错误与标识冲突。',
      en: 'The hours that devices were online in all, divided by the unplanned ends of their sessions: how long a connection holds on the mean until it breaks. Unplanned are a keepalive timeout, a lost connection, an error and a duplicate client id.',
    },
    formula: String.raw`\mathrm{MTBF} = \frac{U}{r}, \qquad U = \sum_d U_d, \qquad \left[ \frac{2U}{\chi^2_{0.975,\,2r+2}},\; \frac{2U}{\chi^2_{0.025,\,2r}} \right], \qquad D = \frac{1}{m-1} \sum_d \frac{(r_d - U_d\, r / U)^2}{U_d\, r / U}`,
    symbols: {
      zh: '$U_d$：设备 $d$ 在线的小时；$r_d$：其非计划断连次数；$r$：全部非计划断连；$\\chi^2_{p,k}$：自由度 $k$ 的卡方分布的 $p$ 分位数；$m$：有在线时间的设备数；$D$：离散度，泊松过程下约为 1',
      en: '$U_d$: hours online of device $d$; $r_d$: its unplanned disconnects; $r$: all of them; $\\chi^2_{p,k}$: quantile $p$ of the chi-square distribution with $k$ degrees of freedom; $m$: devices with time online; $D$: dispersion, about 1 for a Poisson process',
    },
    source: {
      zh: '可靠性理论：定时截尾试验的指数分布估计（IEC 60605-4；Garwood, 1936, Biometrika 28:437）；以设备为整群的区间按比率估计（Cochran, 1977）在对数尺度上计算。',
      en: 'Reliability theory: the exponential estimate of a time-terminated test (IEC 60605-4; Garwood 1936, Biometrika 28:437); the interval with devices as clusters is that of a ratio (Cochran 1977) on the log scale.',
    },
    cautions: {
      zh: `区间假定故障率恒定、各设备相同且故障彼此独立。离散度远大于 1（p 值很小）时该假定不成立，区间过窄，应看旁列的以设备为整群的区间；每台设备的期望故障不足 1 次时该检验只是近似。没有非计划断连时不给出数值，只给出下限：没有观察到故障不等于永不故障。原因未知、其他以及未见断开即重连的结束默认不计为故障，若其中有真正的掉线，数值偏大；两者均可改为计入。在线时间为设备被观察（起讫同时间加权可用率 CON-04：激活或首次连接至退役）且与时间段相交的部分，重叠会话只计一次；长度为 0 的会话的非计划断连也计在内，没有在线时间的设备不参与离散度，也不参与以设备为整群的标准误（该区间仍以全部的 非计划断连 ÷ 在线小时 为中心）；两次断开之间未见连接的时段状态未知，默认其时间与结束它的断连都不计入，也不在“依据”的次数中（非计划的列在旁边）。窗口起点已在线、终点仍在线的会话计入时间。掉线的断开事件最多晚到 1.5 倍保活时间，填写保活时间后并列校正值。${sessionRule.zh}`,
      en: `The interval takes the rate for constant, the same for all devices, and failures for independent. Where the dispersion lies far above 1 (a small p) that does not hold and the interval is too narrow: read the one with devices as clusters beside it; with less than one expected failure a device the test is rough. Without any unplanned disconnect there is no value, only a lower limit: no failure seen is not none ever. Ends of other or unknown reason, and reconnects without a disconnect, are not failures by default, so the value is too high where losses are among them; both can be counted. Time online is that in which a device is observed (as for CON-04: from activation or first connect to retirement), cut by the period; sessions that overlap count once. The unplanned end of a session of length 0 counts too; devices without time online take no part in the dispersion, nor in the standard error with devices as clusters (whose interval lies about the rate of all). The state between two disconnects without a connect is unknown: by default neither that time nor the disconnect that ends it counts, nor does what the value rests on hold it (unplanned ones stand beside). Sessions open at the window’s beginning or end do count with their time. Disconnects of lost links come up to 1.5 keepalives late: with a keepalive given, the corrected value stands beside. ${sessionRule.en}`,
    },
  },
})

function besides(rows: readonly Row[]): readonly Beside[] {
  const [hours, failures] = [figure(rows, 'all_online_hours') ?? 0, figure(rows, 'all_failures') ?? 0]
  const mean = poissonMeanTime(hours, failures)
  const rates = positiveLimits({
    value: figure(rows, 'failure_rate'),
    standardError: figure(rows, 'standard_error'),
    units: figure(rows, 'all_devices') ?? 0,
  })
  const squares = figure(rows, 'dispersion_sum')
  const freedom = (figure(rows, 'all_devices') ?? 0) - 1
  const tested = squares !== null && freedom > 0
  const late = figure(rows, 'late_online_hours')
  return [
    [{ zh: '在线小时', en: 'Hours online' }, hours, 'decimal'],
    [{ zh: '非计划断连', en: 'Unplanned disconnects' }, failures, 'integer'],
    [
      { zh: '至少（95% 区间下限，小时）', en: 'At least (h; lower limit of the 95 % interval)' },
      mean?.low ?? null,
      'decimal',
    ],
    [
      { zh: '以设备为整群的 95% 下限（小时）', en: 'Lower 95 % limit, devices as clusters (h)' },
      rates && 1 / rates.high,
      'decimal',
    ],
    [
      { zh: '以设备为整群的 95% 上限（小时）', en: 'Upper 95 % limit, devices as clusters (h)' },
      rates && 1 / rates.low,
      'decimal',
    ],
    [
      { zh: '设备间离散度（泊松为 1）', en: 'Dispersion over devices (1: Poisson)' },
      tested ? squares / freedom : null,
      'decimal',
    ],
    [
      { zh: '泊松假定的 p 值', en: 'p of the Poisson assumption' },
      tested ? chiSquareTail(squares, freedom) : null,
      'decimal',
    ],
    [
      {
        zh: '状态未知时段之后的非计划断连（不计）',
        en: 'Unplanned disconnects after unknown time (left out)',
      },
      total(rows, 'unseen_failures'),
      'integer',
    ],
    [
      { zh: '掉线提前 1.5 倍保活时间后', en: 'With lost links 1.5 keepalives earlier' },
      late === null ? null : quotient(late, failures),
      'decimal',
    ],
  ]
}
