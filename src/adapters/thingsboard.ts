import type { RawTable } from './adapter.ts'
import { firstColumn, previewValues } from './raw-table.ts'

/** The column that says which device a row of a ThingsBoard export is of: its id, else its name. */
export function entityColumn(raw: RawTable): string | undefined {
  return firstColumn(
    raw,
    ...['id.id', 'entityId.id', 'entityId', 'entity_id', 'deviceId'],
    ...['entityName', 'Entity name', 'Entity Name', 'deviceName', 'Device name', 'Device', 'name', 'Name'],
  )
}

/** True when a column has epoch milliseconds and nothing else but 0, which stands for no time. */
export function isEpochMillis(raw: RawTable, column: string): boolean {
  const values = previewValues(raw, column).filter(value => value !== '0')
  return values.length > 0 && values.every(value => /^\d{12,14}$/.test(value))
}
