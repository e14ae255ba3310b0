import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import {
  assetGroupColumn,
  assetGroupField,
  assetGroupPlural,
  assetInputs,
  assetUse,
  unusedAssets,
} from '../asset-use.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, restOf } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'

const states = {
  used: { zh: '窗口内被使用', en: 'Used in the window' },
  dark: { zh: '沉睡', en: 'Dark' },
} as const

export default indicator({
  id: 'VAL-08',
  version: 1,
  name: { zh: '沉睡数据占比', en: 'Dark-data share' },
  unit: 'percent',
  source: 'Assay',
  needs: ['data_asset', 'asset_usage'],
  uses: ['platform'],
  atAsOf: true,
  inputs: assetInputs(180),
  result: {
    group: 'text',
    platform_name: 'text',
    assets: 'integer',
    sized_assets: 'integer',
    dark_assets: 'integer',
    unsized_dark_assets: 'integer',
    bytes: 'integer',
    dark_bytes: 'integer',
    possibly_dark_bytes: 'integer',
    dark_share: 'number',
    usage_rows: 'integer',
    covered: 'number',
  },

  query: (tables, { days, by }, context) => sql`
    with ${assetUse(tables, days, context)},
      grouped as (
        select ${assetGroupColumn(by)} as "group", count(*) as assets, count(bytes) as sized_assets,
          count(*) filter (not used) as dark_assets,
          count(*) filter (not used and bytes is null) as unsized_dark_assets,
          coalesce(sum(bytes), 0) as bytes, coalesce(sum(bytes) filter (not used), 0) as dark_bytes,
          coalesce(sum(bytes) filter (not surely_used), 0) as possibly_dark_bytes
        from asset group by 1
      )
    select grouped.*, platform_name, case when bytes > 0 then dark_bytes / bytes end as dark_share, usage_rows, covered
    from grouped left join ${platformNames(tables)} as named on named.platform_id = "group" and ${by === 'platform'},
      extent
    order by dark_bytes desc, bytes desc, "group" nulls last`,

  headline: rows => {
    const [bytes, dark] = [total(rows, 'bytes'), total(rows, 'dark_bytes')]
    const [assets, sized] = [total(rows, 'assets'), total(rows, 'sized_assets')]
    const missing = missingOf(rows, bytes)
    return headline(
      missing.length > 0 ? null : quotient(dark, bytes),
      missing,
      [
        [{ zh: '沉睡（GB）', en: 'Dark (GB)' }, dark / 1e9, 'decimal'],
        [{ zh: '合计（GB）', en: 'Total (GB)' }, bytes / 1e9, 'decimal'],
        [
          { zh: '若窗口起点所在月的使用早于窗口', en: 'Were the month that the window cuts into before it' },
          quotient(total(rows, 'possibly_dark_bytes'), bytes),
          'percent',
        ],
        [{ zh: '沉睡资产', en: 'Dark assets' }, total(rows, 'dark_assets'), 'integer'],
        [
          { zh: '其中字节数未知（不计入）', en: 'Of these, bytes not known (left out)' },
          total(rows, 'unsized_dark_assets'),
          'integer',
        ],
        [
          { zh: '窗口中有使用记录的时长占比', en: 'Window within the months of usage' },
          figure(rows, 'covered'),
          'percent',
        ],
      ],
      { basis: basis(sized, { zh: '项已知字节数的资产', en: 'assets of known bytes' }, assets) },
    )
  },

  chart: (rows, { by }): Chart => {
    const sized = (figure(rows, 'covered') ?? 0) > 0 ? rows.filter(({ bytes }) => Number(bytes) > 0) : []
    const shown = sized.slice(0, mostRowsUnderLegend)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('gigabytes', { zh: '数据量', en: 'Data' }, 'decimal', { zh: 'GB', en: 'GB' }),
          y: assetGroupField(by, shown),
          colour: categoryField(
            'state',
            { zh: '状态', en: 'State' },
            { labels: states, order: Object.keys(states) },
          ),
        },
      ],
      rows: shown.flatMap(drawn),
      ...firstOf(
        shown.length,
        sized.length,
        assetGroupPlural(by),
        restOf(shown, sized, 'dark_bytes', { zh: '沉睡字节数', en: 'the dark bytes' }),
      ),
    }
  },

  details: {
    'dark-assets': unusedAssets({ zh: '沉睡的资产', en: 'Dark assets' }),
  },

  explanation: {
    meaning: {
      zh: '截至数据时点的最近若干天（默认 180 天）内未被任何一方使用的数据资产，其字节数占全部数据资产字节数的比例。',
      en: 'The bytes of data assets that nobody used in the days (180 by default) up to the time of the data, as a share of the bytes of all data assets.',
    },
    formula: String.raw`D = \frac{\sum_{a \notin A_w} b_a}{\sum_a b_a}`,
    symbols: {
      zh: '$b_a$：资产 $a$ 的字节数；$A_w$：窗口内至少有一个使用方的资产；$w$：窗口长度',
      en: '$b_a$: bytes of asset $a$; $A_w$: assets with at least one consumer in the window; $w$: length of the window',
    },
    source: { zh: '本软件约定。', en: 'A convention of Assay.' },
    cautions: {
      zh: '使用按月记录：与窗口有重叠的月份内的使用都算在窗口内，因此沉睡占比偏低而不偏高；若把窗口起点所在的不完整月视为早于窗口，结果列在旁边。字节数未知的资产分子和分母都不含，其中沉睡者的数目列在旁边。给出了调用次数或输出字节数且都不大于零的行不算使用。使用记录的月份（时期筛选留下的）未覆盖整个窗口时（占比列在旁边），占比偏高；时期筛选同样会截去窗口内的使用。不在使用记录之内的用途（平台自用、备份、法定留存）无从得知，“沉睡”不等于无用。资产没有建立日期，新建资产也计入。本数是对全部资产的清点，不是抽样，故无置信区间。',
      en: 'Usage is told by the month: use in any month that overlaps the window counts as within it, so the share errs downwards, not upwards; taking the month that the window cuts into as before it gives the figure beside. Assets of unknown bytes are in neither numerator nor denominator; the number of dark ones among them stands beside. A row that gives calls or bytes, and none above zero, is no use. Where the months of usage (those that a period leaves) do not reach over the whole window (their share stands beside) the share is too high, and a period filter cuts usage in the same way. Use that no record tells of (by the platform itself, backup, legal retention) stays unknown: dark does not mean useless. Assets carry no date of creation, so new ones count. This is a count of all assets and no sample, so there is no confidence interval.',
    },
  },
})

function drawn(group: Row): readonly Row[] {
  const [bytes, dark] = [Number(group.bytes), Number(group.dark_bytes)]
  const names = ['group', 'platform_name', 'state', 'gigabytes']
  const bar = (state: keyof typeof states, amount: number) =>
    row(names, [group.group ?? null, group.platform_name ?? null, state, amount / 1e9])
  return [bar('used', bytes - dark), bar('dark', dark)]
}

function missingOf(rows: readonly Row[], bytes: number): readonly string[] {
  if (rows.length === 0) return ['data_asset']
  if ((figure(rows, 'usage_rows') ?? 0) === 0) return ['asset_usage']
  if ((figure(rows, 'covered') ?? 0) <= 0) return ['asset_usage.month']
  return bytes > 0 ? [] : ['data_asset.bytes']
}
