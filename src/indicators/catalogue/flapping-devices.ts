import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { changesIn, flappingInputs, rapidDevices } from '../flapping.ts'
import { flappingDetail, timelinesDetail } from '../flapping-details.ts'
import { basis, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { shareBars, wilsonInterval, withWilson } from '../share-bars.ts'

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  flapping: 'integer',
  exposed: 'integer',
  heard_devices: 'integer',
  silent_devices: 'integer',
  flapping_share: 'number',
} as const

export default indicator({
  id: 'CON-08',
  version: 1,
  name: { zh: '抖动设备占比', en: 'Flapping-device share' },
  unit: 'percent',
  source: 'Assay',
  needs: ['conn_event'],
  uses: ['device', 'platform'],
  inputs: flappingInputs,
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, inputs) => sql`
    with ${changesIn(tables, inputs)}, ${rapidDevices(inputs)}, heard as (
      select distinct platform_id::varchar as platform_id, device_id::varchar as device_id from ${tables.conn_event}
    ), silent as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id from ${tables.device}
      where platform_id::varchar in (select platform_id from heard)
      except
      select platform_id, device_id from heard
    ), flapping as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, true as flaps
      from rapid join sender using (d)
    ), exposed as (
      select platform_id, device_id, true as is_heard from heard
      union all
      select platform_id, device_id, false from silent
    ), counted as (
      select platform_id, count(flaps) as flapping,
        count(*) filter (is_heard or ${inputs.exposure === 'registered'}) as exposed,
        count(*) filter (is_heard) as heard_devices, count(*) filter (not is_heard) as silent_devices
      from exposed left join flapping using (platform_id, device_id) group by platform_id
    )
    select platform_id, platform_name, flapping, exposed, heard_devices, silent_devices,
      flapping / exposed as flapping_share
    from counted left join ${platformNames(tables)} using (platform_id)
    order by flapping_share desc, exposed desc, platform_id nulls last`,

  derive: rows => withWilson(rows, 'flapping', 'exposed'),

  headline: rows => {
    const [flapping, exposed] = [total(rows, 'flapping'), total(rows, 'exposed')]
    const [heard, silent] = [total(rows, 'heard_devices'), total(rows, 'silent_devices')]
    return headline(
      quotient(flapping, exposed),
      ['conn_event'],
      [
        [{ zh: '抖动设备', en: 'Flapping devices' }, flapping, 'integer'],
        [{ zh: '观察到的设备（分母）', en: 'Devices in exposure (denominator)' }, exposed, 'integer'],
        [
          {
            zh: '有事件的平台上已注册而无事件的设备',
            en: 'Registered devices without events, on platforms with events',
          },
          silent,
          'integer',
        ],
        [
          { zh: '若把它们也计入分母', en: 'With those in the denominator' },
          quotient(flapping, heard + silent),
          'percent',
        ],
      ],
      {
        interval: wilsonInterval(flapping, exposed),
        basis: basis(heard, { zh: '有事件的设备', en: 'devices with events' }, heard + silent),
      },
    )
  },

  chart: rows =>
    shareBars(rows, {
      value: numberField('flapping_share', { zh: '抖动设备占比', en: 'Flapping-device share' }, 'percent'),
      overall: quotient(total(rows, 'flapping'), total(rows, 'exposed')),
      platforms: { zh: '平台（按抖动设备占比从高到低）', en: 'platforms, by share of flapping devices' },
    }),

  details: { 'flapping-devices': flappingDetail, timelines: timelinesDetail },

  explanation: {
    meaning: {
      zh: '在任意一段 10 分钟内连接状态变化不少于 6 次的设备占观察到的设备的比例。连接与断开各算一次变化；时间段可以从任何时刻开始（滑动窗口），两端都包含在内。',
      en: 'The share of devices whose connection changed at least 6 times within any 10 minutes. A connect and a disconnect are one change each; the 10 minutes may begin at any moment (a sliding window), both ends included.',
    },
    formula: String.raw`F = \frac{1}{n}\, \#\Bigl\{\, d : \max_t \, \#\bigl\{\, i : t \le t_{d,i} \le t + w \,\bigr\} \ge k \,\Bigr\}`,
    symbols: {
      zh: '$n$：观察到的设备数；$d$：设备；$t_{d,i}$：其第 $i$ 次连接或断开的时间；$t$：窗口的开始；$w$：窗口长度；$k$：变化次数',
      en: '$n$: number of devices in exposure; $d$: devices; $t_{d,i}$: time of the $i$th connect or disconnect of device $d$; $t$: beginning of a window; $w$: length of the window; $k$: number of changes',
    },
    source: {
      zh: '6 次与 10 分钟为本软件约定的默认值，可改。区间：Wilson（1927），J. Amer. Statist. Assoc. 22:209–212。',
      en: '6 changes and 10 minutes are defaults of Assay and can be set. Interval: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.',
    },
    cautions: {
      zh: '默认的分母是筛选范围内有任何事件（含活动）的设备，无论是否在设备清单中；一直在线或一直离线而没有事件的已注册设备不在其中，占比因此偏高；其中有事件的平台上的台数与计入它们后的占比列在旁边，也可改作分母。全无事件的平台没有导出事件，其设备无从判断，始终不计。设备、时间、类型、会话与序号都相同的事件视为重复投递，只计一次；同一时刻的连接与断开是两次变化。连续两次连接之间必有一次未见的断开，这里只计见到的事件。心跳超时的断开会晚报至多 1.5 倍保活时间，窗口里的变化次数可能因此偏少。时期与其他筛选会切断跨越边界的窗口。观察越久，出现一次抖动的机会越多：占比只在时长相近的导出之间可比。区间把设备看作彼此独立；同一网关或网络的故障会使许多设备一同抖动，区间因此偏窄。',
      en: 'The denominator is by default the devices with any event (activity too) in scope, in the device list or not. Registered devices that stayed online, or offline, without an event are not among them, which raises the share; how many there are on platforms with events, and the share with them, stand beside, and an input puts them in. A platform without any event exports none: its devices cannot be judged and never count. Events alike in device, time, kind, session and sequence number are one event delivered again; a connect and a disconnect at the same instant are two changes. Between two connects in a row there was an unseen disconnect; only events that were seen count. A keepalive timeout is told up to 1.5 keepalives late, which may leave a window with fewer changes. A period cuts windows at its borders. The longer devices are watched, the more chances to flap once: compare exports of similar length. The interval takes devices as independent; a failing gateway or network makes many flap together, and the interval is then too narrow.',
    },
  },
})
