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
