import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { join, name, type Sql, sql } from '../../sql/sql.ts'
import { assetUse } from '../asset-use.ts'
import {
  coefficient,
  dimensions,
  knownWeight,
  type Qualities,
  qualityChecks,
  qualityInputs,
} from '../data-quality.ts'
import { platformNames } from '../device-group.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { type Context, indicator, resolveInputs, type Tables } from '../recipe.ts'
import {
  declaredInput,
  declaredRange,
  sensitivity,
  sensitivityColumns,
  spreadInput,
  tornado,
} from '../sensitivity.ts'

const names = {
  quality: { zh: '质量系数 α', en: 'Quality coefficient α' },
  circulation: { zh: '流通系数 β', en: 'Circulation coefficient β' },
  return_rate: { zh: '成本回报率 R', en: 'Rate of return R' },
  monopoly: { zh: '垄断系数 l', en: 'Monopoly coefficient l' },
  risk: { zh: '价值实现风险系数 r', en: 'Risk coefficient r' },
} as const

const queried = {
  total_cost: 'number',
  costed_assets: 'integer',
  complete_assets: 'integer',
  listed_assets: 'integer',
  asset_utilisation: 'number',
  ...Object.fromEntries(dimensions.map(dimension => [dimension, 'number' as const])),
} as const

const measured = {
  total_cost: 'number',
  costed_assets: 'integer',
  complete_assets: 'integer',
  listed_assets: 'integer',
  measured_quality: 'number',
  known_weight: 'number',
  asset_utilisation: 'number',
} as const

/** Where a coefficient comes from. */
function origin(name: Phrase, computed: Phrase) {
  const choices = { computed, declared: { zh: '自行申报', en: 'Declared below' } }
  return { kind: 'choice', name, choices, default: 'computed' } as const
}

