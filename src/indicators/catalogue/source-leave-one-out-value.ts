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
  id: 'VAL-04',
  version: 3,
  name: { zh: '留一边际值', en: 'Leave-one-out value' },
  unit: 'percent',
  source: 'Leave-one-out marginal value of the weighted coverage game',
  needs: ['ingest_batch', 'platform', 'organisation'],
  inputs: coverageInputs,
  result: coverageResult,

  query: (tables, inputs, context) =>
    sql`${sourceValues(tables, inputs, context)} order by leave_one_out desc nulls last, source_id`,

  headline: (rows, { weight }) => {
    const [batches, cells] = [figure(rows, 'batches') ?? 0, figure(rows, 'all_cells') ?? 0]
    const top = figure(rows, 'leave_one_out')
    const sole = top === null ? null : total(rows, 'leave_one_out')
    return headline(
      sole,
      missingForCoverage(rows, weight),
      [
        [{ zh: '最不可替代的数据源', en: 'Least replaceable source' }, top, 'percent'],
        [{ zh: '独家覆盖的单元', en: 'Cells covered by one source' }, total(rows, 'sole_cells'), 'integer'],
        [{ zh: '被覆盖的单元', en: 'Covered cells' }, cells, 'integer'],
        [{ zh: '数据源数', en: 'Sources' }, sourcesIn(rows), 'integer'],
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
      'leave_one_out',
      { zh: '留一边际值（占比）', en: 'Leave-one-out value (share)' },
      { zh: '各源留一值之和', en: 'the sum of all leave-one-out values' },
    ),

  details: { cells: cellsDetail('sources') },

  explanation: {
    meaning: {
      zh: '去掉一个数据源会失去多少覆盖：只有它覆盖的行业 × 省份 × 月份单元的权重。标题数字是全部数据源之和，即只靠一个数据源覆盖的份额；越高，整体越经不起任一源中断。',
      en: 'How much coverage is lost without a source: the weight of the industry × province × month cells that it alone covers. The headline is the sum over sources, that is the share of coverage that hangs on a single source; the higher it is, the less the whole can bear the loss of any.',
    },
    formula: String.raw`\mathrm{LOO}_i = v(N) - v(N \setminus \{i\}) = \sum_{e \,:\, S_e = \{i\}} w_e, \qquad \sum_e w_e = 1`,
    symbols: {
      zh: '$N$：全部数据源；$v(S)$：一组数据源 $S$ 所覆盖单元的权重之和；$e$：被覆盖的单元；$w_e$：其权重；$S_e$：覆盖它的数据源',
      en: '$N$: all sources; $v(S)$: weight of all cells that the sources in $S$ cover; $e$: a covered cell; $w_e$: its weight; $S_e$: the sources that cover it',
    },
    source: {
      zh: '留一法边际值，与 VAL-03 同一覆盖博弈。',
      en: 'Leave-one-out marginal value in the same coverage game as VAL-03.',
    },
    cautions: {
      zh: '单元、权重与排除规则同 VAL-03。互相重复的两个源各自的留一值都为零，但不能同时去掉；公平分配请看沙普利值。各源留一值之和一般小于 100%。',
      en: 'Cells, weights and exclusions are those of VAL-03. Two sources that duplicate each other are both worth zero here, yet cannot both be dropped; for a fair division see the Shapley value. The values usually add up to less than 100%.',
    },
  },
})
