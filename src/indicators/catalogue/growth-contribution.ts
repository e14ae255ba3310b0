import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import { provinceName } from '../../domain/province.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, provinceField } from '../field.ts'
import { type Beside, basis, figure, headline, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import {
  cellColumns,
  groupGrowth,
  growthCells,
  growthInputs,
  termCells,
  termColumns,
} from '../regional-growth.ts'
import { allocationColumns, allocationRows, allocationWeights, weightColumns } from '../target-allocation.ts'
import { countedInput } from '../target-series.ts'

const inputs = {
  ...growthInputs,
  counted: countedInput,
  allocation: {
    kind: 'choice',
    name: { zh: '目标分解的依据', en: 'The target is allocated by' },
    choices: {
      stock: { zh: '存量占比', en: 'Share of the stock' },
      growth: { zh: '增量占比', en: 'Share of the growth' },
    },
    default: 'stock',
  },
} as const

const terms = {
  national_term: { zh: '全国增长', en: 'National growth' },
  industry_term: { zh: '行业结构', en: 'Industry mix' },
  local_term: { zh: '地方因素', en: 'Local' },
} as const

export default indicator({
  id: 'PLN-04',
  version: 1,
  name: { zh: '区域增长贡献率', en: 'Growth contribution' },
  unit: 'percent',
  source: 'Regional science (shift-share)',
  needs: ['device'],
  uses: ['platform', 'plan_target'],
  atAsOf: true,
  inputs,
  queried: cellColumns,
  result: {
    province_code: 'text',
    ...termColumns,
    all_before: 'integer',
    all_change: 'integer',
    registered: 'integer',
    dated: 'integer',
    dated_and_placed: 'integer',
  },
  query: (tables, chosen, { asOf }) => growthCells(tables, chosen, asOf),

  derive: cells => {
    const groups = groupGrowth(cells, 'province_code')
    const placed = cells.filter(({ province_code }) => province_code !== null)
    const said = [total(cells, 'registered'), total(cells, 'dated'), total(placed, 'dated')]
    const before = total(cells, 'stock_before')
    const all = [before, total(cells, 'stock_after') - before, ...said]
    const names = ['province_code', ...Object.keys(termColumns), 'all_before', 'all_change', ...counts]
    if (groups.length === 0 && cells.length > 0)
      return [row(names, [...Array.from({ length: 10 }, () => null), ...all])]
    return groups.map(of => row(names, [of.group, ...termCells(of), ...all]))
  },

  headline: rows => {
    const top = contributors(rows)[0]
    return headline(asNumber(top?.contribution), [missingOf(rows)], besidesOf(rows), {
      basis: basis(
        figure(rows, 'dated_and_placed') ?? 0,
        { zh: '台激活时间与省份均已知的设备', en: 'devices of known activation and province' },
        figure(rows, 'registered'),
      ),
    })
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'tile',
        region: provinceField('province_code'),
        colour: numberField('contribution', { zh: '增长贡献率', en: 'Contribution to growth' }, 'percent'),
      },
    ],
    rows: contributors(rows),
    note: {
      zh: '每个省级单位一格，位置为示意；份额之和（含省份未知者）为 100%，存量下降的省份在总量增长时为负',
      en: 'One square for each province-level unit, places schematic; shares sum to 100% (unknown provinces included); where the whole grows, a province that shrinks has a negative share',
    },
  }),

  details: {
    terms: {
      name: { zh: '偏离—份额分解', en: 'Shift-share terms' },
      meaning: {
        zh: '各省存量变化分为三项：与全国同速应有的增长、行业结构带来的差异、地方因素；三项之和即该省的变化。变化多的在前。',
        en: 'The change of each province in three terms: what growth like that of the whole would have brought, what its mix of industries adds, and what is local; they sum to its change. The largest change first.',
      },
      queried: cellColumns,
      result: { province_code: 'text', term: 'text', devices: 'number' },
      query: (tables, chosen, { asOf }) => growthCells(tables, chosen, asOf),
      derive: cells =>
        groupGrowth(cells, 'province_code').flatMap(({ group, national, industry, local }) =>
          Object.entries({ national_term: national, industry_term: industry, local_term: local }).map(
            ([term, devices]) => row(['province_code', 'term', 'devices'], [group, term, devices]),
          ),
        ),
      chart: termsChart,
    },
    tiers: {
      name: { zh: '按平台梯度', en: 'By tier of the platform' },
      meaning: {
        zh: '一行为一个梯度（空为未知）：期初、期末存量、变化、贡献率与偏离—份额三项，变化多的在前。',
        en: 'One row a tier of platforms (blank: unknown): stock before and after, change, contribution and the three terms; the largest change first.',
      },
      queried: cellColumns,
      result: { tier: 'text', ...termColumns },
      query: (tables, chosen, { asOf }) => growthCells(tables, chosen, asOf),
      derive: cells =>
        groupGrowth(cells, 'tier').map(of =>
          row(['tier', ...Object.keys(termColumns)], [of.group, ...termCells(of)]),
        ),
      chart: rows => ({
        layers: [
          {
            mark: 'bar',
            x: numberField('change', { zh: '存量变化', en: 'Change of the stock' }, 'integer'),
            y: categoryField(
              'tier',
              { zh: '梯度', en: 'Tier' },
              { labels: tiers, order: Object.keys(tiers) },
            ),
          },
        ],
        rows,
      }),
    },
    allocation: {
      name: { zh: '全国目标分解到省份', en: 'The national target by province' },
      meaning: {
        zh: '全国目标的增量（目标值减公布基期）按所选依据以最大余数法分到各省，各省之和恰为增量。平台数一律按有影响力平台的存量分解；省份未知者不参与。这是按比例的算术分解，不是任何官方指标。',
        en: 'The increase of each national target (target less published base) shared out among provinces by the chosen weight with the method of largest remainders, so that the parts sum to it. Platforms always by the stock of influential platforms; unknown provinces take no part. This is arithmetic in proportion and no official quota.',
      },
      queried: weightColumns,
      result: allocationColumns,
      query: allocationWeights,
      derive: allocationRows,
    },
  },

  explanation: {
    meaning: {
      zh: '各省设备存量的变化占全部变化的比例；标题数字为贡献最大的省份。存量为某时点前已激活且尚未退役的设备，观察期为数据时点之前所设年数。偏离—份额法把各省的变化分为全国增长、行业结构与地方因素三项。',
      en: 'The change of each province’s stock of devices as a share of the whole change; the headline is the province that contributes most. The stock is the devices activated by a time and not yet retired, compared over the years before the time of the data. Shift-share splits each province’s change into national growth, industry mix and a local term.',
    },
    formula: String.raw`\begin{aligned} c_i &= \frac{\Delta x_i}{\sum_j \Delta x_j} \\ \Delta x_i &= \sum_k x_{ik} g + \sum_k x_{ik} (g_k - g) + \sum_k x_{ik} (g_{ik} - g_k) \end{aligned}`,
    symbols: {
      zh: String.raw`$c_i$：省份 $i$ 的贡献率；$\Delta x_i$：其存量变化；$j$：各省份；$x_{ik}$：省份 $i$ 行业 $k$ 的期初存量；$g$：全部存量的增长率；$g_k$：行业 $k$ 的增长率；$g_{ik}$：省份 $i$ 行业 $k$ 的增长率`,
      en: String.raw`$c_i$: contribution of province $i$; $\Delta x_i$: change of its stock; $j$: the provinces; $x_{ik}$: stock of industry $k$ in province $i$ before; $g$: growth of the whole stock; $g_k$: growth of industry $k$; $g_{ik}$: growth of industry $k$ in province $i$`,
    },
    source: {
      zh: '经典偏离—份额分析（Dunn，1960）；最大余数法（Hamilton；Balinski 与 Young，1982）。',
      en: 'Classical shift-share analysis (Dunn 1960); the method of largest remainders (Hamilton; Balinski & Young 1982).',
    },
    cautions: {
      zh: '幸存者偏差：设备清单通常不含已删除的设备，期初存量偏低；各省清理名单的习惯不同时，贡献率会被扭曲。“全国增长”指数据中全部设备的增长，而非全国统计。按设备自身所在省份，省份未知的设备自成一组，不出现在图上，但计入合计；行业未知者作为一个行业。期初没有设备的行业，其增长全部计入地方因素。没有激活时间的设备不计入，默认不计注明为非工业的设备。总量下降时，贡献率为对下降的贡献；总量不变时无定义；总变化接近零时，各省份额可远超 100%，宜看变化数。地方因素是残差，不等于政策成效。省份筛选会改变“全部”的含义。时期筛选只以最后一天为期末。这是清单上的确数，不给抽样区间。',
      en: 'Survivor bias: device lists usually omit deleted devices, so the stock before looks too small; where provinces clean their lists differently, contributions are distorted. “National growth” is that of all devices in the data and no national statistic. By the province of the device itself; devices of unknown province are a group of their own, which the figure leaves out and the total holds; those of unknown industry count as one industry. What industries without devices before have gained is local. Devices without activation time are left out, by default also those said not to be industrial. Where the whole shrinks the contribution is to the decline; where it does not change there is none; where the change is near zero shares run far beyond 100% and the changes themselves say more. The local term is a residual and does not measure policy. A province filter changes what “whole” means. Of a period only the last day counts, as the end. This is counted from lists: there is no sampling interval.',
    },
  },
})

