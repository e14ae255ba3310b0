import { asNumber, row } from '../../domain/table.ts'
import { krugmanSpecialisation, median } from '../../statistics/statistics.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import {
  quotientColumns,
  quotientMatrix,
  quotientRows,
  quotientsOf,
  referenceCounts,
} from '../location-quotients.ts'
import {
  countsOver,
  figuresOf,
  missingForPortfolios,
  type Portfolio,
  type Portfolios,
  portfolioCautions,
  portfolioFigures,
  portfolioInputs,
  portfolioQueried,
  portfolioQuery,
  portfoliosOf,
} from '../portfolio.ts'
import { indicator } from '../recipe.ts'
import { platformBars } from '../share-bars.ts'

const result = {
  platform_id: 'text',
  platform_name: 'text',
  portfolio_items: 'integer',
  specialisation: 'number',
  top_industry: 'text',
  top_function: 'text',
  top_items: 'integer',
  top_quotient: 'number',
  overall_specialisation: 'number',
  ...portfolioFigures,
} as const

const inputs = {
  ...portfolioInputs,
  reference: {
    kind: 'choice',
    name: { zh: '参照构成', en: 'Compared with' },
    choices: {
      all: { zh: '范围内全部平台（含本平台）', en: 'All platforms in scope, itself included' },
      others: { zh: '范围内其他平台', en: 'All other platforms in scope' },
    },
    default: 'all',
  },
  average: {
    kind: 'choice',
    name: { zh: '标题数字', en: 'Headline' },
    choices: {
      mean: { zh: '各平台平均', en: 'Mean over platforms' },
      weighted: { zh: '按组合规模加权', en: 'Weighted by portfolio size' },
      median: { zh: '各平台中位数', en: 'Median over platforms' },
    },
    default: 'mean',
  },
  least: {
    kind: 'number',
    name: { zh: '区位商所需的最少项数', en: 'Fewest items for a location quotient' },
    unit: { zh: '项', en: 'items' },
    min: 1,
    max: 1000,
    default: 3,
  },
} as const

