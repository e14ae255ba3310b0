import { sql } from '../sql/sql.ts'
import { connectedInputs, deviceEvidence } from './connected.ts'
import { groupedBy, platformNames } from './device-group.ts'
import { instant } from './instant.ts'
import { reasonBars, reasonPlaces } from './reason-bars.ts'
import type { Detail } from './recipe.ts'

/** The inputs of CON-01. */
export const countInputs = { ...connectedInputs, by: groupedBy('province') } as const

/** Why a registered device is not counted as connected, those that could not be judged first; the first that holds. */
const reasons = {
  silent_platform: { zh: '所在平台未导出任何活动', en: 'Its platform exports no activity' },
  outside_period: { zh: '最近活动时间只见于时期之外的快照', en: 'Last seen in snapshots outside the period' },
  kind_unknown: { zh: '未注明是否工业设备', en: 'Not known to be industrial' },
  after_as_of: { zh: '活动全部晚于数据时点', en: 'Active after the time of the data alone' },
  before_window: { zh: '最近活动早于窗口', en: 'Last active before the window' },
  never: { zh: '没有任何活动记录', en: 'No activity on record' },
  not_industrial: { zh: '不是工业设备', en: 'Not industrial' },
} as const

/** The registered devices that CON-01 does not count, with their number by reason. */
export const notConnected: Detail<typeof countInputs> = {
  name: { zh: '未计入的设备', en: 'Devices not counted' },
  meaning: {
    zh: '每行一台未计为已连接的注册设备及其原因；无从判断者在前，其次为窗口内无活动者（最近活动时间晚的在前），最后为非工业设备。',
    en: 'One row a registered device that does not count as connected, and why; those that cannot be judged first, then those without activity in the window, the latest active ones first, and devices that are not industrial last.',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    device_id: 'text',
    why: 'text',
    last_time: 'timestamp',
    all_devices: 'integer',
    file_id: 'text',
    row_no: 'integer',
  },
  query: (tables, inputs, context) => sql`
    with evidence as (
      select platform_id, device_id, ts_event as time from ${tables.conn_event} where kind in ('connect', 'activity')
      union all
      select platform_id, device_id, last_seen from ${tables.device_snapshot}
    ), heard as (
      select platform_id as heard_platform, device_id as heard_device,
        max(time) filter (time <= ${instant(context.asOf)}) as last_time,
        coalesce(bool_or(time > ${instant(context.asOf)}), false) as is_later
      from evidence group by 1, 2
    ), left_out as (
      select device.*, last_time, case
        when not counted and is_industrial is null then 'kind_unknown'
        when not counted then 'not_industrial'
        when not observed and hidden then 'outside_period'
        when not observed then 'silent_platform'
        when last_time is not null then 'before_window'
        when is_later then 'after_as_of' else 'never' end as why
      from ${deviceEvidence(tables, inputs, context)} as device
        left join heard on heard_platform = platform_id and heard_device = device_id
      where not (counted and seen)
    )
    select left_out.platform_id, platform_name, device_id, why, last_time, count(*) over () as all_devices, file_id, row_no
    from left_out join ${reasonPlaces(reasons)} as reason(why, place) using (why)
      left join ${platformNames(tables)} as named on named.platform_id = left_out.platform_id::varchar
    order by place, last_time desc nulls last, left_out.platform_id nulls last, device_id nulls last, file_id, row_no`,
  chart: rows => reasonBars(rows, reasons),
}
