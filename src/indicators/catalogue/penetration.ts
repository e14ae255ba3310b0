import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart, Layer } from '../../domain/chart.ts'
import { formatDate } from '../../domain/format.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { nationalScopes } from '../../domain/target.ts'
import { sql } from '../../sql/sql.ts'
import { wilson } from '../../statistics/statistics.ts'
import { enterpriseInputs, enterprisesAt } from '../enterprise-use.ts'
import { categoryField, numberField, provinceField } from '../field.ts'
import { type Beside, basis, confidence, figure, headline, quotient, total } from '../headline.ts'
import { populationShare, postStratified, unweighted, weightingInputs } from '../penetration-estimate.ts'
import { type InputValues, indicator } from '../recipe.ts'
import { intervalName, withWilson } from '../share-bars.ts'

const inputs = { ...enterpriseInputs, ...weightingInputs } as const
type Inputs = InputValues<typeof inputs>

const title = { zh: '普及率', en: 'Penetration' } as const

const counted = {
  enterprises: 'integer',
  applying: 'integer',
  by_contract: 'integer',
  by_usage: 'integer',
  by_device: 'integer',
} as const

const queried = {
  size: 'text',
  ...counted,
  listed: 'integer',
  target_value: 'number',
} as const

/** Counts of enterprises that apply a platform, and by what it is told. */
const counts = sql`count(*) as enterprises, count(*) filter (applies) as applying,
      count(*) filter (by_contract) as by_contract, count(*) filter (by_usage) as by_usage,
      count(*) filter (by_device) as by_device`

const result = {
  ...queried,
  share: 'number',
  low: 'number',
  high: 'number',
  population_share: 'number',
  penetration: 'number',
  penetration_low: 'number',
  penetration_high: 'number',
  effective_size: 'number',
  scope: 'text',
} as const

