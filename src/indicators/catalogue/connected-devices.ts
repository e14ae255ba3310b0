import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { deviceEvidence, missingForConnected } from '../connected.ts'
import { groupColumn, groupField, groupPlural, platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, restOf } from '../field.ts'
import { basis, headline, quotient, total } from '../headline.ts'
import { countInputs, notConnected } from '../not-connected.ts'
import { indicator } from '../recipe.ts'

const states = {
  connected: { zh: '已连接', en: 'Connected' },
  idle: { zh: '窗口内未连接', en: 'Not in the window' },
} as const

export default indicator({
  id: 'CON-01',
  version: 2,
  name: { zh: '连接设备数', en: 'Connected devices' },
  unit: 'devices',
  source: 'Action Plan 2026–2028 (target); window: Assay',
  needs: ['device'],
  uses: ['conn_event', 'device_snapshot', 'platform'],
  inputs: countInputs,
  result: {
    group: 'text',
    platform_name: 'text',
    registered: 'integer',
    activated: 'integer',
    unknown: 'integer',
    counted: 'integer',
    observed: 'integer',
    hidden: 'integer',
    connected: 'integer',
  },

  query: (tables, inputs, context) => sql`
    with grouped as (
      select ${groupColumn(inputs.by)}::varchar as "group", count(*) as registered,
        count(activated_at) as activated, count(*) filter (is_industrial is null) as unknown,
        count(*) filter (counted) as counted, count(*) filter (counted and observed) as observed,
        count(*) filter (counted and hidden) as hidden,
        count(*) filter (counted and seen) as connected
      from ${deviceEvidence(tables, inputs, context)} group by 1
    )
    select "group", platform_name, registered, activated, unknown, counted, observed, hidden, connected
    from grouped left join ${platformNames(tables)} as named
      on named.platform_id = "group" and ${inputs.by === 'platform'}
    order by connected desc, counted desc, "group" nulls last`,

  headline: rows => {
    const [registered, activated] = [total(rows, 'registered'), total(rows, 'activated')]
    const [unknown, counted] = [total(rows, 'unknown'), total(rows, 'counted')]
    const [observed, hidden] = [total(rows, 'observed'), total(rows, 'hidden')]
    const missing = missingForConnected({ registered, unknown, counted, observed, hidden })
    return headline(
      missing.length > 0 ? null : total(rows, 'connected'),
      missing,
      [
        [{ zh: '注册设备', en: 'Registered' }, registered, 'integer'],
        [{ zh: '激活设备', en: 'Activated' }, activated > 0 ? activated : null, 'integer'],
        [{ zh: '工业设备', en: 'Industrial devices' }, counted, 'integer'],
        [
          { zh: '未注明是否工业设备的占比', en: 'Not known to be industrial' },
          quotient(unknown, registered),
          'percent',
        ],
      ],
      {
        basis: basis(
          observed,
          { zh: '台有活动记录可据以判断的工业设备', en: 'industrial devices with activity to judge by' },
          counted,
        ),
      },
    )
  },

  chart: (rows, { by }): Chart => {
    const known = rows.filter(({ group }) => group !== null)
    const shown = known.slice(0, mostRowsUnderLegend)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('devices', { zh: '工业设备', en: 'Industrial devices' }, 'compact'),
          y: groupField(by, shown),
          colour: categoryField(
            'state',
            { zh: '状态', en: 'State' },
            { labels: states, order: ['connected', 'idle'] },
          ),
        },
      ],
      rows: shown.flatMap(split),
      ...firstOf(
        shown.length,
        known.length,
        groupPlural(by),
        restOf(shown, known, 'connected', { zh: '已连接设备', en: 'connected devices' }),
      ),
    }
  },

  details: { 'not-counted': notConnected },

  explanation: {
    meaning: {
      zh: '数据时点之前的统计窗口（默认 30 天）内确有连接或活动的工业设备数，按（平台，设备）去重：只要有一条连接或活动事件，或设备快照的“最近活动时间”落在窗口内，即计为已连接。断开事件不算。同一设备接入两个平台计两次。',
      en: 'Industrial devices with evidence of a connection within the window (30 days by default) before the time of the data, counted once per (platform, device): a connect or activity event, or the last-seen time of a snapshot, within the window. Disconnects are no evidence. A device on two platforms counts twice.',
    },
    formula: String.raw`N = \#\{\, (p, d) : I_{pd} \land \exists\, t \in T_{pd} : A - w < t \le A \,\}`,
    symbols: {
      zh: '$(p, d)$：平台 $p$ 上的设备 $d$；$I_{pd}$：该设备是工业设备（未注明的按参数）；$T_{pd}$：其连接与活动事件的时间，及快照中的最近活动时间；$A$：数据时点；$w$：统计窗口',
      en: '$(p, d)$: device $d$ on platform $p$; $I_{pd}$: it is industrial (not known: as the input says); $T_{pd}$: times of its connect and activity events, and its last-seen times in snapshots; $A$: time of the data; $w$: window',
    },
    source: {
      zh: '目标口径“工业设备连接数”见《推动工业互联网平台高质量发展行动方案（2026—2028年）》；30 天窗口为本软件约定，并非官方标准。',
      en: 'The quantity is that of the Action Plan for the High-Quality Development of Industrial Internet Platforms (2026–2028); the 30-day window is a convention of Assay, not an official one.',
    },
    cautions: {
      zh: '未注明是否工业设备的设备默认不计入，可改为计入。平台未导出任何事件和最近活动时间时，其设备无从判断而按未连接计，可判断的设备数及其占比见“依据”；全部平台都没有时，指标不可计算而不是零。只有事件而不在设备清单中的设备不计入。数据时点以后的时间（时钟错误）不算证据。时期筛选作用于事件和快照，不作用于注册与激活台数；短于窗口时只统计筛选范围内的证据；最近活动时间只见于被筛去的快照的设备，若筛选范围内没有它的证据，即无从判断；这样的设备若多于可判断的设备，指标不可计算。心跳与网关代报也可能被平台记为活动。本数是对设备清单的全数清点，不是抽样，故不给区间；逐台未计入的原因见明细。',
      en: 'Devices not known to be industrial are left out unless the input says otherwise. Where a platform exports neither events nor last-seen times its devices cannot be judged and count as not connected; what the value rests on says how many can be judged. If no platform exports any, the indicator is not computable, not zero. Devices that send events but are missing from the device list do not count. Times after that of the data (faulty clocks) are no evidence. A period acts on events and snapshots, not on the registered and activated counts; one shorter than the window leaves only the evidence inside it; a device whose last-seen times stand only in snapshots that it leaves out, and of which it leaves no evidence, cannot be judged, and where these outnumber the devices that can be judged, the indicator is not computable. Some platforms record keep-alives, or a gateway’s own traffic, as activity of the device. This is a full count of the list and no sample, so it has no interval; the details say of each device why it is left out.',
    },
  },
})

function split(group: Row): readonly Row[] {
  const names = ['group', 'platform_name', 'state', 'devices']
  const idle = Number(group.counted ?? 0) - Number(group.connected ?? 0)
  const head = [group.group ?? null, group.platform_name ?? null]
  return [row(names, [...head, 'connected', group.connected ?? null]), row(names, [...head, 'idle', idle])]
}
