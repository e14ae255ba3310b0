import type { Chart } from '../../domain/chart.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { clusteredInterval, clusteredRates, estimateIn } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, platformField, restOf } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator, type Tables } from '../recipe.ts'

const unplanned = ['keepalive', 'lost', 'error', 'duplicate_id'] as const

/** Unplanned first, as they stack from the axis; `unknown` is a reason that is absent. */
const reasons = {
  keepalive: { zh: '心跳超时（非计划）', en: 'Keepalive timeout (unplanned)' },
  lost: { zh: '连接丢失（非计划）', en: 'Connection lost (unplanned)' },
  error: { zh: '错误（非计划）', en: 'Error (unplanned)' },
  duplicate_id: { zh: '标识冲突（非计划）', en: 'Duplicate client id (unplanned)' },
  planned: { zh: '计划内', en: 'Planned' },
  retired: { zh: '退役', en: 'Retired' },
  other: { zh: '其他', en: 'Other' },
  unknown: { zh: '原因未知', en: 'Reason unknown' },
} as const

export default indicator({
  id: 'CON-09',
  version: 1,
  name: { zh: '非计划断连占比', en: 'Unplanned-disconnect share' },
  unit: 'percent',
  source: 'Reason classes: AWS IoT, EMQX',
  needs: ['conn_event'],
  uses: ['platform'],
  inputs: {
    unknown: {
      kind: 'choice',
      name: { zh: '原因未知的断连', en: 'Disconnects of unknown reason' },
      choices: {
        count: { zh: '计入分母', en: 'In the denominator' },
        exclude: { zh: '不计入', en: 'Left out' },
      },
      default: 'count',
    },
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    reason: 'text',
    is_unplanned: 'boolean',
    disconnects: 'integer',
    platform_disconnects: 'integer',
    share: 'number',
    deliveries: 'integer',
    all_devices: 'integer',
    overall_unplanned_share: 'number',
    standard_error: 'number',
  },

  query: (tables, { unknown }) => sql`
    with ${disconnects(tables)}, per_device as (
      select platform_id, device_id, count(*) filter (reason in ${unplanned}) as k,
        count(*) filter (${unknown === 'count'} or reason <> 'unknown') as n
      from disconnect group by all
    ), ${clusteredRates(sql`per_device`)}, counted as (
      select platform_id::varchar as platform_id, reason, count(*) as disconnects, sum(deliveries) as deliveries
      from disconnect group by all
    ), ranked as (
      select *, sum(disconnects) over (partition by platform_id) as platform_disconnects from counted
    )
    select platform_id, platform_name, reason,
      case when reason <> 'unknown' then reason in ${unplanned} end as is_unplanned,
      disconnects, platform_disconnects, disconnects / platform_disconnects as share, deliveries,
      devices as all_devices, rate as overall_unplanned_share, standard_error
    from ranked left join ${platformNames(tables)} using (platform_id), overall
    order by platform_disconnects desc, platform_id nulls last, disconnects desc, reason`,

  headline: rows => {
    const disconnects = total(rows, 'disconnects')
    const known = total(
      rows.filter(({ reason }) => reason !== 'unknown'),
      'disconnects',
    )
    const bad = total(
      rows.filter(({ is_unplanned }) => is_unplanned === true),
      'disconnects',
    )
    const value = known === 0 ? null : figure(rows, 'overall_unplanned_share')
    const missing = disconnects === 0 ? ['conn_event'] : ['conn_event.reason_class']
    return headline(
      value,
      missing,
      [
        [{ zh: '非计划断连', en: 'Unplanned disconnects' }, bad, 'integer'],
        [{ zh: '断连', en: 'Disconnects' }, disconnects, 'integer'],
        [
          { zh: '原因未知的占比', en: 'Of unknown reason' },
          quotient(disconnects - known, disconnects),
          'percent',
        ],
        [
          { zh: '在原因已知的断连中的占比', en: 'Share among known reasons' },
          quotient(bad, known),
          'percent',
        ],
        [
          { zh: '重复投递（不计）', en: 'Repeated deliveries (left out)' },
          total(rows, 'deliveries') - disconnects,
          'integer',
        ],
      ],
      {
        interval: clusteredInterval(
          estimateIn(rows[0], 'overall_unplanned_share', 'standard_error', 'all_devices'),
        ),
        basis: basis(known, { zh: '原因已知的断连', en: 'disconnects of known reason' }, disconnects),
      },
    )
  },

  chart: (rows): Chart => {
    const platforms = [...new Set(rows.map(({ platform_id }) => platform_id))]
    const first = platforms.slice(0, mostRowsUnderLegend)
    const shown = rows.filter(({ platform_id = null }) => first.includes(platform_id))
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField(
            'share',
            { zh: '占该平台断连的比例', en: 'Share of the platform’s disconnects' },
            'percent',
          ),
          y: platformField('platform_id', shown),
          colour: categoryField(
            'reason',
            { zh: '断连原因', en: 'Reason' },
            { labels: reasons, order: Object.keys(reasons) },
          ),
        },
      ],
      rows: shown,
      ...firstOf(
        first.length,
        platforms.length,
        { zh: '平台（按断连次数从多到少）', en: 'platforms, by disconnects' },
        restOf(shown, rows, 'disconnects', { zh: '断连', en: 'the disconnects' }),
      ),
    }
  },

  explanation: {
    meaning: {
      zh: '断连中由心跳超时、连接丢失、错误或标识冲突造成的比例，即并非人为安排的断连。计划内、退役和其他原因不算非计划。',
      en: 'The share of disconnects caused by a keepalive timeout, a lost connection, an error or a duplicate client id: those that nobody planned. Planned, retired and other reasons are not counted as unplanned.',
    },
    formula: String.raw`P = \frac{\#\{\, e : c_e \in \{\mathrm{keepalive}, \mathrm{lost}, \mathrm{error}, \mathrm{duplicate}\} \,\}}{\#\{ e \}}`,
    symbols: {
      zh: '$e$：断连事件，重复投递只计一次；$c_e$：其原因类别；$P$：非计划断连占比',
      en: '$e$: disconnect events, repeated deliveries once; $c_e$: the class of its reason; $P$: share of unplanned disconnects',
    },
    source: {
      zh: '原因类别由导入时按 AWS IoT 生命周期事件与 EMQX 断连原因归并；区间为以设备为整群的比率估计（Cochran, 1977, Sampling Techniques 第 3 版）。',
      en: 'Classes are mapped on import from the reasons of AWS IoT lifecycle events and EMQX; the interval is that of a ratio with devices as clusters (Cochran 1977, Sampling Techniques, 3rd ed.).',
    },
    cautions: {
      zh: '按公式，原因未知的断连默认在分母中而不在分子中，占比因此偏低：若未知的全是非计划，占比会升高“原因未知的占比”那么多；可改为不计入，在原因已知者中的占比也列在旁边。全部原因未知时不可计算，而不是零。平台、设备、时间、会话与序号都相同的断连视为重复投递，只计一次，原因不一的取类别英文名字母序最前者。没有断开事件而直接重连的掉线不在其中（会话表中原因为 reconnect），因此实际掉线可能更多。同一设备的断连彼此相关，区间以设备为单位；只有一台设备或各设备比例完全一致时不给区间。区间假定在册设备可视为同类设备的样本。',
      en: 'As the formula says, disconnects of unknown reason stand in the denominator and not in the numerator, which lowers the share: were all of them unplanned it would rise by the share of unknown reason. They can be left out, and the share among known reasons stands beside. Where every reason is unknown the indicator is not computable, not zero. Disconnects alike in platform, device, time, session and sequence number are one event delivered again, with the first class of reason by the alphabet where deliveries disagree. Losses that show only as another connect (cause “reconnect” in the sessions) are not among these events, so there may be more. Disconnects of one device are alike, so the interval takes devices as its units; there is none for a single device or where all devices have the same share. It takes these devices for a sample of their kind.',
    },
  },
})

/** CTE `disconnect`: one row an event, however often it was delivered; as in sessions, the first class by the alphabet where
 * deliveries disagree. */
function disconnects({ conn_event }: Tables): Sql {
  return sql`disconnect as (
      select platform_id, device_id, coalesce(min(reason_class::varchar), 'unknown') as reason,
        count(*) as deliveries
      from ${conn_event} where kind = 'disconnect'
      group by platform_id, device_id, ts_event, session_id, seq
    )`
}
