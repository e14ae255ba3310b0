import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, platformField, timeField } from '../field.ts'
import { type Beside, basis, figure, headline, quotient } from '../headline.ts'
import { lastMonths, notes } from '../months.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import { besideFaults, faultColumns, faultCounts, missingBatches, soundBatches } from '../sound-batches.ts'

const states = {
  data: { zh: '有数据', en: 'Data' },
  partial: { zh: '部分数据源有数据', en: 'Data of some sources' },
  empty: { zh: '空缺', en: 'Empty' },
  outside: { zh: '不在本次导出', en: 'Not in this export' },
  early: { zh: '尚不存在', en: 'Not yet existing' },
  unknown: { zh: '有无数据不明', en: 'Not known' },
} as const

export default indicator({
  id: 'AGG-04',
  version: 2,
  name: { zh: '覆盖矩阵密度', en: 'Coverage-matrix density' },
  unit: 'percent',
  source: 'Assay',
  needs: ['ingest_batch'],
  uses: ['platform'],
  inputs: {},
  result: {
    platform_id: 'text',
    platform_name: 'text',
    month: 'date',
    data_cells: 'integer',
    empty_cells: 'integer',
    early_cells: 'integer',
    outside_cells: 'integer',
    unknown_cells: 'integer',
    density: 'number',
    overall_density: 'number',
    batches: 'integer',
    batches_without_counts: 'integer',
    platforms: 'integer',
    all_data_cells: 'integer',
    all_empty_cells: 'integer',
    all_early_cells: 'integer',
    all_outside_cells: 'integer',
    all_unknown_cells: 'integer',
    ...faultColumns,
  },

  query: (tables, _, context) => sql`
    with ${told(tables, context)}, ${cells}, ${counting}
    select platform_id, platform_name, month, data_cells, empty_cells, early_cells, outside_cells,
      unknown_cells, data_cells / nullif(data_cells + empty_cells, 0) as density,
      all_data_cells / nullif(all_data_cells + all_empty_cells, 0) as overall_density, batches, batches_without_counts,
      platforms, all_data_cells, all_empty_cells, all_early_cells, all_outside_cells, all_unknown_cells, fault.*
    from basis cross join overall cross join ${faultCounts(tables, context)} as fault left join counted on true left join ${platformNames(tables)} using (platform_id)
    order by sum(empty_cells) over (partition by platform_id) desc, platform_id, month`,

  headline: rows => {
    const batches = figure(rows, 'batches') ?? 0
    const silent = figure(rows, 'batches_without_counts') ?? 0
    const missing = batches === 0 ? [missingBatches(rows)] : ['ingest_batch.records', 'ingest_batch.bytes']
    const beside: readonly Beside[] = [
      [{ zh: '有数据的单元', en: 'Cells with data' }, figure(rows, 'all_data_cells'), 'integer'],
      [{ zh: '空缺单元', en: 'Empty cells' }, figure(rows, 'all_empty_cells'), 'integer'],
      [{ zh: '尚不存在的单元', en: 'Cells not yet existing' }, figure(rows, 'all_early_cells'), 'integer'],
      [
        { zh: '不在本次导出的单元', en: 'Cells not in this export' },
        figure(rows, 'all_outside_cells'),
        'integer',
      ],
      [
        { zh: '有无数据不明的单元（不计）', en: 'Cells not known to have data (left out)' },
        figure(rows, 'all_unknown_cells'),
        'integer',
      ],
      [
        { zh: '既无记录数也无字节数的批次占比', en: 'Batches without records or bytes' },
        quotient(silent, batches),
        'percent',
      ],
      ...besideFaults(rows),
    ]
    return headline(figure(rows, 'overall_density'), missing, beside, {
      basis: basis(
        batches - silent,
        { zh: '个给出记录数或字节数的批次', en: 'batches that give records or bytes' },
        batches + (figure(rows, 'clock_faults') ?? 0),
      ),
    })
  },

  chart: (rows): Chart => {
    const { rows: cells, ...recent } = lastMonths(rows.filter(({ platform_id }) => platform_id !== null))
    const shown = new Set(
      [...new Set(cells.map(({ platform_id }) => String(platform_id)))].slice(0, mostRowsUnderLegend),
    )
    return {
      layers: [
        {
          mark: 'cell',
          x: timeField('month'),
          y: { ...platformField('platform_id', cells), order: [...shown] },
          colour: categoryField(
            'state',
            { zh: '状态', en: 'State' },
            { labels: states, order: Object.keys(states) },
          ),
        },
      ],
      rows: cells.filter(({ platform_id }) => shown.has(String(platform_id))).map(drawn),
      ...notes(
        firstOf(shown.size, figure(rows, 'platforms') ?? 0, {
          zh: '平台（按空缺单元从多到少）',
          en: 'platforms, those with the most empty cells first',
        }),
        recent,
      ),
    }
  },

  details: {
    'empty-cells': {
      name: { zh: '空缺单元', en: 'Empty cells' },
      meaning: {
        zh: '每行一个空缺的（平台，数据源，月份）单元，空缺多的数据源在前；“空批次”为该月记录数（或字节数）为零的批次数，零表示该月没有批次。',
        en: 'One row an empty (platform, source, month) cell, the sources with the most first. “Batches of nothing” are those of the month with zero records or bytes; with none, that month has no batch.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        month: 'date',
        void_batches: 'integer',
        source_empty_cells: 'integer',
      },
      query: (tables, _, context) => sql`
        with ${told(tables, context)}, ${cells}
        select platform_id, platform_name, source_id, month, void_batches,
          count(*) over (partition by platform_id, source_id) as source_empty_cells
        from cell left join ${platformNames(tables)} using (platform_id)
        where state = 'empty' order by source_empty_cells desc, platform_id, source_id, month`,
    },
  },

  explanation: {
    meaning: {
      zh: '（平台，数据源，月份）单元中，数据源已存在时确有数据的比例。数据源自其首个批次所在月起视为存在，直至该平台在导出中的最后一个月。单元分五种：有数据、空缺、有无数据不明、尚不存在、不在本次导出，后三种不进分母。',
      en: 'Of the (platform, source, month) cells in which the source existed, the share that has data. A source exists from the month of its first batch to the last month of its platform in the export. A cell is one of five: data, empty, not known, not yet existing, not in this export; the last three are not in the denominator.',
    },
    formula: String.raw`D = \frac{n_1}{n_1 + n_0}`,
    symbols: {
      zh: '$n_1$：有数据的（平台，数据源，月份）单元数；$n_0$：空缺的单元数',
      en: '$n_1$: (platform, source, month) cells with data; $n_0$: empty cells',
    },
    source: { zh: '本软件约定。', en: 'A convention of Assay.' },
    cautions: {
      zh: '有数据指该月至少一个批次的记录数（未给出时为字节数）大于零。该月没有批次、或各批次均为零的为空缺；没有大于零的、但有批次两者都未给出的为不明，既不算有数据，也不算空缺，其数目与这类批次的占比列在旁边。这类批次同样表明数据源已存在、平台在导出中；只有这类批次的数据源每个月都不明或空缺，会单方面压低密度，故不在矩阵中。平台首月之前、末月之后（在整个导出的月份范围内）视为不在本次导出，而不是空缺，因此提前结束导出的平台不会被误判。按窗口开始所在月份归月。时间不可能的批次（早于 2000 年，或晚于数据时点；判定同日均汇聚量 AGG-01）不在矩阵中，个数与其给出的字节数列在旁边；早于实际而仍在 2000 年之后的错误年份无从识别，会使其数据源与平台过早“存在”，多出空缺单元。累计计数器只要数值大于零即视为有数据。图中每行一个平台，同月有的数据源有数据、有的空缺时标为“部分”。本数是对全部单元的清点，不是抽样，故不给区间。',
      en: 'Data means that a batch of the month gives records (or, where not given, bytes) above zero. A month without a batch, or with batches of zero alone, is empty; one with none above zero, but with a batch that gives neither, is not known: it counts neither as data nor as empty, and the number of such cells and the share of such batches stand beside. Such batches, too, show that a source existed and that its platform was exported. A source with such batches alone could only be not known or empty and would push the density down, so it is not in the matrix. Months of the export before a platform’s first or after its last count as not in this export, not as empty, so that a platform whose export ends early is not blamed. Cells go by the month in which the window starts. Batches with an impossible time (before 2000, or after the time of the data; told as in daily volume, AGG-01) are not in the matrix; their number and the bytes that they give stand beside. A wrong year before the true one but not before 2000 cannot be told; its source and platform then exist too early, which makes empty cells. A cumulative counter above zero counts as data. The figure has one line a platform and says “some” where some of its sources have data and some are empty. This is a count of all cells and no sample, so it has no interval.',
    },
  },
})

