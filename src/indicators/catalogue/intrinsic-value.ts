import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostBars, numberField, restOf } from '../field.ts'
import { basis, figure, headline, total } from '../headline.ts'
import { intrinsicInputs, intrinsicValues } from '../intrinsic-value.ts'
import { indicator } from '../recipe.ts'

export default indicator({
  id: 'VAL-02',
  version: 2,
  name: { zh: '信息内在价值', en: 'Intrinsic value (IVI)' },
  unit: 'index',
  source: 'Laney, Infonomics',
  needs: ['ingest_batch'],
  uses: ['data_asset', 'platform'],
  inputs: intrinsicInputs,
  result: {
    platform_id: 'text',
    platform_name: 'text',
    source_id: 'text',
    assets: 'integer',
    weight_bytes: 'number',
    validity: 'number',
    completeness: 'number',
    age_months: 'number',
    lifecycle: 'number',
    ivi: 'number',
    overall_ivi: 'number',
    overall_validity: 'number',
    weighted_completeness: 'number',
    overall_lifecycle: 'number',
    valued_sources: 'integer',
    valued_bytes: 'number',
    all_weight_bytes: 'number',
  },

  query: (tables, inputs, context) => sql`
    with ${intrinsicValues(tables, inputs, context)},
      taken as (select * from valued where ivi is not null and weight_bytes > 0),
      overall as (
        select ${weighted(sql`ivi`)} as overall_ivi, ${weighted(sql`validity`)} as overall_validity,
          ${weighted(sql`completeness`)} as weighted_completeness, ${weighted(sql`lifecycle`)} as overall_lifecycle,
          count(*) as valued_sources, coalesce(sum(weight_bytes), 0) as valued_bytes
        from taken
      ),
      extent as (
        select ${
          inputs.weights === 'assets'
            ? sql`(select coalesce(sum(bytes), 0)::double from asset)`
            : sql`(select coalesce(sum(weight_bytes), 0) from valued)`
        } as all_weight_bytes
      )
    select platform_id, platform_name, source_id, assets, weight_bytes, validity, completeness, age_months, lifecycle, ivi,
      overall.*, all_weight_bytes
    from valued left join ${platformNames(tables)} using (platform_id), overall, extent
    order by weight_bytes desc nulls last, platform_id nulls last, source_id nulls last`,

  headline: (rows, { weights }) => {
    const [known, all] = [figure(rows, 'valued_bytes') ?? 0, figure(rows, 'all_weight_bytes') ?? 0]
    return headline(
      figure(rows, 'overall_ivi'),
      missingOf(rows, weights),
      [
        [
          { zh: '有效性（1 − 重复率）', en: 'Validity (1 − duplicates)' },
          figure(rows, 'overall_validity'),
          'percent',
        ],
        [{ zh: '完整率', en: 'Completeness' }, figure(rows, 'weighted_completeness'), 'percent'],
        [{ zh: '剩余寿命', en: 'Life left' }, figure(rows, 'overall_lifecycle'), 'percent'],
        [{ zh: '数据源', en: 'Sources' }, rows.length, 'integer'],
      ],
      {
        basis: {
          ...basis(figure(rows, 'valued_sources') ?? 0, { zh: '个数据源', en: 'sources' }, null),
          share: all > 0 ? Math.min(1, known / all) : null,
        },
      },
    )
  },

  chart: (rows): Chart => {
    const valued = rows.filter(({ ivi, weight_bytes }) => ivi !== null && (asNumber(weight_bytes) ?? 0) > 0)
    const shown = valued.slice(0, mostBars)
    const overall = figure(rows, 'overall_ivi')
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('ivi', { zh: '内在价值指数', en: 'Intrinsic value index' }, 'decimal'),
          y: categoryField('unit', { zh: '平台 · 数据源', en: 'Platform · source' }),
        },
        ...(overall === null || shown.length < 2
          ? []
          : [
              {
                mark: 'rule',
                axis: 'x',
                at: overall,
                name: { zh: '加权平均', en: 'Weighted mean' },
              } as const,
            ]),
      ],
      rows: shown.map(named),
      ...firstOf(
        shown.length,
        valued.length,
        { zh: '数据源（按字节数从多到少）', en: 'sources, by bytes' },
        restOf(shown, valued, 'weight_bytes', { zh: '字节数', en: 'the bytes' }),
      ),
    }
  },

  details: {
    assets: {
      name: { zh: '各数据资产', en: 'Data assets' },
      meaning: {
        zh: '每行一项数据资产及其数据源的各个因子，字节数多者在前；没有数据源或其数据源没有批次的，因子为空。',
        en: 'One row a data asset with the factors of its source, those with the most bytes first; without a source, or one that has batches, the factors are empty.',
      },
      result: {
        asset_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        domain: 'text',
        bytes: 'integer',
        validity: 'number',
        completeness: 'number',
        lifecycle: 'number',
        ivi: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, inputs, context) => sql`
        with ${intrinsicValues(tables, inputs, context)}
        select asset_id, asset.platform_id, platform_name, asset.source_id, domain, bytes, validity, completeness,
          lifecycle, ivi, file_id, row_no
        from asset left join valued using (platform_id, source_id) left join ${platformNames(tables)} using (platform_id)
        order by bytes desc nulls last, asset_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '各数据源的内在价值指数（有效性 × 完整率 ×（1 − 稀缺扣减）× 剩余寿命）按字节数加权的平均。指数在 0 与 1 之间，用于比较和排序，不是金额。',
      en: 'The byte-weighted mean over sources of an index: validity × completeness × (1 − share of the market that has the same data) × share of useful life left. It lies between 0 and 1 and serves to compare and to rank; it is no amount of money.',
    },
    formula: String.raw`\begin{aligned} I &= \frac{\sum_s w_s I_s}{\sum_s w_s}, \quad I_s = V_s\, C_s\, (1 - m)\, L_s \\ V_s &= 1 - \frac{\sum_b (e_b + c_b)}{\sum_b n_b}, \quad C_s = \frac{\sum_b \min(r_b, x_b)}{\sum_b x_b}, \quad L_s = \max\left(0,\, 1 - \frac{a_s}{\ell}\right) \end{aligned}`,
    symbols: {
      zh: String.raw`$s$：一个（平台，数据源）；$w_s$：字节数；$I_s$：其指数；$V_s$：有效性；$e_b$、$c_b$：批次 $b$ 的完全重复与冲突重复记录数；$n_b$：窗口内的记录数；$C_s$：完整率；$r_b$：实收；$x_b$：应收；$m$：已拥有同样数据的市场比例；$L_s$：剩余寿命；$a_s$：自首个批次起的月数；$\ell$：有用寿命（月）`,
      en: String.raw`$s$: a (platform, source); $w_s$: bytes; $I_s$: its index; $V_s$: validity; $e_b$, $c_b$: exact and conflicting duplicates of batch $b$; $n_b$: records within its window; $C_s$: completeness; $r_b$: records received; $x_b$: records expected; $m$: share of the market that has the same data; $L_s$: life left; $a_s$: months since its first batch; $\ell$: useful life in months`,
    },
    source: {
      zh: 'Laney《Infonomics》（2018）的信息内在价值 IVI；各因子如何由批次得出为本软件约定。',
      en: 'The intrinsic value of information (IVI) of Laney, Infonomics (2018); how the factors follow from batches is a convention of Assay.',
    },
    cautions: {
      zh: '这是指数，不是金额，也不能跨单位相加。有效性只由重复记录推得：取值错误、越界等未计入，故偏高；重复数多于记录数、或缺任一重复数的批次不参与。完整率与 AGG-03 同一口径，按数据源计。拥有同样数据的市场比例由使用者给定，默认 0（不扣减），有用寿命默认 60 个月，二者都没有官方依据：请看指数对它们的敏感程度。年龄自全部导出中该源首个批次的窗口开始起算（不受时期筛选影响；早于 2000 年或晚于数据时点的不算），早于导出范围的历史不可知，因此剩余寿命偏高；仍在更新的数据源按首个批次计，对其新数据偏严。任一因子不可知的数据源不参与，所占字节比例见“所依据的占比”。一个月按 30.436875 天计。旁边的各因子为同样这些数据源按字节数加权的平均。各因子相乘，假定它们互不相关。没有抽样，故无置信区间。',
      en: 'An index, no amount of money, and not to be added up. Validity is told from duplicates alone: wrong values or ones out of range do not show, so it errs upwards; batches with more duplicates than records, or without either count, take no part. Completeness is that of AGG-03, by source. The share of the market that has the same data is given by the person and 0 by default (no deduction), the useful life 60 months; neither has an official basis, so see how the index moves with them. Age runs from the window start of the source’s first batch in all exports (a period filter does not act on it, and starts before 2000 or after the time of the data do not count); what lies before them is unknown, so the life left errs upwards; a source that still grows is judged by its first batch, which is strict on its new data. Sources without any one of the factors take no part; the share of bytes that does is given with the basis. A month is 30.436875 days. The factors beside are weighted by bytes over the same sources. The product takes the factors as unrelated. Nothing is sampled, so there is no confidence interval.',
    },
  },
})

/** The byte-weighted mean of a column of `taken`, summed in a fixed order. */
function weighted(column: Sql): Sql {
  return sql`sum(weight_bytes * ${column} order by platform_id, source_id) / sum(weight_bytes order by platform_id, source_id)`
}

function named({ platform_id, platform_name, source_id, ivi = null }: Row): Row {
  return row(['unit', 'ivi'], [`${platform_name ?? platform_id ?? '–'} · ${source_id ?? '–'}`, ivi])
}

function missingOf(rows: readonly Row[], weights: string): readonly string[] {
  const has = (column: string) => rows.some(one => asNumber(one[column]) !== null)
  if (rows.length === 0) return ['ingest_batch']
  if (!has('validity')) return ['ingest_batch.dup_exact', 'ingest_batch.dup_conflict']
  if (!has('completeness')) return ['ingest_batch.expected', 'ingest_batch.received']
  if (!has('lifecycle')) return ['ingest_batch.window_start']
  if (weights === 'ingested') return ['ingest_batch.bytes']
  return [total(rows, 'assets') > 0 ? 'data_asset.bytes' : 'data_asset.source_id']
}
