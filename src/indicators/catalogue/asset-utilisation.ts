import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { wilson } from '../../statistics/statistics.ts'
import {
  assetGroupColumn,
  assetGroupField,
  assetGroupPlural,
  assetInputs,
  assetUse,
  unusedAssets,
} from '../asset-use.ts'
import { platformNames } from '../device-group.ts'
import { firstOf, mostRowsUnderLegend, numberField } from '../field.ts'
import { basis, confidence, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { intervalName } from '../share-bars.ts'

const utilisation = { zh: '利用率', en: 'Utilisation' } as const

export default indicator({
  id: 'VAL-07',
  version: 1,
  name: { zh: '数据资产利用率', en: 'Asset utilisation' },
  unit: 'percent',
  source: 'BVI proxy; Assay',
  needs: ['data_asset', 'asset_usage'],
  uses: ['platform'],
  atAsOf: true,
  inputs: assetInputs(90),
  queried: {
    group: 'text',
    platform_name: 'text',
    assets: 'integer',
    used_assets: 'integer',
    surely_used_assets: 'integer',
    asset_rows: 'integer',
    usage_rows: 'integer',
    covered: 'number',
    unlisted: 'integer',
  },
  result: {
    group: 'text',
    platform_name: 'text',
    assets: 'integer',
    used_assets: 'integer',
    surely_used_assets: 'integer',
    utilisation: 'number',
    low: 'number',
    high: 'number',
    asset_rows: 'integer',
    usage_rows: 'integer',
    covered: 'number',
    unlisted: 'integer',
  },

  query: (tables, { days, by }, context) => sql`
    with ${assetUse(tables, days, context)},
      grouped as (
        select ${assetGroupColumn(by)} as "group", count(*) as assets, count(*) filter (used) as used_assets,
          count(*) filter (surely_used) as surely_used_assets
        from asset group by 1
      )
    select grouped.*, platform_name, extent.*
    from grouped left join ${platformNames(tables)} as named on named.platform_id = "group" and ${by === 'platform'},
      extent
    order by assets desc, "group" nulls last`,

  derive: rows => rows.map(withInterval),

  headline: rows => {
    const [assets, used] = [total(rows, 'assets'), total(rows, 'used_assets')]
    const missing = missingOf(rows)
    const value = missing.length > 0 ? null : quotient(used, assets)
    return headline(
      value,
      missing,
      [
        [{ zh: '数据资产', en: 'Assets' }, assets, 'integer'],
        [{ zh: '窗口内被使用', en: 'Used in the window' }, used, 'integer'],
        [
          { zh: '不计窗口起点所在的不完整月', en: 'Without the month that the window cuts into' },
          quotient(total(rows, 'surely_used_assets'), assets),
          'percent',
        ],
        [
          { zh: '窗口中有使用记录的时长占比', en: 'Window within the months of usage' },
          figure(rows, 'covered'),
          'percent',
        ],
        [
          {
            zh: '不限窗口，有使用而不在资产目录中的资产',
            en: 'Used at any time, but not in the list of assets',
          },
          figure(rows, 'unlisted'),
          'integer',
        ],
      ],
      {
        interval: confidence(wilson(used, assets), { zh: '威尔逊（Wilson）区间', en: 'Wilson' }),
        basis: basis(assets, { zh: '项数据资产', en: 'data assets' }, assets),
      },
    )
  },

  chart: (rows, { by }): Chart => {
    const shown = (figure(rows, 'covered') ?? 0) > 0 ? rows.slice(0, mostRowsUnderLegend) : []
    const group = assetGroupField(by, shown)
    const end = (field: string) => numberField(field, intervalName, 'percent')
    return {
      layers: [
        { mark: 'bar', x: numberField('utilisation', utilisation, 'percent'), y: group },
        { mark: 'whisker', at: group, low: end('low'), high: end('high'), along: 'x' },
      ],
      rows: shown,
      ...firstOf(shown.length, rows.length, assetGroupPlural(by)),
    }
  },

  details: {
    'unused-assets': unusedAssets({ zh: '未被使用的资产', en: 'Assets without use' }),
  },

  explanation: {
    meaning: {
      zh: '截至数据时点的最近若干天（默认 90 天）内至少有一个使用方的数据资产，占全部数据资产的比例。“被使用”指至少有一行使用记录所在的月与窗口（数据时点 − 天数，数据时点］有重叠。',
      en: 'Of all data assets, the share with at least one consumer in the days (90 by default) up to the time of the data. An asset is used where the month of at least one row of usage overlaps the window (time of the data − days, time of the data].',
    },
    formula: String.raw`U = \frac{\lvert \{ a : \exists\, m \in M_a,\; m \cap (t - w,\, t] \ne \varnothing \} \rvert}{n}`,
    symbols: {
      zh: '$n$：数据资产数；$a$：一项资产；$M_a$：该资产至少有一个使用方的月份；$t$：数据时点；$w$：窗口长度',
      en: '$n$: number of data assets; $a$: an asset; $M_a$: the months in which it has a consumer; $t$: time of the data; $w$: length of the window',
    },
    source: {
      zh: '本软件约定，作为业务价值（Laney《Infonomics》中的 BVI）的代理指标；区间为 Wilson（1927）。',
      en: 'A convention of Assay, a proxy of business value (the BVI of Laney’s Infonomics); interval of Wilson (1927).',
    },
    cautions: {
      zh: '使用按月记录，窗口起点可能落在某月中间，该月内的使用可能早于窗口，因此利用率偏高而不偏低；去掉该月的结果列在旁边。给出了调用次数或输出字节数且都不大于零的行不算使用。使用记录的月份（时期筛选留下的）未覆盖整个窗口时（占比列在旁边）利用率偏低；时期筛选同样会截去窗口内的使用。资产没有建立日期，新建资产也计入分母。同一资产编号重复出现时取第一行。Wilson 区间假定各资产相互独立；同一平台或同一使用方的资产往往一起被使用，真实的不确定性更大。',
      en: 'Usage is told by the month. The window may begin inside a month, whose use may lie before it, so the figure errs upwards, not downwards; without that month it is as shown beside. A row that gives calls or bytes, and none above zero, is no use. Where the months of usage (those that a period leaves) do not reach over the whole window (their share stands beside) the figure is too low, and a period filter cuts usage in the same way. Assets carry no date of creation, so new ones are in the denominator. Of a repeated asset id the first row counts. The Wilson interval takes assets as independent; those of one platform or one consumer are used together, so the true uncertainty is larger.',
    },
  },
})

function withInterval(group: Row): Row {
  const [assets, used] = [asNumber(group.assets) ?? 0, asNumber(group.used_assets) ?? 0]
  const limits = wilson(used, assets)
  const { asset_rows, usage_rows, covered, unlisted, ...counts } = group
  return row(
    [...Object.keys(counts), 'utilisation', 'low', 'high', 'asset_rows', 'usage_rows', 'covered', 'unlisted'],
    [
      ...Object.values(counts),
      ...[quotient(used, assets), limits?.low ?? null, limits?.high ?? null],
      ...[asset_rows ?? null, usage_rows ?? null, covered ?? null, unlisted ?? null],
    ],
  )
}

function missingOf(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return ['data_asset']
  if ((figure(rows, 'usage_rows') ?? 0) === 0) return ['asset_usage']
  return (figure(rows, 'covered') ?? 0) > 0 ? [] : ['asset_usage.month']
}
