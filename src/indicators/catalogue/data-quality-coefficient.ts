import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, type Value } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import {
  coefficient,
  type Dimension,
  dimensionColumns,
  dimensionNames,
  dimensions,
  dimensionWeights,
  knownWeight,
  type Qualities,
  type QualityInputs,
  qualityChecks,
  qualityInputs,
} from '../data-quality.ts'
import { assetQualities, failingRows, rankStabilityOfPlatforms } from '../data-quality-details.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, platformField } from '../field.ts'
import { headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'

export default indicator({
  id: 'VAL-01',
  version: 2,
  name: { zh: '数据质量系数', en: 'Data-quality coefficient' },
  unit: 'ratio',
  source: 'GB/T 36344; weights ours',
  needs: [],
  uses: ['ingest_batch', 'data_asset', 'asset_usage', 'platform'],
  inputs: qualityInputs,
  queried: {
    platform_id: 'text',
    platform_name: 'text',
    dimension: 'text',
    passed: 'number',
    checked: 'number',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    dimension: 'text',
    dimension_weight: 'number',
    passed: 'number',
    checked: 'number',
    quality: 'number',
    platform_quality: 'number',
  },

  query: (tables, _, context) => sql`
    with ${qualityChecks(tables, context)}, of_platform as (
      select platform_id, dimension, sum(passed) as passed, sum(checked) as checked from quality_check group by all
    )
    select platform_id, platform_name, dimension, passed, checked
    from of_platform left join ${platformNames(tables)} using (platform_id)
    order by platform_id nulls last, dimension`,

  derive: (rows, inputs) => grid(rows, inputs),

  headline: (rows, inputs) => {
    const qualities = pooled(rows)
    const weights = dimensionWeights(inputs)
    const columns = dimensions.filter(each => weights[each] > 0).flatMap(each => dimensionColumns[each])
    return headline(
      coefficient(qualities, inputs),
      [...new Set(columns)],
      dimensions.map(each => [dimensionNames[each], qualities[each], 'percent'] as const),
      {
        basis: {
          n: dimensions.filter(each => qualities[each] !== null && weights[each] > 0).length,
          of: { zh: '个可判断的维度（占比按权重）', en: 'dimensions known (share by weight)' },
          share: knownWeight(qualities, inputs),
        },
      },
    )
  },

  chart: (rows): Chart => {
    const judged = rows.filter(row => row.platform_quality !== null && row.platform_id !== null)
    const platforms = [...new Set(judged.map(({ platform_id }) => String(platform_id)))]
    const shown = platforms.slice(0, mostRowsUnderLegend)
    const worst = { zh: '平台（按系数从低到高）', en: 'platforms, the lowest coefficient first' }
    return {
      layers: [
        {
          mark: 'cell',
          x: categoryField(
            'dimension',
            { zh: '维度', en: 'Dimension' },
            { order: dimensions, labels: dimensionNames },
          ),
          y: { ...platformField('platform_id', judged), order: shown },
          colour: numberField('quality', { zh: '合格占比', en: 'Share that passes' }, 'percent'),
        },
      ],
      rows: judged.filter(row => row.quality !== null && shown.includes(String(row.platform_id))),
      ...firstOf(shown.length, platforms.length, worst),
    }
  },

  details: {
    assets: assetQualities,
    'failing-rows': failingRows,
    'rank-stability': rankStabilityOfPlatforms,
  },

  explanation: {
    meaning: {
      zh: '六个维度各为合格项占所查项的比例，再按权重平均，0 到 1。规范性：数据资产的数据源、数据域、分级、周期四项属性中已填写的；完整性：应收记录中实收的；准确性：记录中不是完全重复的；一致性：记录中不与同键的另一值冲突的；时效性：记录中未迟到的；可访问性：有调用的“资产—使用方—月”中确有数据输出的。',
      en: 'Each of six dimensions is the share of checked items that pass; their weighted mean lies between 0 and 1. Normativity: of the four attributes source, domain, class and period of data assets, those filled in. Completeness: of expected records, those received. Accuracy: of records, those that are no exact repetition. Consistency: of records, those that do not contradict another of the same key. Timeliness: of records, those that were not late. Accessibility: of the asset, consumer and month combinations with calls, those in which data came out.',
    },
    formula: String.raw`\alpha = \frac{\sum_{k \in K} w_k X_k}{\sum_{k \in K} w_k}, \qquad X_k = \frac{A_k}{B_k} = \frac{\sum_r a_{rk}}{\sum_r b_{rk}}`,
    symbols: {
      zh: String.raw`$\alpha$：数据质量系数；$k$：维度；$K$：可判断的维度；$w_k$：权重；$X_k$：维度 $k$ 的合格占比；$A_k$：合格项数；$B_k$：所查项数；$r$：数据资产、批次或使用记录的一行；$a_{rk}$、$b_{rk}$：该行的合格项数与所查项数`,
      en: String.raw`$\alpha$: data-quality coefficient; $k$: a dimension; $K$: those known; $w_k$: weight; $X_k$: share that passes in dimension $k$; $A_k$: items that passed; $B_k$: items checked; $r$: a row of assets, batches or usage; $a_{rk}$, $b_{rk}$: items of that row that passed, and that were checked`,
    },
    source: {
      zh: '六个维度与 X=A/B 见 GB/T 36344-2018《信息技术 数据质量评价指标》；由哪些列判断与权重为本软件约定。排名稳定性：Saisana、Saltelli、Tarantola（2005），J. R. Stat. Soc. A 168, 307–323。',
      en: 'The dimensions and X = A/B are those of GB/T 36344-2018 (data quality evaluation indicators); from which columns they are told, and the weights, are conventions of Assay. Rank stability: Saisana, Saltelli and Tarantola (2005), J. R. Stat. Soc. A 168, 307–323.',
    },
    cautions: {
      zh: '权重没有官方取值：默认相等，使用时归一为和等于 1（全部为零则视为相等），并随运行记录保存；请看“排名稳定性”。默认情形下无从判断的维度不计、其余权重放大，系数因此可能偏高；所占权重见“所依据的占比”；也可按零计。准确性只是不重复：真正的准确须有参照值，这里没有。完整、准确、一致、时效四个维度由范围内全部汇聚批次合并得出（记录多的批次分量大，没有资产的数据源也计入），不看遥测，因此可与 AGG-05 至 AGG-07 由遥测得出的数不同；累计计数器取窗口内的记录数。应收为零或实收未知的批次不计完整性；重复数、冲突数或迟到数多于记录数的批次自相矛盾，不计该维度，两数缺一的也不计；迟到的时限由导出方自定。规范性只看属性是否填写，不看内容是否正确，不在值域内的数据域在导入时已按行拒绝。可访问性只见于有使用的资产，且调用次数与输出字节数都已知：从未被请求的资产不表明可访问与否，参见沉睡数据 VAL-08。数据资产没有时间，时期筛选对规范性不起作用。几个维度相加假定一个维度可以弥补另一个。这是对数据的清点，不是抽样，故不给区间。',
      en: 'The weights have no official values: they are equal by default, scaled to sum to 1 (equal where all are zero) and kept in the record of the run; see the rank stability. Dimensions that are not known are left out by default and the other weights scaled up, so the coefficient may err upwards; the share of the weights that is known is given with the basis. They may also count as zero. Accuracy here is the absence of repetition alone: true accuracy needs a reference, and there is none. Completeness, accuracy, consistency and timeliness pool all ingest batches in scope (those with many records count for more; sources without an asset take part too) and not telemetry, so they may differ from AGG-05 to AGG-07 told from telemetry; of cumulative counters the records within the window are taken. Batches with nothing expected or an unknown number received do not tell completeness; those with more repeated, conflicting or late records than records contradict themselves and do not tell that dimension, nor do those that lack either count; the limit for lateness is the exporter’s own. Normativity asks whether attributes are filled in, not whether they are right; a domain outside its list was refused at import with its row. Accessibility shows for assets in use alone, where calls and bytes out are both known: one that nobody asks for is neither accessible nor not, see dark data (VAL-08). Assets have no time, so a period does not act on normativity. Adding dimensions lets one make up for another. Nothing is sampled, so there is no interval.',
    },
  },
})

/** The shares of all platforms together. */
function pooled(rows: readonly Row[]): Qualities {
  return sharesOf(each => rows.filter(({ dimension }) => dimension === each))
}

function sharesOf(rowsOf: (dimension: Dimension) => readonly Row[]): Qualities {
  const shares = dimensions.map(each => {
    const rows = rowsOf(each)
    return [each, quotient(total(rows, 'passed'), total(rows, 'checked'))]
  })
  return Object.fromEntries(shares) as Qualities
}

/** Six rows a platform, the platform of the lowest coefficient first. */
function grid(rows: readonly Row[], inputs: QualityInputs): readonly Row[] {
  const weights = dimensionWeights(inputs)
  const platforms = [...byPlatform(rows)].map(([id, of]) => {
    const qualities = pooled(of)
    return { id, of, qualities, alpha: coefficient(qualities, inputs) }
  })
  platforms.sort((a, b) => (a.alpha ?? 2) - (b.alpha ?? 2))
  return platforms.flatMap(({ id, of, qualities, alpha }) =>
    dimensions.map(dimension => ({
      platform_id: id,
      platform_name: of[0]?.platform_name ?? null,
      dimension,
      dimension_weight: weights[dimension],
      ...counts(of, dimension),
      quality: qualities[dimension],
      platform_quality: alpha,
    })),
  )
}

function byPlatform(rows: readonly Row[]): ReadonlyMap<Value, readonly Row[]> {
  const groups = new Map<Value, Row[]>()
  for (const one of rows) {
    const id = one.platform_id ?? null
    groups.set(id, [...(groups.get(id) ?? []), one])
  }
  return groups
}

function counts(rows: readonly Row[], wanted: Dimension): Readonly<Record<'passed' | 'checked', Value>> {
  const found = rows.find(({ dimension }) => dimension === wanted)
  return { passed: asNumber(found?.passed) ?? 0, checked: asNumber(found?.checked) ?? 0 }
}
