import type { Row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { wilson } from '../../statistics/statistics.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { instant } from '../instant.ts'
import { platformInterval } from '../platform-clusters.ts'
import { reasonBars, reasonPlaces } from '../reason-bars.ts'
import { type Interval, indicator, type Tables } from '../recipe.ts'
import { shareBars, wilsonInterval, withLimits } from '../share-bars.ts'

/** Why a device of a latest snapshot is neither online nor offline. */
const reasons = {
  unknown: { zh: '状态未知', en: 'State unknown' },
  'not activated': { zh: '未激活', en: 'Not activated' },
  disabled: { zh: '已禁用', en: 'Disabled' },
} as const

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  as_of: 'timestamp',
  state_kind: 'text',
  online: 'integer',
  offline: 'integer',
  unknown: 'integer',
  not_activated: 'integer',
  disabled: 'integer',
  other_kind: 'integer',
  admin_kind: 'integer',
  rate: 'number',
  overall_rate: 'number',
} as const

export default indicator({
  id: 'CON-03',
  version: 1,
  name: { zh: '在线率（快照）', en: 'Online rate (snapshot)' },
  unit: 'percent',
  source: 'Practice of device platforms',
  needs: ['device_snapshot'],
  uses: ['device', 'platform'],
  inputs: {
    kind: {
      kind: 'choice',
      name: { zh: '在线的含义', en: 'Meaning of “online”' },
      choices: {
        auto: { zh: '自动（有会话状态则用之）', en: 'Automatic (session where there is one)' },
        session: { zh: '会话状态', en: 'Session' },
        activity: { zh: '活跃状态', en: 'Activity' },
      },
      default: 'auto',
    },
  },
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, { kind }, { asOf }) => sql`
    with ${verdicts(tables, kind, asOf)}, ${counting}
    select platform_id, platform_name, as_of, kind as state_kind, coalesce(online, 0) as online,
      coalesce(offline, 0) as offline, coalesce(unknown, 0) as unknown,
      coalesce(not_activated, 0) as not_activated, coalesce(disabled, 0) as disabled,
      coalesce(other_kind, 0) as other_kind, coalesce(admin_kind, 0) as admin_kind, online / (online + offline) as rate,
      sum(online) over () / (sum(online) over () + sum(offline) over ()) as overall_rate
    from counts full join others using (platform_id) left join ${platformNames(tables)} using (platform_id), chosen
    order by coalesce(online, 0) + coalesce(offline, 0) desc, platform_id`,

  headline: rows => {
    const [online, offline, unknown] = [total(rows, 'online'), total(rows, 'offline'), total(rows, 'unknown')]
    const [notActivated, disabled] = [total(rows, 'not_activated'), total(rows, 'disabled')]
    const population = online + offline + unknown + notActivated + disabled
    return headline(
      figure(rows, 'overall_rate'),
      missing(rows.length, population),
      [
        [{ zh: '在线', en: 'Online' }, online, 'integer'],
        [{ zh: '离线', en: 'Offline' }, offline, 'integer'],
        [{ zh: '状态未知占比', en: 'State unknown' }, quotient(unknown, population), 'percent'],
        [{ zh: '未激活占比', en: 'Not activated' }, quotient(notActivated, population), 'percent'],
        [{ zh: '已禁用占比', en: 'Disabled' }, quotient(disabled, population), 'percent'],
        [
          { zh: '另有未采用的会话或活跃状态的设备', en: 'With a session or activity state that is not used' },
          total(rows, 'other_kind'),
          'integer',
        ],
        [
          { zh: '另有管理状态的设备（不采用）', en: 'With an administrative state (not used)' },
          total(rows, 'admin_kind'),
          'integer',
        ],
      ],
      {
        interval: interval(rows),
        basis: basis(
          online + offline,
          {
            zh: '台在线或离线的已激活、启用设备',
            en: 'activated and enabled devices known to be online or offline',
          },
          online + offline + unknown,
        ),
      },
    )
  },

  derive: rows =>
    withLimits(rows, ({ online, offline }) => wilson(Number(online), Number(online) + Number(offline))),

  chart: rows =>
    shareBars(rows, {
      value: numberField('rate', { zh: '在线率', en: 'Online rate' }, 'percent'),
      overall: figure(rows, 'overall_rate'),
      platforms: { zh: '平台（按设备数从多到少）', en: 'platforms, by devices' },
    }),

  details: {
    'left-out': {
      name: { zh: '未参与的设备', en: 'Devices left out' },
      meaning: {
        zh: '每行一台在最近快照中既不计为在线也不计为离线的设备及其原因；状态未知者在前，其次为未激活者、已禁用者。',
        en: 'One row a device of the latest snapshots that counts neither as online nor as offline, and why: state unknown first, then not activated, then disabled.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        device_id: 'text',
        why: 'text',
        state: 'text',
        as_of: 'timestamp',
        all_devices: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { kind }, { asOf }) => sql`
        with ${verdicts(tables, kind, asOf)}
        select judged.platform_id, platform_name, device_id, why, state, as_of, count(*) over () as all_devices,
          file_id, row_no
        from judged join ${reasonPlaces(reasons)} as reason(why, place) on why = verdict
          left join ${platformNames(tables)} as named on named.platform_id = judged.platform_id::varchar
        order by place, judged.platform_id nulls last, device_id nulls last, file_id, row_no`,
      chart: rows => reasonBars(rows, reasons),
    },
  },

  explanation: {
    meaning: {
      zh: '取各平台在数据时点及以前含所用状态的最近一次快照，在已激活且启用的设备中，在线设备占在线与离线设备之和的比例。会话状态、活跃状态、管理状态是三回事，一次计算对全部平台只用一种：默认只要有平台给出会话状态就用会话状态，否则用活跃状态；管理状态（启用/禁用）从不视为在线。',
      en: 'From each platform’s latest snapshot, at or before the time of the data, that has the kind of state used: devices online as a share of those online or offline, among devices that are activated and enabled. Session, activity and administrative state are three different things and are never mixed: one is used for all platforms, by default session state where any platform gives it, else activity; administrative state (enabled, disabled) never counts as online.',
    },
    formula: String.raw`R = \frac{n_{\mathrm{on}}}{n_{\mathrm{on}} + n_{\mathrm{off}}}`,
    symbols: {
      zh: String.raw`$n_{\mathrm{on}}$：已激活且启用的设备中在线的台数；$n_{\mathrm{off}}$：其中离线的台数`,
      en: String.raw`$n_{\mathrm{on}}$: devices online among those activated and enabled; $n_{\mathrm{off}}$: devices offline among them`,
    },
    source: {
      zh: '各设备平台通行做法（AWS、EMQX 为会话状态，ThingsBoard 为活跃状态，Azure devices.txt 只有管理状态）。区间：以平台为整群的比率估计（Cochran, 1977, Sampling Techniques 第 3 版，6.3），logit 尺度，t 分布；单个平台：Wilson（1927），J. Amer. Statist. Assoc. 22:209–212。',
      en: 'Practice of device platforms (AWS and EMQX give session state, ThingsBoard activity, Azure’s devices.txt administrative state alone). Interval: ratio estimate with platforms as clusters (Cochran 1977, Sampling Techniques, 3rd ed., 6.3), logit scale, Student’s t; of a single platform: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.',
    },
    cautions: {
      zh: '“未知”单列，分子和分母都不含，从不并入离线；若全部未知设备实为离线，在线率会低至“在线 ÷（在线 + 离线 + 未知）”。时期筛选只留其中的快照，一个都没有时指标不可计算。状态为“从未连接”、激活时间晚于快照、或所在平台给出激活时间而该设备没有（且不在线）的，视为未激活；管理状态为禁用的，不论其状态如何，均归入“已禁用”；未给出管理状态的视为启用。已退役设备若仍在快照中则照计。其他含义的状态不参与计算，在数据时点及以前任一快照中有这类状态的设备数分列在旁边；只有这类状态的平台不在其中。单次快照只说明一个时刻，休眠设备会显得离线。快照若含全部设备，在线率即为该时刻的确数；区间针对的是把这些平台看作同类平台的样本的情形，不说明其他时刻：同一平台的设备往往同时掉线，故以平台为单位；各平台在线率完全一致时不给区间。只有一个平台时（以及表中各平台的区间）只能把设备看作彼此独立，用 Wilson 区间，偏窄。',
      en: '“Unknown” is reported apart, in neither numerator nor denominator, never as offline; were all of it offline, the rate would be online / (online + offline + unknown). A period leaves only the snapshots inside it; without any the indicator is not computable. A device counts as not activated when its state is “never connected”, when it was activated after the snapshot, or when its platform gives activation times but none for this device and it is not online; a disabled device counts as disabled whatever its state, and one without an administrative state as enabled. Retired devices count as long as the snapshot lists them. States of another kind take no part; the numbers of devices that have one in any snapshot until the time of the data stand beside; platforms with such states alone are left out. One snapshot tells one moment, and sleeping devices look offline. Where it lists all devices the rate is exact for that moment; the interval is for reading these platforms as a sample of their kind, and says nothing of other moments. Devices of one platform go offline together, so platforms are its units; there is none where all have the same rate. For a single platform, and for each in the table, devices can but be taken as independent (Wilson), and the interval is too narrow.',
    },
  },
})

