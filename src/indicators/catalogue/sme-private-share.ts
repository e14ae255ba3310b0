import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, numberField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { servedInputs, servedOrganisations } from '../served-organisations.ts'
import { shareBars, wilsonInterval, withWilson } from '../share-bars.ts'

const { size, ownership } = canonicalTables.organisation.columns
const unknownLabel = { unknown: { zh: '未知', en: 'Unknown' } } as const
const sizes = { ...size.values, ...unknownLabel }
const ownerships = { ...ownership.values, ...unknownLabel }

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  served: 'integer',
  known_class: 'integer',
  of_class: 'integer',
  class_share: 'number',
  all_served: 'integer',
  all_size_known: 'integer',
  all_sme: 'integer',
  all_ownership_known: 'integer',
  all_private: 'integer',
  unlisted_served: 'integer',
} as const

/** Columns of the result that hold the two shares over all platforms: k, n. */
const classes = {
  sme: ['all_sme', 'all_size_known'],
  private: ['all_private', 'all_ownership_known'],
} as const

export default indicator({
  id: 'STR-12',
  version: 1,
  name: { zh: '中小、民营企业占比', en: 'SME / private share' },
  unit: 'percent',
  source: 'Plan; MIIT official remark',
  needs: ['organisation'],
  uses: ['contract', 'usage', 'model', 'application', 'platform'],
  atAsOf: true,
  inputs: {
    which: {
      kind: 'choice',
      name: { zh: '首要数字', en: 'Headline' },
      choices: {
        sme: { zh: '中小企业占比', en: 'Share of small and medium enterprises' },
        private: { zh: '民营企业占比', en: 'Share of private enterprises' },
      },
      default: 'sme',
    },
    ...servedInputs,
  },
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, inputs, context) => sql`
    with ${servedOrganisations(tables, inputs, context)}, overall as (
      select count(*) as all_served, count(is_sme) as all_size_known, count(*) filter (is_sme) as all_sme,
        count(is_private) as all_ownership_known, count(*) filter (is_private) as all_private,
        count(*) filter (not is_listed) as unlisted_served
      from served_organisation
    ), by_platform as (
      select platform_id, count(*) as served, count(is_class) as known_class, count(*) filter (is_class) as of_class
      from (
        select platform_id, case when ${inputs.which === 'private'} then is_private else is_sme end as is_class
        from served_by join served_organisation using (org_id)
      ) group by platform_id
    )
    select platform_id, platform_name, served, known_class, of_class, of_class / nullif(known_class, 0) as class_share,
      all_served, all_size_known, all_sme, all_ownership_known, all_private, unlisted_served
    from by_platform left join ${platformNames(tables)} using (platform_id), overall
    order by known_class desc, platform_id nulls last`,

  derive: rows => withWilson(rows, 'of_class', 'known_class'),

  headline: (rows, { which }) => {
    const chosen = which === 'private' ? 'private' : 'sme'
    const [k, n] = classes[chosen].map(column => figure(rows, column) ?? 0) as [number, number]
    return headline(
      quotient(k, n),
      missingOf(rows, chosen),
      [
        [{ zh: '中小企业占比', en: 'Small and medium enterprises' }, shareOf(rows, 'sme'), 'percent'],
        [{ zh: '民营企业占比', en: 'Private enterprises' }, shareOf(rows, 'private'), 'percent'],
        [{ zh: '服务的组织', en: 'Organisations served' }, figure(rows, 'all_served'), 'integer'],
        [{ zh: '规模未知的组织', en: 'Of unknown size' }, unknown(rows, 'all_size_known'), 'integer'],
        [
          { zh: '所有制未知的组织', en: 'Of unknown ownership' },
          unknown(rows, 'all_ownership_known'),
          'integer',
        ],
        [
          { zh: '其中不在组织名单中的', en: 'Of them not in the list of organisations' },
          figure(rows, 'unlisted_served'),
          'integer',
        ],
      ],
      {
        interval: wilsonInterval(k, n),
        basis: basis(
          n,
          { zh: '个类别已知的服务对象', en: 'organisations served, of known class' },
          figure(rows, 'all_served'),
        ),
      },
    )
  },

  chart: (rows, { which }) =>
    shareBars(rows, {
      value: numberField(
        'class_share',
        which === 'private'
          ? { zh: '民营企业占比', en: 'Share of private enterprises' }
          : { zh: '中小企业占比', en: 'Share of small and medium enterprises' },
        'percent',
      ),
      overall: shareOf(rows, which === 'private' ? 'private' : 'sme'),
      platforms: { zh: '平台（按类别已知的服务对象数）', en: 'platforms, by organisations of known class' },
    }),

  details: {
    classes: {
      name: { zh: '规模与所有制', en: 'By size and ownership' },
      meaning: {
        zh: '一行为一种规模与所有制组合的服务对象数，未知者单列；规模由大到小。',
        en: 'One row a size and ownership: the organisations served, unknown ones apart; the largest size first.',
      },
      result: { size: 'text', ownership: 'text', organisations: 'integer', share: 'number' },
      query: (tables, inputs, context) => sql`
        with ${servedOrganisations(tables, inputs, context)}, class as (
          select coalesce(size, 'unknown') as size, coalesce(ownership, 'unknown') as ownership, count(*) as organisations
          from served_organisation group by all
        )
        select size, ownership, organisations, organisations / sum(organisations) over () as share
        from class order by size = 'unknown', instr(${Object.keys(size.values).join('')}, size), ownership`,
      chart: rows => classChart(rows),
    },
    organisations: {
      name: { zh: '服务对象', en: 'Organisations served' },
      meaning: {
        zh: '一行一个服务对象：规模、所有制、依据与所用平台数；类别未知的在前，行号为组织名单中的行。',
        en: 'One row an organisation served: size, ownership, by what it is told, platforms; those of an unknown class first. The row is that in the list of organisations.',
      },
      result: {
        org_id: 'text',
        size: 'text',
        ownership: 'text',
        by_contract: 'boolean',
        by_usage: 'boolean',
        platforms: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, inputs, context) => sql`
        with ${servedOrganisations(tables, inputs, context)}
        select org_id, size, ownership, by_contract, by_usage, platforms, file_id, row_no
        from served_organisation
        order by size is not null, ownership is not null, org_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '平台服务的组织中，中小企业（或民营企业）的个数占类别已知者的比例，首要数字由输入选定，另一个列在旁边。数据时点合同有效，或近期使用记录中有其名称的组织，即为服务对象；一个组织无论使用几个平台只计一次。类别未知者不进分母，数量单列。',
      en: 'Of the organisations that platforms serve, the share that is small or medium (or private) among those of known class; the input chooses the headline, the other stands beside. An organisation is served if it has a contract in force at the time of the data or is named in recent usage; it counts once, however many platforms it uses. Those of unknown class are left out of the denominator and counted apart.',
    },
    formula: String.raw`p_c = \frac{\left|\{\, o \in S : g(o) = c \,\}\right|}{\left|\{\, o \in S : g(o) \text{ known} \,\}\right|}`,
    symbols: {
      zh: '$S$：服务的组织；$o$：一个组织；$g(o)$：其规模（或所有制）；$c$：中、小、微型（或民营）；$p_c$：占比',
      en: '$S$: the organisations served; $o$: an organisation; $g(o)$: its size (or ownership); $c$: medium, small or micro (or private); $p_c$: the share',
    },
    source: {
      zh: '中小企业普及与民营企业参与见行动方案及工业和信息化部有关说明；中小企业含中型、小型、微型，依《中小企业促进法》第二条；服务对象的认定为本软件约定；区间为威尔逊区间（Wilson，1927）。',
      en: 'Small and medium enterprises and private ones: the Action Plan and remarks of MIIT. They include medium, small and micro ones (Law on the Promotion of SMEs, article 2). Who counts as served is a convention of Assay; the interval is Wilson’s (1927).',
    },
    cautions: {
      zh: '占比按组织个数，不按收入或设备。类别取自组织名单，不推断：大企业的资料往往更全，类别未知者若多为中小企业，占比偏低；未知数列在旁边。使用记录中的“*”合计行不指名，无法计入；用户数为 0 的行不算使用。只有项目合同且未填终止日期的组织会一直算作服务对象。同一集团的子公司以组织编号区分，各计一个。若名单为全部服务对象而非样本，区间只表示偶然波动的大小；各组织也未必相互独立（同一园区、同一集团一并签约）。外资与其他所有制属于“已知、非民营”。按规模或所有制筛选会使相应占比成为 0 或 1。时期筛选只以最后一天为数据时点，不截去更早开始的合同；省份与行业筛选对合同按平台所在地与客户行业。各平台的数字含与其他平台共同的客户，相加会超过总数。',
      en: 'Shares are of organisations, not of revenue or devices. Class comes from the list of organisations and is never guessed: large enterprises are often better documented, so if unknown ones are mostly small the share is too low; their number stands beside. Rows of usage for all together (“*”) name nobody and cannot count; a row with 0 users is no use. An organisation whose only contract is a project without an end date stays served for ever. Subsidiaries of a group are told apart by their ids and count each. If the list holds all organisations served and no sample, the interval only shows the size of chance; nor need they be independent (a park or a group signs together). Foreign and other ownership is known and not private. A filter by size or ownership makes the share of it 0 or 1. Of a period only the last day counts, as the time of the data; contracts that began earlier are not cut. Filters by province and industry take contracts by the platform’s seat and the customer’s industry. Figures of platforms include customers they share, so they sum to more than all.',
    },
  },
})

function shareOf(rows: readonly Row[], which: keyof typeof classes): number | null {
  const [k, n] = classes[which]
  return quotient(figure(rows, k) ?? 0, figure(rows, n) ?? 0)
}

function unknown(rows: readonly Row[], known: string): number | null {
  const [all, told] = [figure(rows, 'all_served'), figure(rows, known)]
  return all === null || told === null ? null : all - told
}

function missingOf(rows: readonly Row[], which: keyof typeof classes): readonly string[] {
  if (rows.length === 0) return ['contract', 'usage']
  return [which === 'private' ? 'organisation.ownership' : 'organisation.size']
}

function classChart(rows: readonly Row[]): Chart {
  const sizeField = categoryField('size', size.name, { labels: sizes, order: Object.keys(sizes) })
  return {
    layers: [
      {
        mark: 'bar',
        x: numberField('organisations', { zh: '服务的组织', en: 'Organisations served' }, 'integer'),
        y: sizeField,
        colour: categoryField('ownership', ownership.name, {
          labels: ownerships,
          order: Object.keys(ownerships),
        }),
      },
    ],
    rows,
  }
}
