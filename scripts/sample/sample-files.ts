import type { CanonicalName } from '../../src/domain/canonical.ts'
import type { WrittenFile } from './arrow-file.ts'
import type { PlantedCounts } from './planted.ts'

export interface SampleOptions {
  readonly out: string
  readonly seed: number
  /** Number of connection events; devices and telemetry follow it, the other tables keep their size. */
  readonly rows: number
  /** Number of platforms; without it that of the bundled sample. */
  readonly platforms?: number
}

/** The options of the sample in `resources/sample`. */
export const bundled = { seed: 20260630, rows: 62_000 } as const

/** The files that the sample holds and the canonical table of each; some tables come in two exports. */
export const sampleFiles = {
  platform: 'platform',
  organisation: 'organisation',
  device: 'device',
  device_snapshot: 'device_snapshot',
  conn_event: 'conn_event',
  ingest_batch: 'ingest_batch',
  data_asset: 'data_asset',
  asset_usage: 'asset_usage',
  plan_target: 'plan_target',
  device_snapshot_2025: 'device_snapshot',
  conn_event_incident: 'conn_event',
  ingest_batch_2025: 'ingest_batch',
  telemetry: 'telemetry',
  model: 'model',
  application: 'application',
  usage: 'usage',
  contract: 'contract',
  community: 'community',
  platform_link: 'platform_link',
} as const satisfies Readonly<Record<string, CanonicalName>>

export type SampleFile = keyof typeof sampleFiles

/** The files in the order in which they are listed. */
export const sampleFileNames = Object.keys(sampleFiles) as readonly SampleFile[]

/** The canonical tables of the sample, each once. */
export const sampleNames = [...new Set(Object.values(sampleFiles))]

export interface WrittenSample {
  readonly files: Readonly<Record<SampleFile, WrittenFile>>
  readonly planted: PlantedCounts
}