/** CTE `told`: one row a batch of a possible time, `filled` where it gives records or bytes above zero, null where it gives neither. */
function told(tables: Tables, context: Context): Sql {
  return sql`told as (
      select platform_id::varchar as platform_id, source_id::varchar as source_id,
        date_trunc('month', window_start)::date as month, coalesce(records, bytes) > 0 as filled
      from ${soundBatches(tables, context).ingest_batch}
    )`
}

/** From `told` to `cell`: one row a platform, source and month of the export, with its state. */
const cells = sql`
    held as (
      select platform_id, source_id, month, case when bool_or(filled) then 'data' when count(filled) < count(*) then 'unknown'
        else 'empty' end as state, count(filled) as void_batches
      from told group by 1, 2, 3
    ),
    source as (
      select platform_id, source_id, min(month) as since from told group by 1, 2 having count(filled) > 0
    ),
    extent as (select platform_id, min(month) as first, max(month) as last from told group by 1),
    span as (
      select unnest(generate_series(min(month)::timestamp, max(month)::timestamp, interval 1 month))::date as month
      from told
    ),
    cell as (
      select platform_id, source_id, month, coalesce(void_batches, 0) as void_batches, case
        when month < first or month > last then 'outside'
        when month < since then 'early'
        else coalesce(held.state, 'empty') end as state
      from source join extent using (platform_id) cross join span
        left join held using (platform_id, source_id, month)
    )`