/** From `judged`, `snapshot` and `chosen` to `counts` and `others`: devices by verdict, and those of another kind. */
const counting = sql`
      counts as (
        select platform_id::varchar as platform_id, count(*) filter (verdict = 'online') as online,
          count(*) filter (verdict = 'offline') as offline, count(*) filter (verdict = 'unknown') as unknown,
          count(*) filter (verdict = 'not activated') as not_activated,
          count(*) filter (verdict = 'disabled') as disabled, max(as_of) as as_of
        from judged group by 1
      ),
      others as (
        select platform_id::varchar as platform_id,
          count(distinct device_id) filter (state_kind <> 'admin') as other_kind,
          count(distinct device_id) filter (state_kind = 'admin') as admin_kind
        from snapshot, chosen where kind is null or state_kind <> kind group by 1
      )`

/** CTEs to `judged`: one row a device of the latest snapshots of the `chosen` kind, with its verdict. */
function verdicts({ device, device_snapshot }: Tables, kind: string, asOf: number): Sql {
  return sql`snapshot as (select * from ${device_snapshot} where as_of <= ${instant(asOf)}),
      chosen as (
        select case
          when ${kind} <> 'auto' then ${kind}
          when bool_or(state_kind = 'session') then 'session'
          when bool_or(state_kind = 'activity') then 'activity' end as kind
        from snapshot
      ),
      latest as (
        select platform_id, max(as_of) as as_of from snapshot, chosen where state_kind = kind group by 1
      ),
      judged as (
        select state.platform_id, state.device_id, state.as_of, state.state::varchar as state, state.file_id,
          state.row_no, case
          when admin_state = 'disabled' then 'disabled'
          when state.state = 'never' or activated_at > state.as_of then 'not activated'
          when activated_at is null and dated.platform_id is not null and state.state <> 'online'
            then 'not activated'
          else state.state::varchar end as verdict
        from snapshot as state
        join chosen on state.state_kind = chosen.kind
        join latest on latest.platform_id = state.platform_id and latest.as_of = state.as_of
        left join (select platform_id, device_id, activated_at, admin_state from ${device}) as known
          on known.platform_id = state.platform_id and known.device_id = state.device_id
        left join (select distinct platform_id from ${device} where activated_at is not null) as dated
          on dated.platform_id = state.platform_id
      )`
}

/**
 * Devices of one platform go offline together, so platforms are the units; of one platform alone nothing but its devices can
 * be.
 */
function interval(rows: readonly Row[]): Interval | null {
  const clusters = rows.map(({ online, offline }) => ({
    k: Number(online),
    n: Number(online) + Number(offline),
  }))
  const [only, ...others] = clusters.filter(({ n }) => n > 0)
  return only && others.length === 0 ? wilsonInterval(only.k, only.n) : platformInterval(clusters)
}

function missing(platforms: number, population: number): readonly string[] {
  if (platforms === 0) return ['device_snapshot']
  return [population === 0 ? 'device_snapshot.state_kind' : 'device_snapshot.state']
}
