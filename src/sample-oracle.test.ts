import { describe, expect, test } from 'vitest'
import { asOf } from '../scripts/sample/calendar.ts'
import type { CanonicalRow } from '../scripts/sample/canonical-row.ts'
import {
  completeness,
  connectedDevices,
  deviceConcentration,
  deviceGini,
  matrixDensity,
  protocolDiversity,
  regionCoverage,
} from '../scripts/sample/oracle.ts'
import { firstOfEachKey, readTable } from '../scripts/sample/read-sample.ts'

const folder = 'resources/sample'

describe('the independent values', () => {
  const device = (platform_id: string, protocol: string | null = null) =>
    ({ platform_id, protocol }) as CanonicalRow<'device'>

  test('agree with arithmetic on a few rows', () => {
    // Platforms of 1 and 3 devices: HHI (1 + 9) / 16, Gini |1 - 3| × 2 / (2 × 2 × 4).
    const few = [device('A', 'MQTT'), device('B', 'MQTT'), device('B', 'OPC UA'), device('B', 'OPC UA')]
    expect(deviceConcentration(few)).toEqual({ hhi: 0.625, normalised: 0.25, effective: 1.6 })
    expect(deviceGini(few)).toBe(0.25)
    expect(protocolDiversity(few)).toBeCloseTo(2, 12)
    // Ten expected twice: a burst of 15 does not make up for a gap of 5, so 15 of 20 arrived.
    const batch = (month: number, expected: number | null, received: number) =>
      ({
        platform_id: 'A',
        source_id: `S${expected}`,
        window_start: Date.UTC(2026, month, 1) * 1000,
        expected,
        received,
        records: received,
      }) as CanonicalRow<'ingest_batch'>
    expect(completeness([batch(0, 10, 15), batch(1, 10, 5), batch(1, null, 9)])).toBe(0.75)
    // One source in months 0 and 2 of 0..2, the other begins in month 1 and is empty in 2: three cells of five.
    expect(matrixDensity([batch(0, 10, 4), batch(2, 10, 4), batch(1, 5, 4), batch(2, 5, 0)])).toBe(3 / 5)
  })

  test('agree on the bundled sample with native DuckDB 1.5.6 on the same files read by pyarrow 25', () => {
    const rows = {
      device: readTable(folder, 'device'),
      device_snapshot: readTable(folder, 'device_snapshot'),
      conn_event: readTable(folder, 'conn_event'),
    }
    const batches = firstOfEachKey('ingest_batch', readTable(folder, 'ingest_batch'))
    const connected = connectedDevices(rows, asOf)
    expect(connected.length).toBe(14_791)
    expect(regionCoverage(rows, asOf)).toEqual({ provinces: 29, share: 29 / 31 })
    expect(deviceConcentration(rows.device).hhi).toBeCloseTo(0.021706138545953345, 12)
    expect(deviceGini(rows.device)).toBeCloseTo(0.6862982026143791, 12)
    expect(protocolDiversity(rows.device)).toBeCloseTo(8.114263231067824, 10)
    expect(completeness(batches)).toBeCloseTo(0.9511260183450122, 12)
    expect(matrixDensity(batches)).toBeCloseTo(0.9705762157744177, 12)
  })
})
