import { name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, InputValues, Tables } from './recipe.ts'
import { homes } from './ties.ts'
import { withinMonths } from './using-organisations.ts'

/** By what an organisation is known to be served. */
export const servedInputs = {
  evidence: {
    kind: 'choice',
    name: { zh: '服务对象的认定', en: 'An organisation is served if it' },
    choices: {
      any: { zh: '以下任一', en: 'either of these' },
      contract: { zh: '合同有效', en: 'has a contract in force' },
      usage: { zh: '近期有使用记录', en: 'is named in recent usage' },
    },
    default: 'any',
  },
  months: {
    kind: 'number',
    name: { zh: '使用记录的窗口', en: 'Window of usage' },
    unit: { zh: '个月', en: 'months' },
    min: 1,
    max: 120,
    default: 12,
  },
} as const

/**
 * CTEs `served_by` (org_id, platform_id, by_contract, by_usage; platform_id null where usage does not tell) and
 * `served_organisation`, one row an organisation: by_contract, by_usage, platforms, size and ownership (text),
 * `is_sme` and `is_private` (null where the class is unknown), `is_listed`, file_id, row_no. Classes are those of the whole list.
 */
export function servedOrganisations(
  tables: Tables,
  { evidence, months }: InputValues<typeof servedInputs>,
  context: Context,
): Sql {
  const { contract, usage } = tables.anytime
  const asOf = sql`${instant(context.asOf)}::date`
  return sql`service as (
      select org_id, platform_id::varchar as platform_id, 'contract' as told_by from ${contract}
      where ${evidence !== 'usage'} and ${name('start')} <= ${asOf} and (ended_at is null or ended_at > ${asOf})
      union all
      select org_id, coalesce(used.platform_id::varchar, home.platform_id), 'usage'
      from ${usage} as used left join (${homes(tables)}) as home
        on home.kind = used.subject_kind::varchar and home.id = used.subject_id
      where ${evidence !== 'contract'} and users is distinct from 0 and ${withinMonths(context, { months })}
    ), served_by as (
      select org_id, platform_id, bool_or(told_by = 'contract') as by_contract, bool_or(told_by = 'usage') as by_usage
      from service where org_id is not null and org_id not in ('*', '') group by org_id, platform_id
    ), listed as (
      select distinct on (org_id) org_id, size::varchar as size, ownership::varchar as ownership, file_id, row_no
      from ${tables.whole.organisation} where org_id is not null order by org_id, file_id, row_no
    ), served_organisation as (
      select org_id, bool_or(by_contract) as by_contract, bool_or(by_usage) as by_usage,
        count(distinct platform_id) as platforms, any_value(size) as size, any_value(ownership) as ownership,
        any_value(size) in ('中', '小', '微') as is_sme, any_value(ownership) = '民营' as is_private,
        any_value(row_no) is not null as is_listed, any_value(file_id) as file_id, any_value(row_no) as row_no
      from served_by left join listed using (org_id) group by org_id
    )`
}