export default indicator({
  id: 'STR-03',
  version: 1,
  name: { zh: '专业化系数', en: 'Specialisation' },
  unit: 'ratio',
  source: 'Krugman index and location quotient (regional science)',
  needs: [],
  uses: ['model', 'application', 'platform'],
  inputs,
  queried: portfolioQueried,
  result,

  query: (tables, { of }) => portfolioQuery(tables, of),

  derive: (rows, given) => {
    const portfolios = portfoliosOf(rows, given)
    const judged = portfolios.kept.map(one => describe(one, portfolios, given))
    const overall = judged.length < 2 ? null : averageOf(judged, given.average)
    const repeated = [overall, ...figuresOf(portfolios)]
    const names = Object.keys(result)
    if (overall === null) return [row(names, [...new Array<null>(8).fill(null), ...repeated])]
    return judged
      .sort((a, b) => (b.value ?? -1) - (a.value ?? -1))
      .map(({ cells }) => row(names, [...cells, ...repeated]))
  },

  headline: (rows, given) => {
    const [platforms, all] = [figure(rows, 'platforms') ?? 0, figure(rows, 'all_portfolios') ?? 0]
    const top = rows.reduce((most, { top_quotient }) => Math.max(most, asNumber(top_quotient) ?? 0), 0)
    return headline(
      figure(rows, 'overall_specialisation'),
      missingForPortfolios(rows, given),
      [
        [{ zh: '最高区位商', en: 'Top location quotient' }, top > 0 ? top : null, 'decimal'],
        [{ zh: '参与比较的平台', en: 'Platforms compared' }, platforms, 'integer'],
        [
          { zh: '所依据的模型与应用占比', en: 'Share of models and applications it rests on' },
          quotient(figure(rows, 'compared_items') ?? 0, figure(rows, 'all_items') ?? 0),
          'percent',
        ],
      ],
      { basis: basis(platforms, { zh: '个平台', en: 'platforms' }, all) },
    )
  },

  chart: rows =>
    platformBars(rows, {
      value: numberField('specialisation', { zh: '专业化系数', en: 'Specialisation' }, 'decimal'),
      overall: figure(rows, 'overall_specialisation'),
      platforms: { zh: '平台（专业化从高到低）', en: 'platforms, the most specialised first' },
    }),

  details: {
    'location-quotients': {
      name: { zh: '区位商', en: 'Location quotients' },
      meaning: {
        zh: '一行为一个平台拥有的一个类别；平台按组合规模从大到小，平台内按区位商从高到低。区位商大于 1 表示该平台在此类上的份额高于参照。项数少的区位商很不稳定，须连同项数一起看。',
        en: 'One row a class that a platform has; platforms by portfolio size, within them the highest quotient first. Above 1: the class has a larger share there than in the reference. A quotient of few items is unsteady; read it with its number of items.',
      },
      queried: portfolioQueried,
      result: quotientColumns,
      query: (tables, { of }) => portfolioQuery(tables, of),
      derive: (rows, given) => {
        const portfolios = portfoliosOf(rows, given)
        return quotientRows(portfolios, one => referenceFor(one, portfolios, given.reference))
      },
      chart: quotientMatrix,
    },
  },

  explanation: {
    meaning: {
      zh: '一个平台的模型与应用构成偏离全体构成多少：需要有多大份额的项换到别的类别，它才与全体一样。0 为与全体相同，接近 1 为集中于别人没有的类别。标题数字为各平台的平均；区位商最高的类别指出平台专长所在。',
      en: 'How far a platform’s models and applications depart from those of all platforms: the share of its items that would have to change class for it to be like the whole. 0: like the whole; near 1: all in classes that others lack. The headline is the mean over platforms; the class with the highest location quotient tells where a platform specialises.',
    },
    formula: String.raw`K_i = \frac{1}{2} \sum_k |p_{ik} - P_k|, \qquad K = \frac{1}{n} \sum_{i=1}^{n} K_i, \qquad L_{ik} = \frac{p_{ik}}{P_k}`,
    symbols: {
      zh: '$p_{ik}$：类别 $k$ 在平台 $i$ 的模型与应用中的份额；$P_k$：类别 $k$ 在范围内全部平台的模型与应用中的份额；$n$：参与比较的平台数；$K_i$：平台 $i$ 的专业化系数；$K$：其平均；$L_{ik}$：区位商',
      en: '$p_{ik}$: share of class $k$ among the models and applications of platform $i$; $P_k$: its share among those of all platforms in scope; $n$: platforms compared; $K_i$: specialisation of platform $i$; $K$: their mean; $L_{ik}$: location quotient',
    },
    source: {
      zh: 'Krugman（1991）Geography and Trade（原式无 ½；乘 ½ 后在 0 与 1 之间）；区位商为区域科学通用。标题数字取平均为本软件约定。',
      en: 'Krugman (1991), Geography and Trade (there without the ½, with which it lies between 0 and 1); the location quotient is common in regional science. The mean as headline is a convention of Assay.',
    },
    cautions: {
      zh: `参照为范围内全部平台的项合在一起，含本平台，也含因组合过小而不参与比较的平台；项多的平台主导参照，自身占比大的平台因此系数偏低，可改为只与其他平台相比。筛选改变范围也就改变参照：只筛选出少数平台时，比较的是它们彼此。小组合的系数偏高：几项分不到几十上百个类别里。最高区位商只取项数达到下限（默认 3）的类别，并列时取项数多者；参照中没有的类别没有区位商。不给区间：平台清单是全部而非样本，而组合小造成的偏差不是抽样区间能反映的。${portfolioCautions.zh}`,
      en: `The reference is the items of all platforms in scope together, the platform itself included, and those too small to be compared as well; platforms with many items dominate it, so that a platform with a large share of all has a lower coefficient; comparing with the others only is an input. Filters change the scope and so the reference: a few chosen platforms are compared with each other. Small portfolios have a higher coefficient, for a few items cannot fill dozens of classes. Only classes with enough items (3 by default) can be the top location quotient, of equal ones that with more items; a class that the reference lacks has none. There is no interval: platforms are listed, not sampled, and the bias of small portfolios is no matter of sampling error. ${portfolioCautions.en}`,
    },
  },
})

function referenceFor(one: Portfolio, portfolios: Portfolios, reference: string): readonly number[] {
  return referenceCounts(portfolios, reference === 'others' ? one : undefined)
}

interface Judged {
  readonly value: number | null
  readonly size: number
  readonly cells: Parameters<typeof row>[1]
}

/** A platform's coefficient and its top class. */
function describe(
  one: Portfolio,
  portfolios: Portfolios,
  { reference, least }: { readonly reference: string; readonly least: number },
): Judged {
  const against = referenceFor(one, portfolios, reference)
  const value = krugmanSpecialisation(countsOver(portfolios.classes.length, one), against)
  const top = quotientsOf(one, portfolios, against).find(
    ({ items, quotient }) => items >= least && quotient !== null,
  )
  const topClass = top && portfolios.classes[top.place]
  const best = [
    topClass?.industry ?? null,
    topClass?.function ?? null,
    top?.items ?? null,
    top?.quotient ?? null,
  ]
  return { value, size: one.size, cells: [one.id, one.name, one.size, value, ...best] }
}

function averageOf(judged: readonly Judged[], average: string): number | null {
  const known = judged.flatMap(({ value, size }) => (value === null ? [] : [{ value, size }]))
  if (average === 'median') return median(known.map(({ value }) => value))
  const weight = (size: number) => (average === 'weighted' ? size : 1)
  const sum = known.reduce((whole, { value, size }) => whole + weight(size) * value, 0)
  const whole = known.reduce((weights, { size }) => weights + weight(size), 0)
  return quotient(sum, whole)
}
