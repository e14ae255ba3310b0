import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { availabilityInputs, availabilityUnits, lateAvailability, silentDevices } from '../availability.ts'
import { availabilityDetails } from '../availability-details.ts'
import { clusteredInterval, clusteredRates, estimateIn } from '../clustered.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { type Beside, basis, figure, headline, quotient } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { sessionRule } from '../session-words.ts'

/** A calendar of more weeks cannot be read. */
const mostWeeks = 53
const week = 7 * 86_400e6

const weekdays = {
  '1': { zh: '周一', en: 'Mon' },
  '2': { zh: '周二', en: 'Tue' },
  '3': { zh: '周三', en: 'Wed' },
  '4': { zh: '周四', en: 'Thu' },
  '5': { zh: '周五', en: 'Fri' },
  '6': { zh: '周六', en: 'Sat' },
  '7': { zh: '周日', en: 'Sun' },
} as const

export default indicator({
  id: 'CON-04',
  version: 1,
  name: { zh: '时间加权可用率', en: 'Availability (time-weighted)' },
  unit: 'percent',
  source: 'Practice of device platforms',
  needs: [],
  uses: ['conn_event', 'device_snapshot', 'device', 'platform'],
  inputs: availabilityInputs,
  result: {
    day: 'date',
    week: 'date',
    weekday: 'text',
    method: 'text',
    availability: 'number',
    online_hours: 'number',
    exposure_hours: 'number',
    all_online_hours: 'number',
    all_exposure_hours: 'number',
    unknown_hours: 'number',
    overall_availability: 'number',
    standard_error: 'number',
    all_devices: 'integer',
    device_mean: 'number',
    late_availability: 'number',
    silent_devices: 'integer',
    silent_hours: 'number',
  },

  query: (tables, inputs, { asOf }) => sql`
    with ${availabilityUnits(tables, inputs, asOf)},
      ${clusteredRates(sql`(select platform_id, up as k, exposure as n from judged_device)`)},
      ${lateAvailability(inputs)}, ${silentDevices(tables)},
      by_day as (
        select day, up, exposure from online_day, method where method = 'sessions'
        union all
        select day, coalesce(up, 0), exposure from snapshot_day, method where method = 'snapshots'
      ), mean as (select avg(up::double / exposure::double) as device_mean, sum(unknown)::double as unknown from judged_device)
    select day, date_trunc('week', day)::date as week, isodow(day)::varchar as weekday, method,
      (by_day.up::double / by_day.exposure::double) as availability,
      case when method = 'sessions' then by_day.up::double / 3.6e9 end as online_hours,
      case when method = 'sessions' then by_day.exposure::double / 3.6e9 end as exposure_hours,
      case when method = 'sessions' then k / 3.6e9 end as all_online_hours,
      case when method = 'sessions' then n / 3.6e9 end as all_exposure_hours,
      case when method = 'sessions' then mean.unknown / 3.6e9 end as unknown_hours,
      rate as overall_availability, standard_error, devices as all_devices, device_mean, late_availability,
      silent_devices, silent_hours
    from by_day, method, overall, mean, late, silent
    where by_day.exposure > 0 and n > 0
    order by day`,

  headline: rows => {
    const devices = figure(rows, 'all_devices') ?? 0
    return headline(figure(rows, 'overall_availability'), ['conn_event', 'device_snapshot'], besides(rows), {
      interval: clusteredInterval(
        estimateIn(rows[0], 'overall_availability', 'standard_error', 'all_devices'),
      ),
      basis: basis(
        devices,
        rows[0]?.method === 'snapshots'
          ? { zh: '有在线或离线快照的设备', en: 'devices with a snapshot online or offline' }
          : { zh: '有连接或断开事件的设备', en: 'devices with a connect or disconnect' },
        rows[0]?.method === 'snapshots' ? null : devices + (figure(rows, 'silent_devices') ?? 0),
      ),
    })
  },

  chart: (rows): Chart => {
    const last = asNumber(rows.at(-1)?.week) ?? 0
    const shown = rows.filter(given => (asNumber(given.week) ?? 0) > last - mostWeeks * week)
    return {
      layers: [
        {
          mark: 'cell',
          x: timeField('week', { zh: '周（起始日）', en: 'Week of' }),
          y: categoryField(
            'weekday',
            { zh: '星期', en: 'Weekday' },
            { labels: weekdays, order: Object.keys(weekdays) },
          ),
          colour: numberField('availability', { zh: '当日可用率', en: 'Availability of the day' }, 'percent'),
        },
      ],
      rows: shown,
      ...noteOf(rows, shown),
    }
  },

  details: availabilityDetails,

  explanation: {
    meaning: {
      zh: '设备在线的时间占其被观察时间的比例，全部设备的时间合计之后相除，因此观察越久的设备权重越大。在线时间取自由连接与断开事件推出的会话；没有此类事件的数据，改用状态快照的加权占比，并在图下注明。',
      en: 'The share of the time for which devices were observed that they were connected: times are summed over all devices and then divided, so a device weighs by how long it was observed. Time online comes from sessions, which are told from connects and disconnects; data without those is judged by the weighted share of snapshots, and the figure says so.',
    },
    formula: String.raw`A = \frac{\sum_d U_d}{\sum_d E_d}, \qquad \bar{A} = \frac{1}{n} \sum_d \frac{U_d}{E_d}, \qquad A_{\mathrm{snap}} = \frac{\sum_{d,j} w_j\, y_{dj}}{\sum_{d,j} w_j}`,
    symbols: {
      zh: String.raw`$A$：可用率；$U_d$：设备 $d$ 在观察窗内的在线时间；$E_d$：其观察时间，不含状态未知的时段；$\bar{A}$：设备的不加权平均；$n$：设备数；$y_{dj}$：设备 $d$ 在快照 $j$ 中在线为 1、离线为 0；$w_j$：快照 $j$ 所代表的时间`,
      en: String.raw`$A$: availability; $U_d$: time online of device $d$ within its window; $E_d$: time for which it was observed, without stretches of unknown state; $\bar{A}$: unweighted mean over devices; $n$: number of devices; $y_{dj}$: 1 where device $d$ is online in snapshot $j$, 0 where it is offline; $w_j$: time that snapshot $j$ stands for`,
    },
    source: {
      zh: '各设备平台的通行做法；区间为以设备为整群的比率估计（Cochran, 1977, Sampling Techniques 第 3 版，6.3 与 9A.3）。保活超时的晚报：AWS IoT Core 生命周期事件文档。',
      en: 'Practice of device platforms. Interval: ratio estimate with devices as clusters (Cochran 1977, Sampling Techniques, 3rd ed., 6.3 and 9A.3). Late keepalive timeouts: documentation of AWS IoT Core lifecycle events.',
    },
    cautions: {
      zh: `观察时间：平台的观察窗由其全部事件定出（见末段，不受其他筛选影响），再按时期裁剪。设备从激活（没有激活时间则从首次连接；先见断开的，当时已在线，从观察窗起点）观察到退役（设备清单中的退役时间，没有则为原因是 retired 的末次断开）；激活前或退役后仍有连接或断开的，以其为准。没有激活时间的设备多以一次连接开始，可用率因此略偏高；可改为所有设备（包括其后才激活的）都从观察窗起点算起。两次断开之间未见连接的时段状态未知，分子分母都不含，其占比（未知时间 ÷（观察 + 未知））列在旁边。未见断开而再次连接的会话按约定延续到再次连接，其间的离线看不到，可用率因此偏高。从未有连接或断开事件的已激活设备可能一直在线也可能一直离线，不在其中；台数与“若它们一直离线”的可用率列在旁边。心跳超时至多晚报 1.5 倍保活时间，在线时间因此偏长：填入保活时间即给出把心跳超时与连接丢失（keepalive、lost）的断开提前 1.5 倍（不早于会话开始）后的值，真值在两者之间。区间以设备为单位，假定设备彼此独立；网关或平台故障会使许多设备同时离线，区间因此偏窄；只有一台设备或全部相同时不给区间。快照方式：只用一种在线含义（有会话状态用之，否则用活跃状态，管理状态从不算），未知与从未连接不计；每次快照代表到前后相邻快照一半的时间，各平台平均权重为 1；两次快照之间的短暂离线看不到。日历按 UTC 划分日期。${sessionRule.zh}`,
      en: `Time observed: all events of a platform tell its window (see the end; whatever the other filters), which the period cuts. A device is observed from its activation (without one, from its first connect; where it begins with a disconnect, from the window’s beginning, as it was online then) to its retirement (the time in the device list, else its last disconnect if that has the reason “retired”); connects and disconnects before or after these tell that it was there. Devices without an activation time mostly begin with a connect, which raises availability a little; an input lets all devices begin with the window, those activated later too. Between two disconnects without a connect the state is unknown and counts on neither side; its share of the time observed or unknown stands beside. Where a device connects again without a disconnect, its session lasts, by convention, to that connect; the time it was down in between is not seen, which raises availability. Activated devices that never connected or disconnected may have been online, or offline, all the time and are left out; their number, and the availability had they all been offline, stand beside. A keepalive timeout is told up to 1.5 keepalives late, which lengthens the time online: set the keepalive and the value with all lost links (keepalive timeouts and lost connections) 1.5 keepalives earlier, but not before their session began, stands beside; the truth lies between. The interval takes devices as independent; a failing gateway or platform takes many down at once, and the interval is then too narrow. There is none for a single device or where all are alike. By snapshots: one kind of “online” alone (session where there is one, else activity, never administrative); unknown and never connected do not count; each snapshot stands for the time half way to its neighbours, with mean weight 1 on each platform; what happens between two snapshots is not seen. Days are those of UTC. ${sessionRule.en}`,
    },
  },
})

