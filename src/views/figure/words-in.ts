import type { Chart } from '../../domain/chart.ts'

/** Every text that a chart may show, in both languages, for loading its fonts. */
export function wordsIn({ layers, rows, note }: Chart): string {
  const values = rows.flatMap(row => Object.values(row).filter(value => typeof value === 'string'))
  return [JSON.stringify([layers, note]), ...values].join(' ')
}
