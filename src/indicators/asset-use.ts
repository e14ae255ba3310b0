import { canonicalTables } from '../domain/canonical.ts'
import type { Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { platformNames } from './device-group.ts'
import { categoryField, platformField } from './field.ts'
import { daysBefore, instant } from './instant.ts'
import type { Context, Detail, Tables } from './recipe.ts'

const choices = {
  domain: { zh: '数据域', en: 'Data domain' },
  platform: { zh: '平台', en: 'Platform' },
  level: { zh: '数据分级', en: 'Data class' },
} as const

const plurals: Readonly<Record<string, Phrase>> = {
  domain: { zh: '数据域', en: 'domains' },
  platform: { zh: '平台', en: 'platforms' },
  level: { zh: '数据分级', en: 'data classes' },
}

/** The length of the window that ends at the time of the data, and how assets are grouped. */
export function assetInputs(days: number) {
  return {
    days: {
      kind: 'number',
      name: { zh: '窗口长度', en: 'Window' },
      unit: { zh: '天', en: 'days' },
      min: 1,
      max: 3650,
      default: days,
    },
    by: { kind: 'choice', name: { zh: '分组', en: 'Group by' }, choices, default: 'domain' },
  } as const
}

/** How the result column `group` is shown. */
export function assetGroupField(by: string, rows: Parameters<typeof platformField>[1]): Field {
  if (by === 'platform') return platformField('group', rows)
  if (by === 'level') return categoryField('group', choices.level)
  return categoryField('group', choices.domain, { labels: canonicalTables.data_asset.columns.domain.values })
}

/** What the groups are, as a plural. */
export function assetGroupPlural(by: string): Phrase {
  return plurals[by] ?? { zh: '数据域', en: 'domains' }
}

/** The column of `assetUse` that the input `by` stands for. */
export function assetGroupColumn(by: string): Sql {
  if (by === 'platform') return sql`platform_id`
  return by === 'level' ? sql`level` : sql`domain`
}

/**
 * CTEs from the assets in scope and their usage in the `days` up to the time of the data, (as_of − days, as_of]:
 * - `asset`: one row an asset id (the first of its rows): platform_id, domain, level as text, bytes, file_id, row_no,
 *   `last_month` of use, `used` (in a month that the window reaches), `surely_used` (in a month that begins in it)
 * - `extent`: one row: `usage_rows` of the export, `covered` (the share of the window within its months of usage that the period leaves),
 *   `unlisted` (assets with usage in scope that are not in the list of assets), `asset_rows`
 * A row of usage that gives calls or bytes, and none above zero, is no use; months after the time of the data are none.
 */
export function assetUse(tables: Tables, days: number, { asOf }: Context): Sql {
  const { from, until } = tables.period
  const [begin, finish] = [instant(daysBefore(asOf, days)), instant(asOf)]
  return sql`
    using_months as (
      select asset_id, month from ${tables.asset_usage}
      where month <= ${finish} and consumer is not null
        and ((calls is null and bytes_out is null) or calls > 0 or bytes_out > 0)
    ),
    last_use as (select asset_id, max(month) as last_month from using_months group by 1),
    listed as (
      select asset_id, platform_id::varchar as platform_id, domain::varchar as domain, level::varchar as level, bytes,
        file_id, row_no
      from ${tables.data_asset} where asset_id is not null
      qualify row_number() over (partition by asset_id order by file_id, row_no) = 1
    ),
    asset as (
      select listed.*, last_month, coalesce(last_month + interval 1 month > ${begin}, false) as used,
        coalesce(last_month >= ${begin}, false) as surely_used
      from listed left join last_use using (asset_id)
    ),
    told as (
      select count(*) as usage_rows, min(month) filter (in_period)::timestamp as first,
        max(month) filter (in_period) + interval 1 month as last
      from (
        select month, month >= ${from ?? sql`month`} and month < ${until ?? sql`timestamp 'infinity'`} as in_period
        from ${tables.whole.asset_usage}
      )
    ),
    extent as (
      select usage_rows, (select count(*) from ${tables.data_asset}) as asset_rows,
        case when first is null then 0 else greatest(0,
          epoch_us(least(last, ${finish})) - epoch_us(greatest(first, ${begin}))) end / ${days * 86_400_000_000}
          as covered,
        (select count(distinct asset_id) from using_months where asset_id not in (
          select asset_id from ${tables.whole.data_asset} where asset_id is not null)) as unlisted
      from told
    )`
}

/** The assets without use in the window, the largest first. */
export function unusedAssets(name: Phrase): Detail<ReturnType<typeof assetInputs>> {
  return {
    name,
    meaning: {
      zh: '每行一项在窗口内未被使用的数据资产，字节数多者在前；“最近使用月”为空表示数据时点之前从未被使用。',
      en: 'One row an asset without use in the window, those with the most bytes first; without a month of last use it was never used before the time of the data.',
    },
    result: {
      asset_id: 'text',
      platform_id: 'text',
      platform_name: 'text',
      domain: 'text',
      level: 'text',
      bytes: 'integer',
      last_month: 'date',
      file_id: 'text',
      row_no: 'integer',
    },
    query: (tables, { days }, context) => sql`
      with ${assetUse(tables, days, context)}
      select asset_id, platform_id, platform_name, domain, level, bytes, last_month, file_id, row_no
      from asset left join ${platformNames(tables)} using (platform_id), extent
      where not used and covered > 0 order by bytes desc nulls last, asset_id`,
  }
}
