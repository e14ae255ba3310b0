import { type Chart, layerFields } from '../../domain/chart.ts'
import type { Column } from '../../domain/table.ts'
import { columnName } from '../../indicators/indicator.ts'
import type { GridColumn } from '../table/cell.ts'
import { codedLabels } from './coded.ts'

/** A result's columns under the names and with the words that its chart gives them. */
export function resultColumns(columns: readonly Column[], chart: Chart | undefined): readonly GridColumn[] {
  const fields = new Map(chart?.layers.flatMap(layerFields).map(field => [field.field, field]))
  return columns.map(({ name, type }) => {
    const field = fields.get(name)
    const labels = field?.labels ?? codedLabels(name)
    return { name, type, title: field?.name ?? columnName(name), ...(labels && { labels }) }
  })
}
