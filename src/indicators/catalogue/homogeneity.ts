import { row } from '../../domain/table.ts'
import { entropy } from '../../statistics/statistics.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import {
  figuresOf,
  missingForPortfolios,
  type Portfolios,
  portfolioCautions,
  portfolioFigures,
  portfolioInputs,
  portfolioQueried,
  portfolioQuery,
  portfoliosOf,
  sharesOf,
} from '../portfolio.ts'
import { draws } from '../portfolio-draws.ts'
import { divergence, homogeneity, meanShares, millerMadowGain } from '../portfolio-homogeneity.ts'
import { indicator } from '../recipe.ts'
import { platformBars } from '../share-bars.ts'

const result = {
  platform_id: 'text',
  platform_name: 'text',
  classified_items: 'integer',
  classes: 'integer',
  entropy: 'number',
  divergence: 'number',
  mean_divergence: 'number',
  homogeneity: 'number',
  miller_madow: 'number',
  standard_error: 'number',
  by_chance: 'number',
  draws_below: 'number',
  platforms: 'integer',
  all_portfolios: 'integer',
  compared_items: 'integer',
  placed_items: 'integer',
  all_items: 'integer',
} as const

export default indicator({
  id: 'STR-02',
  version: 1,
  name: { zh: '同质化指数', en: 'System homogeneity' },
  unit: 'ratio',
  source: 'Generalised Jensen–Shannon divergence',
  needs: [],
  uses: ['model', 'application', 'platform'],
  inputs: portfolioInputs,
  queried: portfolioQueried,
  result,

  query: (tables, { of }) => portfolioQuery(tables, of),

  derive: (rows, inputs) => {
    const portfolios = portfoliosOf(rows, inputs)
    const shares = portfolios.kept.map(sharesOf)
    const mean = meanShares(shares)
    const figures = figuresOf(portfolios)
    const repeated = [...measures(portfolios), ...figures.filter((_, i) => i !== classifiedPlace)]
    const each = portfolios.kept.map(({ id, name, size, counts }, i) => {
      const own = shares[i]
      const bits = entropy([...counts.values()])
      return {
        head: [id, name, size, counts.size, bits],
        away: own ? Math.max(0, divergence(own, mean)) : null,
      }
    })
    if (each.length < 2) {
      const classified = figures[classifiedPlace] ?? null
      return [row(Object.keys(result), [null, null, classified, null, null, null, ...repeated])]
    }
    return each
      .sort((a, b) => (b.away ?? 0) - (a.away ?? 0))
      .map(({ head, away }) => row(Object.keys(result), [...head, away, ...repeated]))
  },

  headline: (rows, inputs) => {
    const [platforms, all] = [figure(rows, 'platforms') ?? 0, figure(rows, 'all_portfolios') ?? 0]
    return headline(
      figure(rows, 'homogeneity'),
      missingForPortfolios(rows, inputs),
      [
        [
          { zh: '熵经 Miller–Madow 修正', en: 'Entropies corrected (Miller–Madow)' },
          figure(rows, 'miller_madow'),
          'decimal',
        ],
        [
          { zh: '随机分配时的期望值（规模相同）', en: 'Expected by chance (same sizes)' },
          figure(rows, 'by_chance'),
          'decimal',
        ],
        [
          { zh: '随机分配中低于本值的占比', en: 'Random allotments below the value' },
          figure(rows, 'draws_below'),
          'percent',
        ],
        [{ zh: '自助法标准误', en: 'Standard error (bootstrap)' }, figure(rows, 'standard_error'), 'decimal'],
        [
          { zh: '广义 JSD（比特）', en: 'Generalised JSD (bits)' },
          figure(rows, 'mean_divergence'),
          'decimal',
        ],
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
      value: numberField(
        'divergence',
        { zh: '偏离平均构成（比特）', en: 'Divergence from the mean portfolio (bits)' },
        'decimal',
      ),
      overall: figure(rows, 'mean_divergence'),
      platforms: { zh: '平台（偏离从大到小）', en: 'platforms, the furthest from the mean first' },
    }),

  explanation: {
    meaning: {
      zh: '各平台的模型与应用构成有多趋同：1 表示构成完全相同，0 表示彼此没有任何共同类别。以各平台构成的广义 Jensen–Shannon 散度除以其上限 log2 n，再从 1 中减去。图为每个平台偏离平均构成的程度，其平均即为广义散度。',
      en: 'How alike the portfolios of platforms are: 1 when all have the same shares, 0 when no two have a class in common. It is one less the generalised Jensen–Shannon divergence over its greatest value, log2 n. The figure shows how far each platform is from the mean portfolio; the mean of these is the divergence.',
    },
    formula: String.raw`\begin{aligned} S &= 1 - \frac{H(\bar p) - \frac{1}{n} \sum_{i=1}^{n} H(p_i)}{\log_2 n}, \qquad \bar p = \frac{1}{n} \sum_{i=1}^{n} p_i \\ H(p) &= -\sum_k p_k \log_2 p_k \end{aligned}`,
    symbols: {
      zh: String.raw`$p_i$：平台 $i$ 的模型与应用在各类别中的份额；$k$：类别（行业 × 功能）；$n$：参与比较的平台数；$\bar p$：各平台等权的平均构成；$H$：熵，比特；$S$：同质化指数`,
      en: String.raw`$p_i$: shares of the classes among the models and applications of platform $i$; $k$: class (industry × function); $n$: platforms compared; $\bar p$: mean portfolio, platforms weighing the same; $H$: entropy in bits; $S$: homogeneity`,
    },
    source: {
      zh: '广义 Jensen–Shannon 散度：Lin（1991），IEEE Trans. Inf. Theory 37:145–151。熵的修正：Miller（1955）；平均构成的熵按同样的一阶偏差修正，其方差为各平台多项方差之和除以 n²。',
      en: 'Generalised Jensen–Shannon divergence: Lin (1991), IEEE Trans. Inf. Theory 37:145–151. Correction of entropies: Miller (1955); that of the mean portfolio is corrected for the same first-order bias, with the multinomial variances of all platforms summed over n².',
    },
    cautions: {
      zh: `小组合使指数偏低（看似更不同）：旁边给出 Miller–Madow 修正值，但类别远多于项数时一阶修正仍然不足，因此又给出“随机分配时的期望值”（把全部项随机分给各平台、保持各平台项数，固定种子，400 次；平台多于一百个时渐少，至少 50 次）：本值只有低于它才说明平台之间真有分化。自助法标准误只反映增减项目的波动，远小于上述偏差，故不给置信区间。各平台等权，大小同等对待；n 不同的两次结果因除以 log2 n 才可比，仍应连同 n 一起引用。只有一个平台时不可计算。${portfolioCautions.zh}`,
      en: `Small portfolios lower the index (they look more different). The value with entropies corrected after Miller and Madow stands beside; with far more classes than items that first-order correction is still too small, so the value expected by chance stands beside as well (all items dealt out at random, each platform keeping its number; fixed seed, 400 times; fewer beyond a hundred platforms, 50 at least): only what lies below it is real difference. The bootstrap standard error tells how the value moves as items come and go, is far smaller than that bias, and is therefore not made into a confidence interval. Platforms weigh the same, large or small. Dividing by log2 n makes different n comparable; quote n all the same. With one platform it is not computable. ${portfolioCautions.en}`,
    },
  },
})

/** Place of `classified_items` in the figures; this result has a column of that name for each platform. */
const classifiedPlace = Object.keys(portfolioFigures).indexOf('classified_items')

/** Draws of portfolios of the same sizes; fewer of many, for a figure that takes seconds is not looked at. */
function replicatesFor(platforms: number): number {
  return Math.min(400, Math.max(50, Math.floor(40_000 / platforms)))
}

/** From `mean_divergence` to `draws_below`, which are the same for all rows. */
function measures({ kept }: Portfolios): readonly (number | null)[] {
  const shares = kept.map(one => ({ ...sharesOf(one), size: one.size }))
  const value = homogeneity(shares)
  if (value === null) return [null, null, null, null, null, null]
  const range = Math.log2(kept.length)
  const gain = millerMadowGain(shares)
  const bits = (1 - value) * range
  const corrected = 1 - (bits + gain.ofMean - gain.ofEach) / range
  const statistic = (drawn: Parameters<typeof homogeneity>[0]) => [homogeneity(drawn) ?? 0]
  const replicates = replicatesFor(kept.length)
  const [chance] = draws(kept, 'allotment', statistic, replicates).of
  const [spread] = draws(kept, 'bootstrap', statistic, replicates).of
  return [
    bits,
    value,
    Math.min(1, Math.max(0, corrected)),
    spread?.sd ?? null,
    chance?.mean ?? null,
    chance?.below(value) ?? null,
  ]
}