function besides(rows: readonly Row[]): readonly Beside[] {
  const [up, exposure] = [figure(rows, 'all_online_hours') ?? 0, figure(rows, 'all_exposure_hours')]
  const [unknown, silent] = [figure(rows, 'unknown_hours') ?? 0, figure(rows, 'silent_hours') ?? 0]
  const mean: Beside = [
    { zh: '设备的不加权平均', en: 'Unweighted mean over devices' },
    figure(rows, 'device_mean'),
    'percent',
  ]
  if (exposure === null) return [mean]
  return [
    mean,
    [
      { zh: '断线提前 1.5 倍保活时间后', en: 'With lost links 1.5 keepalives earlier' },
      figure(rows, 'late_availability'),
      'percent',
    ],
    [{ zh: '在线小时', en: 'Hours online' }, up, 'decimal'],
    [{ zh: '观察小时', en: 'Hours observed' }, exposure, 'decimal'],
    [
      { zh: '状态未知的时间占比', en: 'Time of unknown state' },
      quotient(unknown, exposure + unknown),
      'percent',
    ],
    [
      { zh: '已激活而无连接事件的设备', en: 'Activated devices without connects or disconnects' },
      figure(rows, 'silent_devices'),
      'integer',
    ],
    [
      { zh: '若它们一直离线', en: 'Had those been offline throughout' },
      quotient(up, exposure + silent),
      'percent',
    ],
  ]
}

function noteOf(rows: readonly Row[], shown: readonly Row[]): Pick<Chart, 'note'> {
  const snapshots = rows[0]?.method === 'snapshots'
  const cut = shown.length < rows.length
  if (!snapshots && !cut) return {}
  const zh = [
    snapshots ? '由状态快照得出，不是会话' : '',
    cut ? `图中为最近 ${mostWeeks} 周，共 ${rows.length} 天` : '',
  ]
  const en = [
    snapshots ? 'From snapshots of states, not from sessions' : '',
    cut ? `The last ${mostWeeks} weeks of ${rows.length} days` : '',
  ]
  return { note: { zh: zh.filter(Boolean).join('；'), en: en.filter(Boolean).join('; ') } }
}
