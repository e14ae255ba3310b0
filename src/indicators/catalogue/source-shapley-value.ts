import { sql } from '../../sql/sql.ts'
import { cellsDetail } from '../coverage-cells.ts'
import {
  coverageBasis,
  coverageInputs,
  coverageResult,
  missingForCoverage,
  sourceBars,
  sourcesIn,
  sourceValues,
} from '../coverage-game.ts'
import { figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { besideFaults } from '../sound-batches.ts'

export default indicator({
  id: 'VAL-03',
  version: 3,
  name: { zh: '数据源沙普利值', en: 'Source Shapley value' },
  unit: 'percent',
  source: 'Shapley value of the weighted coverage game (closed form)',
  needs: ['ingest_batch', 'platform', 'organisation'],
  inputs: coverageInputs,
  result: coverageResult,

  query: (tables, inputs, context) =>
    sql`${sourceValues(tables, inputs, context)} order by shapley desc nulls last, source_id`,

  headline: (rows, { weight }) => {
    const [batches, cells] = [figure(rows, 'batches') ?? 0, figure(rows, 'all_cells') ?? 0]
    const top = figure(rows, 'shapley')
    return headline(
      top,
      missingForCoverage(rows, weight),
      [
        [{ zh: '数据源数', en: 'Sources' }, sourcesIn(rows), 'integer'],
        [
          { zh: '各源合计（应为 100%）', en: 'Sum over sources (must be 100%)' },
          top && total(rows, 'shapley'),
          'percent',
        ],
        [{ zh: '被覆盖的单元', en: 'Covered cells' }, cells, 'integer'],
        [
          { zh: '行业与省份已知的批次占比', en: 'Batches of known industry and province' },
          quotient(figure(rows, 'placed_batches') ?? 0, batches),
          'percent',
        ],
        ...besideFaults(rows),
      ],
      { basis: coverageBasis(rows) },
    )
  },

  chart: rows =>
    sourceBars(
      rows,
      'shapley',
      { zh: '沙普利值（占比）', en: 'Shapley value (share)' },
      { zh: '总价值', en: 'the value' },
    ),

  details: { cells: cellsDetail('weight') },

  explanation: {
    meaning: {
      zh: '把“覆盖了哪些行业 × 省份 × 月份单元”看作各数据源合作的成果，按沙普利值公平分给各源：一个单元的权重由覆盖它的 k 个源平分。标题数字是价值最高的数据源所占份额；全部份额之和为 100%。',
      en: 'What sources achieve together is the set of industry × province × month cells that they cover. The Shapley value divides it fairly: the weight of a cell is shared equally by the k sources that cover it. The headline is the share of the most valuable source; all shares add up to 100%.',
    },
    formula: String.raw`\varphi_i = \sum_{e \,:\, i \in S_e} \frac{w_e}{k_e}, \qquad k_e = |S_e|, \qquad \sum_e w_e = 1`,
    symbols: {
      zh: String.raw`$\varphi_i$：数据源 $i$ 的沙普利值；$e$：被覆盖的单元；$w_e$：其权重；$S_e$：覆盖它的数据源；$k_e$：这些数据源的个数`,
      en: String.raw`$\varphi_i$: Shapley value of source $i$; $e$: a covered cell; $w_e$: its weight; $S_e$: the sources that cover it; $k_e$: how many they are`,
    },
    source: {
      zh: '沙普利值（Shapley, 1953）；覆盖博弈有闭式解，精确计算而非抽样，可手工复核。',
      en: 'Shapley value (Shapley, 1953); the coverage game has a closed form, so that it is exact, not sampled, and can be redone by hand.',
    },
    cautions: {
      zh: '数据源在单元内有批次的记录数大于零即为覆盖；累计计数器看其数值，停止增长的也算覆盖。时间不可能的批次（判定同日均汇聚量 AGG-01）不计，个数列在旁边：否则它会独占一个单元。行业取平台运营主体的行业，省份取平台所在省份；任一未知则该单元不计，已知批次（记录数大于零者）的占比列在旁边；没有覆盖任何单元的数据源值为零。权重默认各单元相等，也可按记录数或字节数（累计计数器先取差）。结果衡量覆盖面的贡献，不是货币价值，也不是资产评估。',
      en: 'A source covers a cell when a batch of it there has records above zero; of a cumulative counter its value is taken, so that one that stands still covers too. Batches with an impossible time (told as in daily volume, AGG-01) are left out, since each would have a cell of its own; their number stands beside. The industry is that of the organisation that operates the platform, the province that of the platform; where either is unknown the cell is left out, and the share of batches (with records above zero) with both stands beside; a source that covers no cell has a value of zero. Cells weigh the same by default, or by records or bytes (cumulative counters differenced first). It measures contribution to coverage; it is neither money nor an appraisal.',
    },
  },
})
