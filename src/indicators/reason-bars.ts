import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { type Row, row } from '../domain/table.ts'
import { join, type Sql, sql } from '../sql/sql.ts'
import { categoryField, firstOf, numberField } from './field.ts'
import { figure } from './headline.ts'

/** Codes of the column `why` in the order in which they matter, with their words. */
export type Reasons = Readonly<Record<string, Phrase>>

/** Relation (why, place) of the reasons in their order. */
export function reasonPlaces(reasons: Reasons): Sql {
  return sql`(values ${join(Object.keys(reasons).map((why, place) => sql`(${why}, ${place})`))})`
}

/** A bar a reason with the devices left out for it; rows carry `why` and, where some rows are not at hand, `all_devices`. */
export function reasonBars(rows: readonly Row[], reasons: Reasons): Chart {
  const counts = Object.keys(reasons).map(why => [why, rows.filter(one => one.why === why).length] as const)
  return {
    layers: [
      {
        mark: 'bar',
        x: numberField('devices', { zh: '设备数', en: 'Devices' }, 'compact'),
        y: categoryField('why', { zh: '未计入的原因', en: 'Why left out' }, { labels: reasons }),
      },
    ],
    rows: counts
      .filter(([, devices]) => devices > 0)
      .map(([why, devices]) => row(['why', 'devices'], [why, devices])),
    ...firstOf(rows.length, figure(rows, 'all_devices') ?? 0, {
      zh: '未计入的设备',
      en: 'devices left out',
    }),
  }
}
