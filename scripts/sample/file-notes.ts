import type { Phrase } from '../../src/domain/phrase.ts'
import type { SampleFile } from './sample-files.ts'

/** What a further export of a table that comes in two files holds. */
export const fileNotes: Readonly<Partial<Record<SampleFile, Phrase>>> = {
  device_snapshot_2025: {
    zh: '部分平台 2025-07-01 的快照',
    en: 'what some platforms’ snapshots said on 2025-07-01',
  },
  conn_event_incident: {
    zh: '一个平台在 2026-06-19 网络不稳前后的连接日志',
    en: 'the log of one platform around an unstable network on 2026-06-19',
  },
  ingest_batch_2025: { zh: '2025 年二季度', en: 'second quarter of 2025' },
}
