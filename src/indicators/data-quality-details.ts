import { asNumber, type Row, row } from '../domain/table.ts'
import { name, sql } from '../sql/sql.ts'
import { rankStability } from '../statistics/statistics.ts'
import {
  coefficient,
  dimensions,
  dimensionWeights,
  knownWeight,
  type Qualities,
  type QualityInputs,
  qualityChecks,
  type qualityInputs,
} from './data-quality.ts'
import { platformNames } from './device-group.ts'
import type { Detail } from './recipe.ts'

type QualityDetail = Detail<typeof qualityInputs>

const assetColumns = {
  asset_id: 'text',
  platform_id: 'text',
  platform_name: 'text',
  source_id: 'text',
  domain: 'text',
  normativity: 'number',
  completeness: 'number',
  accuracy: 'number',
  consistency: 'number',
  timeliness: 'number',
  accessibility: 'number',
  file_id: 'text',
  row_no: 'integer',
} as const

/** The dimensions of a row that has a column for each. */
function qualitiesOf(one: Row): Qualities {
  return Object.fromEntries(dimensions.map(each => [each, asNumber(one[each])])) as Qualities
}

/** The coefficient of each asset: batches are those of its source. */
export const assetQualities: QualityDetail = {
  name: { zh: '各数据资产', en: 'Data assets' },
  meaning: {
    zh: '每行一项数据资产的质量系数与六个维度，低者在前；批次各维度取其数据源的全部批次，无从判断的维度为空。',
    en: 'One row a data asset with its coefficient and six dimensions, the lowest first; what batches tell is taken from all batches of its source, and what is not known is empty.',
  },
  queried: assetColumns,
  result: { ...assetColumns, quality: 'number', known_weight: 'number' },
  query: (tables, _, context) => sql`
    with ${qualityChecks(tables, context)},
      of_source as (
        select platform_id, source_id, dimension, sum(passed) / sum(checked) as x
        from quality_check where table_name = 'ingest_batch' group by all
      ),
      of_asset as (
        select asset_id, dimension, sum(passed) / sum(checked) as x
        from quality_check where table_name <> 'ingest_batch' and asset_id is not null group by all
      ),
      known as (
        select asset_id, dimension, x from of_asset
        union all
        select asset_id, dimension, x from listed_asset join of_source using (platform_id, source_id)
      ),
      wide as (
        select asset_id, ${dimensions.map(each => sql`max(x) filter (dimension = ${each}) as ${name(each)}`).reduce((a, b) => sql`${a}, ${b}`)}
        from known group by 1
      )
    select asset_id, platform_id, platform_name, source_id, domain, normativity, completeness, accuracy, consistency,
      timeliness, accessibility, file_id, row_no
    from listed_asset left join wide using (asset_id) left join ${platformNames(tables)} using (platform_id)
    order by asset_id`,
  derive: (rows, inputs) =>
    rows
      .map(one => {
        const qualities = qualitiesOf(one)
        return {
          ...one,
          quality: coefficient(qualities, inputs),
          known_weight: knownWeight(qualities, inputs),
        }
      })
      .sort((a, b) => (a.quality ?? 2) - (b.quality ?? 2)),
}

export const failingRows: QualityDetail = {
  name: { zh: '不合规则的行', en: 'Failing rows' },
  meaning: {
    zh: '每行为某数据表中的一行在一个维度上不合规则的情形：所查项数、合格项数与不合格项数；合格占比低者、不合格多者在前。',
    en: 'One row a row of a table that fails in a dimension: the items checked, those that passed and those that failed; the lowest share first, then the most failures.',
  },
  result: {
    dimension: 'text',
    table_name: 'text',
    platform_id: 'text',
    platform_name: 'text',
    source_id: 'text',
    asset_id: 'text',
    passed: 'number',
    checked: 'number',
    failed: 'number',
    quality: 'number',
    lacking_attributes: 'text',
    file_id: 'text',
    row_no: 'integer',
  },
  query: (tables, _, context) => sql`
    with ${qualityChecks(tables, context)}
    select dimension, table_name, platform_id, platform_name, source_id, asset_id, passed, checked,
      checked - passed as failed, passed / checked as quality, lacking_attributes, file_id, row_no
    from quality_check left join ${platformNames(tables)} using (platform_id)
    where passed < checked
    order by quality, failed desc, dimension, table_name, file_id, row_no`,
}

const platformColumns = {
  platform_id: 'text',
  platform_name: 'text',
  normativity: 'number',
  completeness: 'number',
  accuracy: 'number',
  consistency: 'number',
  timeliness: 'number',
  accessibility: 'number',
} as const

/** How far the order of platforms depends on the weights. */
export const rankStabilityOfPlatforms: QualityDetail = {
  name: { zh: '排名稳定性', en: 'Rank stability' },
  meaning: {
    zh: '每行一个平台，名次靠前者在前：权重在所选值附近抽取 1000 次（狄利克雷分布，固定种子），看名次如何变动。只比较至少一个平台可知的、权重大于零的各维度都可知的平台。',
    en: 'One row a platform, the best first: weights are drawn 1000 times around the chosen ones (Dirichlet, fixed seed) to see how the ranks move. Compared are platforms that know each dimension that weighs and that any platform knows.',
  },
  queried: platformColumns,
  result: {
    platform_id: 'text',
    platform_name: 'text',
    quality: 'number',
    quality_rank: 'integer',
    same_rank_share: 'number',
    first_share: 'number',
    best_rank: 'integer',
    worst_rank: 'integer',
    top_changes: 'number',
    order_changes: 'number',
    mean_tau: 'number',
  },
  query: (tables, _, context) => sql`
    with ${qualityChecks(tables, context)},
      of_platform as (
        select platform_id, dimension, sum(passed) / sum(checked) as x from quality_check group by all
      ),
      wide as (
        select platform_id, ${dimensions.map(each => sql`max(x) filter (dimension = ${each}) as ${name(each)}`).reduce((a, b) => sql`${a}, ${b}`)}
        from of_platform where platform_id is not null group by 1
      )
    select platform_id, platform_name, normativity, completeness, accuracy, consistency, timeliness, accessibility
    from wide left join ${platformNames(tables)} using (platform_id) order by platform_id`,
  derive: stableRanks,
}

function stableRanks(rows: readonly Row[], inputs: QualityInputs): readonly Row[] {
  const weights = dimensionWeights(inputs)
  const weighing = dimensions.filter(each => weights[each] > 0 && rows.some(one => one[each] !== null))
  const compared = rows.filter(one => weighing.every(each => one[each] !== null))
  const matrix = compared.map(one => weighing.map(each => asNumber(one[each]) ?? 0))
  const stability = rankStability(
    matrix,
    weighing.map(each => weights[each]),
    { concentration: inputs.concentration, seed: 'VAL-01' },
  )
  if (stability === null) return []
  const { topChanges, orderChanges, meanTau } = stability
  return compared
    .flatMap((one, i) => {
      const item = stability.items[i]
      if (!item) return []
      const { rank, ranks } = item
      const share = (wanted: number) => ranks.find(drawn => drawn.rank === wanted)?.share ?? 0
      const { platform_id = null, platform_name = null } = one
      const bounds = [ranks[0]?.rank ?? rank, ranks.at(-1)?.rank ?? rank]
      const known = [platform_id, platform_name, coefficient(qualitiesOf(one), inputs), rank]
      const drawn = [share(rank), share(1), ...bounds, topChanges, orderChanges, meanTau]
      return [{ rank, cells: row(Object.keys(rankStabilityOfPlatforms.result), [...known, ...drawn]) }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ cells }) => cells)
}
