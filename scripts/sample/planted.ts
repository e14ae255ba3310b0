/** The faults that the sample carries on purpose; each is counted where it is made. */
export const plantedFaults = {
  duplicate_events: { zh: '完全重复的连接事件', en: 'connection events repeated exactly' },
  late_events: { zh: '迟到一小时以上的事件', en: 'events that arrived more than one hour late' },
  out_of_order_events: {
    zh: '早于同一设备前一行的事件（1970 与 2038 除外）',
    en: 'events earlier than the same device’s row before (1970 and 2038 apart)',
  },
  events_ahead_of_ingest: {
    zh: '发生时间超前接收时间一分钟以上的事件（2038 除外）',
    en: 'events more than a minute ahead of their ingest (2038 apart)',
  },
  events_in_2038: { zh: '时间为 2038-01-19T03:14:07Z 的事件', en: 'events dated 2038-01-19T03:14:07Z' },
  events_in_1970: { zh: '时间为 1970-01-01T00:00:00Z 的事件', en: 'events dated 1970-01-01T00:00:00Z' },
  missing_disconnects: {
    zh: '会话未断开即再次连接',
    en: 'connects while the session before was never disconnected',
  },
  duplicate_batches: {
    zh: '批次编号重复的整行（导入时必须拒绝）',
    en: 'batch rows repeated with the same batch id (an import must reject them)',
  },
  counter_resets: { zh: '累计计数器复位', en: 'resets of cumulative counters' },
  empty_batches: { zh: '没有记录的批次', en: 'batches without records' },
  missing_batches: { zh: '缺失的批次', en: 'batches missing between others of their source' },
  short_batches: {
    zh: '实收不足应收 97% 的批次（空批次除外）',
    en: 'batches that received under 97 % of what was expected (empty ones apart)',
  },
  burst_batches: { zh: '实收超过应收的批次', en: 'batches that received more than was expected' },
  late_sources: {
    zh: '首月之后才开始的数据源（按平台）',
    en: 'sources of a platform that start after the first month',
  },
  early_ending_platforms: { zh: '汇聚数据提前结束的平台', en: 'platforms whose batches end early' },
  flapping_devices: {
    zh: '十分钟内至少六次连接或断开的设备（conn_event_incident）',
    en: 'devices with six or more connects and disconnects within ten minutes (conn_event_incident)',
  },
  telemetry_duplicates: {
    zh: '重复的遥测行（设备、测点、时间与值相同）',
    en: 'telemetry rows repeated: same device, metric, time and value',
  },
  telemetry_conflicts: {
    zh: '同一设备、测点与时间而值不同的遥测键',
    en: 'telemetry keys (device, metric, time) with two different values',
  },
  telemetry_late: {
    zh: '迟到一小时以上的遥测行',
    en: 'telemetry rows that arrived more than one hour late',
  },
  telemetry_ahead: {
    zh: '发生时间超前接收时间一分钟以上的遥测行',
    en: 'telemetry rows more than a minute ahead of their ingest',
  },
  telemetry_lost_messages: {
    zh: '丢失的遥测报文（序号缺口）',
    en: 'telemetry messages lost: gaps in the sequence numbers',
  },
  telemetry_seq_resets: {
    zh: '遥测序号从零重新开始（设备重启）',
    en: 'telemetry sequence numbers that begin anew at zero (restarts)',
  },
  telemetry_seq_wraps: {
    zh: '遥测序号由 65535 回绕到 0',
    en: 'telemetry sequence numbers that wrap from 65,535 to 0',
  },
  telemetry_counter_resets: {
    zh: '累计电量（energy）复位',
    en: 'resets of the cumulative metric energy',
  },
  usage_totals_beside: {
    zh: '与各组织行并列的合计行（org_id 为 *，不可重复相加）',
    en: 'usage rows of all organisations together (*) beside rows of each (not to be added again)',
  },
  mirrored_links: {
    zh: '从两端各记一次的平台关联',
    en: 'platform links told from both ends',
  },
} as const

export type PlantedFault = keyof typeof plantedFaults

export type PlantedCounts = Readonly<Record<PlantedFault, number>>

/** Counts faults while the sample is made. */
export interface Plant {
  add(fault: PlantedFault, times?: number): void
  counts(): PlantedCounts
}

export function openPlant(): Plant {
  const counted = Object.fromEntries(Object.keys(plantedFaults).map(fault => [fault, 0])) as Record<
    PlantedFault,
    number
  >
  return {
    add: (fault, times = 1) => {
      counted[fault] += times
    },
    counts: () => ({ ...counted }),
  }
}