export default indicator({
  id: 'VAL-05',
  version: 2,
  name: { zh: '成本法估值', en: 'Cost-method value' },
  unit: 'yuan',
  source: 'CAS Guide No.9',
  needs: ['data_asset'],
  uses: ['ingest_batch', 'asset_usage', 'platform'],
  atAsOf: true,
  inputs: {
    quality_from: origin(
      { zh: 'α 取自', en: 'α is' },
      { zh: 'VAL-01（六维等权）', en: 'That of VAL-01 (equal weights)' },
    ),
    quality: declaredInput({ zh: '申报的 α', en: 'Declared α' }, [0, 1], 1),
    circulation_from: origin(
      { zh: 'β 取自', en: 'β is' },
      { zh: 'VAL-07（近 90 天利用率）', en: 'That of VAL-07 (utilisation in 90 days)' },
    ),
    circulation: declaredInput({ zh: '申报的 β', en: 'Declared β' }, [0, 1], 1),
    return_rate: declaredInput(names.return_rate, [0, 10], 0),
    monopoly: declaredInput(names.monopoly, [0, 10], 0),
    risk: declaredInput(names.risk, [0, 1], 0),
    spread: spreadInput,
  },
  queried,
  result: { ...sensitivityColumns, ...measured },

  query: (tables, _, context) => sql`
    with ${assetCosts(tables)}, ${measures(tables, context)}
    select sum(total_cost order by asset_id) as total_cost, count(total_cost) as costed_assets,
      count(cost_capture + cost_storage + cost_maintenance) as complete_assets, count(*) as listed_assets,
      (select share from utilisation) as asset_utilisation, ${join(
        dimensions.map(each => sql`(select share from quality where dimension = ${each}) as ${name(each)}`),
      )}
    from asset_cost`,

  derive: (rows, { spread, return_rate, monopoly, risk, ...given }) => {
    const shared = measuredFigures(rows)
    const cost = figure(rows, 'total_cost') ?? Number.NaN
    const quality =
      (given.quality_from === 'declared' ? given.quality : asNumber(shared.measured_quality)) ?? Number.NaN
    const circulation =
      (given.circulation_from === 'declared' ? given.circulation : asNumber(shared.asset_utilisation)) ??
      Number.NaN
    const arms = sensitivity(
      {
        quality: { declared: quality, min: 0, max: 1 },
        circulation: { declared: circulation, min: 0, max: 1 },
        return_rate: { declared: return_rate, min: 0, max: 20 },
        monopoly: { declared: monopoly, min: 0, max: 20 },
        risk: { declared: risk, min: 0, max: 1 },
      },
      spread,
      at => cost * (1 + at.return_rate) * at.quality * at.circulation * (1 + at.monopoly) * (1 - at.risk),
    )
    return arms.map(arm => ({ ...arm, ...shared }))
  },

  headline: (rows, { spread, circulation_from }) => {
    const [costed, all] = [figure(rows, 'costed_assets') ?? 0, figure(rows, 'listed_assets') ?? 0]
    return headline(
      figure(rows, 'value_declared'),
      missingOf(rows, circulation_from),
      [
        [names.quality, declaredOf(rows, 'quality'), 'decimal'],
        [names.circulation, declaredOf(rows, 'circulation'), 'decimal'],
        [{ zh: '总成本（元）', en: 'Total cost (yuan)' }, figure(rows, 'total_cost'), 'integer'],
        [
          { zh: '三项成本齐全的资产', en: 'Assets with all three costs' },
          quotient(figure(rows, 'complete_assets') ?? 0, all),
          'percent',
        ],
        [
          { zh: 'VAL-01 中可判断维度的权重', en: 'Weight of the dimensions known to VAL-01' },
          figure(rows, 'known_weight'),
          'percent',
        ],
      ],
      {
        interval: declaredRange(rows, spread),
        basis: basis(costed, { zh: '项有成本的资产', en: 'assets with a cost' }, all),
      },
    )
  },

  chart: rows => tornado(rows, names),

  details: {
    assets: {
      name: { zh: '各资产的成本', en: 'Costs by asset' },
      meaning: {
        zh: '每行一项数据资产及其三项成本，合计多者在前；没有任何一项成本的在最后，不计入总成本。',
        en: 'One row a data asset with its three costs, the dearest first; those without any cost come last and are not in the total.',
      },
      result: {
        asset_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        domain: 'text',
        cost_capture: 'number',
        cost_storage: 'number',
        cost_maintenance: 'number',
        total_cost: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: tables => sql`
        with ${assetCosts(tables)}
        select asset_id, platform_id, platform_name, domain, cost_capture, cost_storage, cost_maintenance, total_cost,
          file_id, row_no
        from asset_cost left join ${platformNames(tables)} using (platform_id)
        order by total_cost desc nulls last, asset_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '以数据资产的采集、存储与维护成本之和为基础，按申报的回报率与价值调整系数得出的金额范围；调整系数中的质量系数 α 与流通系数 β 默认由数据算出，其余由使用者申报。范围下端为全部输入同时取不利一端，上端为同时取有利一端。龙卷风图逐项显示只变动一个输入时的影响。',
      en: 'A range of money from the sum of the costs of capture, storage and maintenance of the data assets, with the rate of return and the adjustment coefficient; of the latter, quality α and circulation β are computed from the data by default, the rest is declared. The low end has all inputs at their worse ends at once, its high end all at their better ends. The tornado shows what one input alone does.',
    },
    formula: String.raw`P = C\,(1 + R)\,U, \qquad U = \alpha \beta\,(1 + l)(1 - r), \qquad C = \sum_a (c_a + s_a + m_a)`,
    symbols: {
      zh: String.raw`$P$：估值（元）；$C$：总成本 TC；$c_a$、$s_a$、$m_a$：资产 $a$ 的采集、存储、维护成本；$R$：成本回报率；$U$：价值调整系数；$\alpha$：质量系数；$\beta$：流通系数；$l$：垄断系数；$r$：价值实现风险系数`,
      en: String.raw`$P$: value in yuan; $C$: total cost (TC); $c_a$, $s_a$, $m_a$: costs of capture, storage and maintenance of asset $a$; $R$: rate of return; $U$: adjustment coefficient; $\alpha$: quality; $\beta$: circulation; $l$: monopoly; $r$: risk that the value is not realised`,
    },
    source: {
      zh: '中国资产评估协会《资产评估专家指引第9号——数据资产评估》的成本法；浮动幅度与范围的取法，以及 α 取自 VAL-01、β 取自 VAL-07，为本软件约定。',
      en: 'The cost method of Expert Guide No. 9 of the China Appraisal Society (data assets); the spread and how the range is taken, and taking α from VAL-01 and β from VAL-07, are conventions of Assay.',
    },
    cautions: {
      zh: '这是按申报假设计算的结果，不是《数据资产评估指导意见》意义上的评估结论，不能代替评估报告。α 默认为 VAL-01 的数据质量系数（六维等权，无从判断的维度不计，可判断维度的权重列在旁边），β 默认为 VAL-07 的利用率（近 90 天），与这两项指标在同一筛选下以默认输入所得相同；指引中的流通系数按可流通数据量与传播系数确定，利用率只是其代理，两者均可改为自行申报。R、l、r 只能由使用者申报；默认值 0 表示“未申报、中性”，不代表任何判断。浮动按所取值的百分比计，取值为 0 的输入因此没有浮动，其不确定性不在范围内；α、β、r 不超过 1。总成本按账面计入，不在浮动之列，也未按价格指数重置、未扣减折旧。缺少部分成本的资产按已知各项计入，全部缺失的资产不计，故总成本偏低；齐全的占比列在旁边。同一成本若分摊到多项资产且重复填报，会被重复计算。范围由假设得出，不是置信区间。时期筛选不作用于资产目录；省份、行业等筛选按资产所属平台。',
      en: 'A calculation from declared assumptions. It is no appraisal under the CAS guidance and does not stand in for a report of one. By default α is the data-quality coefficient of VAL-01 (equal weights, dimensions that are not known left out; the weight of those known stands beside) and β the utilisation of VAL-07 (90 days), as those indicators give them with their default inputs under the same filters. In the Guide circulation follows from the volume that may circulate and how far it spreads; utilisation stands in for it. Either may be declared instead. R, l and r can only be declared; their default of 0 means “not declared: neutral” and judges nothing. The spread is a percentage of the value taken, so an input of 0 does not move and its uncertainty is not in the range; α, β and r cannot exceed 1. Costs are taken as booked: they do not move, and are neither restated by a price index nor depreciated. An asset without some of its costs counts with those it has, one without any is left out, so the total errs downwards; the share with all three stands beside. A cost that is entered with several assets is counted several times. The range follows from assumptions and is no confidence interval. A period filter does not act on the list of assets; filters by province or industry act through the platform of an asset.',
    },
  },
})

/** CTE `asset_cost`: one row an asset id; `total_cost` sums the costs that are known and is null where none is. */
function assetCosts({ data_asset }: Tables): Sql {
  return sql`asset_cost as (
      select asset_id, platform_id::varchar as platform_id, domain::varchar as domain, cost_capture, cost_storage,
        cost_maintenance, case when coalesce(cost_capture, cost_storage, cost_maintenance) is not null
          then coalesce(cost_capture, 0) + coalesce(cost_storage, 0) + coalesce(cost_maintenance, 0) end as total_cost,
        file_id, row_no
      from ${data_asset} where asset_id is not null
      qualify row_number() over (partition by asset_id order by file_id, row_no) = 1
    )`
}

/** CTEs `quality` (dimension, share: that of VAL-01 over all platforms) and `utilisation` (share: VAL-07), both of one row each. */
function measures(tables: Tables, context: Context): Sql {
  return sql`${qualityChecks(tables, context)}, quality as (
      select dimension, case when sum(checked) > 0 then sum(passed) / sum(checked) end as share
      from quality_check group by dimension
    ), ${assetUse(tables, 90, context)}, utilisation as (
      select case when count(*) > 0 and any_value(covered) > 0 then count(*) filter (used) / count(*) end as share
      from asset, extent
    )`
}

const equalWeights = resolveInputs(qualityInputs, {})

/** What every row repeats: costs, and both coefficients as measured. */
function measuredFigures(rows: readonly Row[]): Row {
  const shares = dimensions.map(each => [each, figure(rows, each)])
  const qualities = Object.fromEntries(shares) as Qualities
  const derived: Row = {
    ...rows[0],
    measured_quality: coefficient(qualities, equalWeights),
    known_weight: knownWeight(qualities, equalWeights),
  }
  const columns = Object.keys(measured)
  return row(
    columns,
    columns.map(column => derived[column] ?? null),
  )
}

function declaredOf(rows: readonly Row[], parameter: string): number | null {
  return asNumber(rows.find(one => one.parameter === parameter)?.declared)
}

function missingOf(rows: readonly Row[], circulationFrom: string): readonly string[] {
  if ((figure(rows, 'listed_assets') ?? 0) === 0) return ['data_asset']
  if (figure(rows, 'total_cost') === null)
    return ['data_asset.cost_capture', 'data_asset.cost_storage', 'data_asset.cost_maintenance']
  return circulationFrom === 'computed' && figure(rows, 'asset_utilisation') === null
    ? ['asset_usage']
    : ['data_asset']
}