const counts = ['registered', 'dated', 'dated_and_placed'] as const
const tiers = canonicalTables.platform.columns.tier.values

/** Known provinces, the largest contribution first. */
function contributors(rows: readonly Row[]): readonly Row[] {
  return rows
    .filter(({ province_code, contribution }) => province_code !== null && contribution !== null)
    .toSorted((a, b) => (asNumber(b.contribution) ?? 0) - (asNumber(a.contribution) ?? 0))
}

function besidesOf(rows: readonly Row[]): readonly Beside[] {
  const known = contributors(rows)
  const named = known.slice(0, 3).map((one): Beside => {
    const { zh, en } = provinceName(String(one.province_code))
    return [{ zh: `${zh}的变化`, en: `Change in ${en}` }, asNumber(one.change), 'integer']
  })
  const five = known.length < 5 ? null : total(known.slice(0, 5), 'contribution')
  const unplaced = rows.find(
    ({ province_code, contribution }) => province_code === null && contribution !== null,
  )
  return [
    ...named,
    [{ zh: '全部变化', en: 'Whole change' }, figure(rows, 'all_change'), 'integer'],
    [{ zh: '前五省份合计贡献率', en: 'The first five together' }, five, 'percent'],
    [
      { zh: '省份未知者的贡献率', en: 'Contribution of unknown provinces' },
      asNumber(unplaced?.contribution),
      'percent',
    ],
  ]
}

function missingOf(rows: readonly Row[]): string {
  if (!figure(rows, 'registered')) return 'device'
  if (!figure(rows, 'dated')) return 'device.activated_at'
  return figure(rows, 'dated_and_placed')
    ? 'device: a stock that was there before, and changed'
    : 'device.province_code'
}

function termsChart(rows: readonly Row[]): Chart {
  const provinces = [...new Set(rows.map(({ province_code }) => province_code))]
  const shown = provinces.slice(0, mostRowsUnderLegend)
  return {
    layers: [
      {
        mark: 'bar',
        x: numberField('devices', { zh: '存量变化', en: 'Change of the stock' }, 'compact'),
        y: provinceField('province_code'),
        colour: categoryField(
          'term',
          { zh: '分解项', en: 'Term' },
          { labels: terms, order: Object.keys(terms) },
        ),
      },
    ],
    rows: rows.filter(({ province_code }) => shown.includes(province_code)),
    ...firstOf(shown.length, provinces.length, {
      zh: '省份（按变化从多到少）',
      en: 'provinces, the largest change first',
    }),
  }
}