/**
 * From `told` and `cell` to `counted` (one row a platform and month: the cells of each state), `overall` (their sums) and
 * `basis` (how many batches it rests on).
 */
const counting = sql`
    basis as (
      select count(*) as batches, count(*) filter (filled is null) as batches_without_counts from told
    ),
    counted as (
      select platform_id, month, count(*) filter (state = 'data') as data_cells,
        count(*) filter (state = 'empty') as empty_cells, count(*) filter (state = 'unknown') as unknown_cells, count(*) filter (state = 'early') as early_cells,
        count(*) filter (state = 'outside') as outside_cells
      from cell group by 1, 2
    ),
    overall as (
      select count(distinct platform_id) as platforms, sum(data_cells) as all_data_cells,
        sum(empty_cells) as all_empty_cells, sum(early_cells) as all_early_cells,
        sum(outside_cells) as all_outside_cells, sum(unknown_cells) as all_unknown_cells
      from counted
    )`

function drawn(cell: Row): Row {
  const { platform_id = null, platform_name = null, month = null } = cell
  return row(
    ['platform_id', 'platform_name', 'month', 'state'],
    [platform_id, platform_name, month, stateOf(cell)],
  )
}

function stateOf(cell: Row): keyof typeof states {
  const [data, empty] = [Number(cell.data_cells), Number(cell.empty_cells)]
  if (data > 0) return empty > 0 ? 'partial' : 'data'
  if (empty > 0) return 'empty'
  if (Number(cell.unknown_cells) > 0) return 'unknown'
  return Number(cell.early_cells) > 0 ? 'early' : 'outside'
}