export default indicator({
  id: 'PLN-05',
  version: 1,
  name: { zh: '平台普及率', en: 'Penetration' },
  unit: 'percent',
  source: 'Action Plan 2026–2028; GB/T 41870 surveys; definition user-set',
  needs: ['organisation'],
  uses: ['contract', 'usage', 'device', 'platform', 'plan_target'],
  atAsOf: true,
  inputs,
  queried,
  result,

  query: (tables, choices, { asOf }) => sql`
    with ${enterprisesAt(tables, choices, asOf)},
      whole as (select count(distinct org_id) as listed from ${tables.organisation}),
      goal as (
        select min(target_value) as target_value from ${tables.plan_target}
        where indicator = 'penetration' and scope in ${nationalScopes}
      )
    select size, ${counts}, listed, target_value from enterprise, whole, goal
    group by size, listed, target_value order by list_position(['大', '中', '小', '微'], size) nulls last`,

  derive: (rows, chosen, { asOf }) => {
    const estimate = chosen.weighting === 'size' ? postStratified(rows, chosen) : unweighted(rows)
    const { value = null, low = null, high = null, effective = null } = estimate ?? {}
    const said = [value, low, high, effective, scopeText(chosen, asOf)]
    return rows.map(one => {
      const [n, k] = [asNumber(one.enterprises) ?? 0, asNumber(one.applying) ?? 0]
      const limits = wilson(k, n)
      const size = typeof one.size === 'string' ? one.size : null
      const own = [quotient(k, n), limits?.low ?? null, limits?.high ?? null]
      const share = chosen.weighting === 'size' ? populationShare(size, chosen) : null
      return row(Object.keys(result), [...Object.values(one), ...own, share, ...said])
    })
  },

  headline: (rows, { weighting }) => {
    const value = figure(rows, 'penetration')
    const used = weighting === 'size' ? rows.filter(one => (asNumber(one.population_share) ?? 0) > 0) : rows
    return headline(value, [missingOf(rows)], besidesOf(rows), {
      interval: confidence(
        { low: figure(rows, 'penetration_low'), high: figure(rows, 'penetration_high') },
        weighting === 'size'
          ? { zh: '加权比例，线性化标准误，logit 尺度', en: 'weighted share, linearised, on the logit scale' }
          : { zh: '威尔逊（Wilson）区间', en: 'Wilson' },
      ),
      basis: basis(total(used, 'enterprises'), { zh: '个组织', en: 'organisations' }, figure(rows, 'listed')),
    })
  },

  chart: (rows): Chart => {
    const y = categoryField(
      'size',
      { zh: '规模', en: 'Size' },
      { labels: canonicalTables.organisation.columns.size.values, order: ['大', '中', '小', '微'] },
    )
    const end = (field: string) => numberField(field, intervalName, 'percent')
    const rules: readonly (readonly [number | null, { readonly zh: string; readonly en: string }])[] = [
      [figure(rows, 'penetration'), { zh: '总体', en: 'All' }],
      [figure(rows, 'target_value'), { zh: '目标', en: 'Target' }],
    ]
    return {
      layers: [
        { mark: 'bar', x: numberField('share', title, 'percent'), y },
        { mark: 'whisker', at: y, low: end('low'), high: end('high'), along: 'x' },
        ...rules.flatMap(([at, name]): readonly Layer[] =>
          at === null ? [] : [{ mark: 'rule', axis: 'x', at, name }],
        ),
      ],
      rows,
      note: {
        zh: '口径为自设，与官方普及率不可直接比较；须线为 95% 威尔逊区间',
        en: 'The definition is user-set and not that of the official figure; whiskers are 95% Wilson intervals',
      },
    }
  },

  details: {
    provinces: {
      name: { zh: '按组织所在省份', en: 'By province of the organisations' },
      meaning: {
        zh: '一行为一个省份（空为未知）：组织数、应用平台的组织数、普及率与 95% 威尔逊区间（不加权），组织多的在前。',
        en: 'One row a province (blank: unknown): organisations, those that apply a platform, the share and its 95% Wilson interval (unweighted); most organisations first.',
      },
      queried: { province_code: 'text', ...counted, share: 'number' },
      result: { province_code: 'text', ...counted, share: 'number', low: 'number', high: 'number' },
      query: (tables, choices, { asOf }) => sql`
        with ${enterprisesAt(tables, choices, asOf)}
        select province_code, ${counts}, applying / enterprises as share
        from enterprise group by province_code order by enterprises desc, province_code nulls last`,
      derive: rows => withWilson(rows, 'applying', 'enterprises'),
      chart: rows => ({
        layers: [
          {
            mark: 'tile',
            region: provinceField('province_code'),
            colour: numberField('share', title, 'percent'),
          },
        ],
        rows: rows.filter(({ province_code }) => province_code !== null),
      }),
    },
    enterprises: {
      name: { zh: '各组织', en: 'Organisation by organisation' },
      meaning: {
        zh: '一行为一个计入的组织：是否应用平台、依据与平台数；未应用的在前。',
        en: 'One row an organisation that counts: whether it applies a platform, what tells it, and how many platforms; those that apply none first.',
      },
      result: {
        org_id: 'text',
        size: 'text',
        province_code: 'text',
        applies: 'boolean',
        is_contracted: 'boolean',
        is_user: 'boolean',
        is_device_owner: 'boolean',
        platforms: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, choices, { asOf }) => sql`
        with ${enterprisesAt(tables, choices, asOf)}
        select org_id, size, province_code, applies, by_contract as is_contracted, by_usage as is_user,
          by_device as is_device_owner, platforms, file_id, row_no
        from enterprise order by applies, org_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '范围内应用工业互联网平台的组织占全部组织的比例，口径自设并写入结果的“范围”列。默认凡在数据时点有生效合同、近 12 个月被使用记录点名，或拥有已激活未退役设备的组织，即视为应用平台；平台运营主体不计入。可按给定的总体规模结构作事后分层加权。',
      en: 'The share of organisations in scope that apply an Industrial Internet platform; the definition is user-set and stored in the column “scope”. By default an organisation applies a platform if at the time of the data it has a contract in force, is named in usage of the last 12 months, or owns an activated device not yet retired; operators of platforms are left out. The sample can be post-stratified to a given distribution of sizes.',
    },
    formula: String.raw`P = \sum_h W_h \frac{k_h}{n_h}`,
    symbols: {
      zh: '$h$：组织规模；$n_h$：样本中该规模的组织数；$k_h$：其中应用平台者；$W_h$：该规模在总体中的占比（不加权时为其在样本中的占比）；$P$：普及率',
      en: '$h$: size of organisations; $n_h$: organisations of that size in the sample; $k_h$: those that apply a platform; $W_h$: share of that size in the population (without weights: in the sample); $P$: penetration',
    },
    source: {
      zh: '目标见《推动工业互联网平台高质量发展行动方案（2026—2028年）》；官方公式未公布，GB/T 41870 的调查表未见，此处口径为自设。区间：不加权为威尔逊区间（1927），加权为比率估计的线性化标准误与 logit 区间（Cochran，第 3 版，第 6 章；Korn 与 Graubard，1998）。',
      en: 'The target is that of the Action Plan 2026–2028; the official formula is not public and the tables of GB/T 41870 were not seen: the definition here is user-set. Intervals: Wilson (1927) without weights; with weights the linearised standard error of a ratio on the logit scale (Cochran, 3rd ed., ch. 6; Korn & Graubard 1998).',
    },
    cautions: {
      zh: '平台导出中的组织多为其客户，而非企业总体：以客户名单为分母，普及率必然接近 100%，与官方数字不可比。只有当组织表是企业名录或抽样名单时，本指标才有意义；区间只反映抽样误差，且假定简单随机抽样，不含名单覆盖不全的误差。未被任何导出提及的应用无从得知，普及率因而偏低。合同到期日（matures_at）不视为终止，只看终止日期；使用合计行（组织为 *）不能归到组织，用户数为 0 的行不算使用；无激活时间的设备不作依据。事后分层只校正规模结构，规模未知的组织不参与加权；总体占比须由使用者给出，某规模有占比而样本中没有时不可计算；加权区间把权数视为已知。省份、行业、所有制、规模筛选作用于组织，平台与梯度筛选作用于合同、使用与设备（即对所选平台的普及率）；省份筛选同时只计所在该省的平台的合同与使用。时期筛选只以最后一天为时点。',
      en: 'The organisations in exports of platforms are their customers as a rule and not all enterprises: with a list of customers for denominator the share is bound to be near 100% and is not comparable with the official figure. The indicator makes sense only where the table of organisations is a register or a sample of enterprises; the interval holds sampling error alone, of a simple random sample, and nothing of the list’s gaps. Use that no export mentions is not known, which makes the share too low. A contract’s maturity (matures_at) does not end it, only its end date does; usage in totals (organisation *) belongs to nobody, and a row with 0 users is no use; devices without activation time tell nothing. Post-stratification corrects the sizes alone; organisations of unknown size take no part in it; the population shares are to be given by the user, and where a size has a share but no organisation there is no figure; weighted intervals take the weights as known. Filters of province, industry, ownership and size act on organisations; those of platform and tier on contracts, usage and devices (penetration of the platforms chosen); a province filter also leaves only contracts and usage of platforms seated there. Of a period only the last day counts.',
    },
  },
})

/** The definition in force, so that a stored result says what it counted. */
function scopeText({ operators, evidence, usage_months, weighting }: Inputs, asOf: number): string {
  return `organisations in scope; operators=${operators}; evidence=${evidence}; usage_months=${usage_months}; weighting=${weighting}; as_of=${formatDate(asOf)}`
}

function besidesOf(rows: readonly Row[]): readonly Beside[] {
  const [n, listed] = [total(rows, 'enterprises'), figure(rows, 'listed') ?? 0]
  return [
    [{ zh: '应用平台的组织', en: 'Organisations that apply a platform' }, total(rows, 'applying'), 'integer'],
    [{ zh: '合同有效', en: 'By contract' }, total(rows, 'by_contract'), 'integer'],
    [{ zh: '近期有使用记录', en: 'By usage' }, total(rows, 'by_usage'), 'integer'],
    [{ zh: '有在册设备', en: 'By device' }, total(rows, 'by_device'), 'integer'],
    [
      { zh: '平台运营主体（不计入）', en: 'Operators (left out)' },
      rows.length > 0 ? listed - n : null,
      'integer',
    ],
    [{ zh: '不加权的比例', en: 'Unweighted share' }, quotient(total(rows, 'applying'), n), 'percent'],
    [{ zh: '有效样本量', en: 'Effective sample size' }, figure(rows, 'effective_size'), 'decimal'],
    [{ zh: '目标值', en: 'Target' }, figure(rows, 'target_value'), 'percent'],
  ]
}

function missingOf(rows: readonly Row[]): string {
  if (total(rows, 'enterprises') === 0) return 'organisation'
  const given = rows.some(({ population_share }) => (asNumber(population_share) ?? 0) > 0)
  return given ? 'organisation.size' : 'population shares by size'
}
