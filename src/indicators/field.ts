import type { Field, NumberFormat } from '../domain/chart.ts'
import { formatPercent } from '../domain/format.ts'
import { type Phrase, same } from '../domain/phrase.ts'
import { provinceName, provinces } from '../domain/province.ts'
import type { Row } from '../domain/table.ts'
import { total } from './headline.ts'

/** How a column of numbers is shown. */
export function numberField(field: string, name: Phrase, format: NumberFormat, unit?: Phrase): Field {
  return { field, name, scale: 'number', format, ...(unit ? { unit } : {}) }
}

/** A column of instants on a time axis; those of a column `month` stand for months. */
export function timeField(field: string, name: Phrase = { zh: '月份', en: 'Month' }): Field {
  return { field, name, scale: 'time', ...(field === 'month' ? { monthly: true } : {}) }
}

/** A column of values without order or with the order given. */
export function categoryField(
  field: string,
  name: Phrase,
  more: Pick<Field, 'labels' | 'order'> = {},
): Field {
  return { field, name, scale: 'category', ...more }
}

/** A column of GB/T 2260 codes, shown as names. */
export function provinceField(field: string): Field {
  const labels = Object.fromEntries(provinces.map(({ code }) => [code, provinceName(code)]))
  return categoryField(field, { zh: '省份', en: 'Province' }, { labels })
}

/** A column of platform ids, shown by the names that the rows carry in `platform_name`. */
export function platformField(field: string, rows: readonly Row[]): Field {
  const named = rows.flatMap(row => {
    const [id, title] = [row[field], row.platform_name]
    return typeof id === 'string' && typeof title === 'string' ? [[id, same(title)] as const] : []
  })
  return categoryField(field, { zh: '平台', en: 'Platform' }, { labels: Object.fromEntries(named) })
}

/** More bars than this cannot be read at the size of a slide. */
export const mostBars = 20

/** A legend and slanted months take height: no more rows than this still have a name each. */
export const mostRowsUnderLegend = 14

/** What the groups beyond the first have together; `of` says of what it is a share. */
export interface Rest {
  readonly share: number
  readonly of: Phrase
}

/** What the groups that are not shown have of a column; nothing where all have nothing. */
export function restOf(
  shown: readonly Row[],
  all: readonly Row[],
  column: string,
  of: Phrase,
): Rest | undefined {
  const whole = total(all, column)
  return whole > 0 ? { share: 1 - total(shown, column) / whole, of } : undefined
}

/** What a box shows, before what else its note says. */
export function boxNote({ note }: { readonly note?: Phrase }): { readonly note: Phrase } {
  const box = {
    zh: '盒为四分位与中位数，须端为 P5 与 P95',
    en: 'Boxes: quartiles and median; ends: P5 and P95',
  }
  return { note: note ? { zh: `${box.zh}；${note.zh}`, en: `${box.en}. ${note.en}` } : box }
}

/** The line that says that a figure shows the first of many, and what the others have; nothing where it shows all. */
export function firstOf(shown: number, all: number, groups: Phrase, rest?: Rest): { readonly note?: Phrase } {
  if (shown >= all) return {}
  const others = all - shown
  const has = { zh: '', en: '' }
  if (rest) {
    has.zh = `；其余 ${others} 个合计占${rest.of.zh}的 ${formatPercent(rest.share, 'zh')}`
    has.en = `; the other ${others} have ${formatPercent(rest.share, 'en')} of ${rest.of.en}`
  }
  return {
    note: {
      zh: `图中为前 ${shown} 个${groups.zh}，共 ${all} 个${has.zh}`,
      en: `The first ${shown} of ${all} ${groups.en}${has.en}`,
    },
  }
}
