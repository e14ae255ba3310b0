import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { type coverageInputs, coveredCells } from './coverage-game.ts'
import { categoryField, numberField, provinceField } from './field.ts'
import { industries } from './industry.ts'
import type { Detail } from './recipe.ts'

const columns = {
  industry_code: 'text',
  province_code: 'text',
  month: 'date',
  weight: 'integer',
  weight_share: 'number',
  sources: 'integer',
  source_ids: 'text',
} as const

/** Which cells come first: those that weigh most, or those that hang on the fewest sources. */
const orders = {
  weight: sql`weight desc, k, industry_code, province_code, month`,
  sources: sql`k, weight desc, industry_code, province_code, month`,
} as const satisfies Readonly<Record<string, Sql>>

const meanings: Readonly<Record<keyof typeof orders, Phrase>> = {
  weight: {
    zh: '一行一个被覆盖的行业 × 省份 × 月份单元：权重、占总权重的比例、覆盖它的数据源数与编号；权重大的在前。单元的权重由这些数据源平分，即得沙普利值，可逐行复核。',
    en: 'One row a covered cell (industry × province × month): its weight, the share of all weight, how many sources cover it and which; the heaviest first. Divide each weight equally among its sources and add up by source: that is the Shapley value.',
  },
  sources: {
    zh: '一行一个被覆盖的行业 × 省份 × 月份单元：权重、占总权重的比例、覆盖它的数据源数与编号；覆盖者最少的在前。只有一个数据源的单元，其权重计入该数据源的留一边际值。',
    en: 'One row a covered cell (industry × province × month): its weight, the share of all weight, how many sources cover it and which; those with the fewest first. The weight of a cell with a single source is part of that source’s leave-one-out value.',
  },
}

/** The cells of the coverage game, and where the weight lies. */
export function cellsDetail(first: keyof typeof orders): Detail<typeof coverageInputs> {
  return {
    name: { zh: '被覆盖的单元', en: 'Covered cells' },
    meaning: meanings[first],
    result: columns,
    query: (tables, inputs, context) => sql`
      with ${coveredCells(tables, inputs, context)}, whole as (select sum(weight) as all_weight from cell)
      select industry_code, province_code, month, weight, case when all_weight > 0 then weight / all_weight end
        as weight_share, k as sources, source_ids
      from cell, whole order by ${orders[first]}`,
    chart: cellChart,
  }
}

/** The weight by industry and province, all months together. */
function cellChart(rows: readonly Row[]): Chart {
  const sums = new Map<string, { readonly industry: string; readonly province: string; share: number }>()
  for (const { industry_code, province_code, weight_share } of rows) {
    const share = asNumber(weight_share)
    if (share === null) continue
    const [industry, province] = [String(industry_code), String(province_code)]
    const key = JSON.stringify([industry, province])
    const sum = sums.get(key) ?? { industry, province, share: 0 }
    sums.set(key, { ...sum, share: sum.share + share })
  }
  return {
    layers: [
      {
        mark: 'cell',
        x: provinceField('province_code'),
        y: categoryField('industry_code', { zh: '行业', en: 'Industry' }, { labels: industries }),
        colour: numberField('weight_share', { zh: '占总权重', en: 'Share of the weight' }, 'percent'),
      },
    ],
    rows: [...sums.values()]
      .toSorted((a, b) => (a.industry < b.industry ? -1 : a.industry > b.industry ? 1 : 0))
      .map(({ industry, province, share }) =>
        row(['industry_code', 'province_code', 'weight_share'], [industry, province, share]),
      ),
  }
}
