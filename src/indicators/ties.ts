import { canonicalTables } from '../domain/canonical.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, InputValues, Tables } from './recipe.ts'
import { withinMonths } from './using-organisations.ts'

/** What ties an organisation to a platform, and which organisations and platforms the graph has. */
export const tieInputs = {
  by: {
    kind: 'choice',
    name: { zh: '关系依据', en: 'Tied by' },
    choices: {
      all: { zh: '合同、使用与设备', en: 'Contracts, usage and devices' },
      contract: { zh: '仅合同', en: 'Contracts' },
      usage: { zh: '仅使用记录', en: 'Usage' },
      device: { zh: '仅设备', en: 'Devices' },
    },
    default: 'all',
  },
  months: {
    kind: 'number',
    name: { zh: '合同与使用的窗口', en: 'Window of contracts and usage' },
    unit: { zh: '个月', en: 'months' },
    min: 1,
    max: 120,
    default: 12,
  },
  nodes: {
    kind: 'choice',
    name: { zh: '图中的节点', en: 'Nodes of the graph' },
    choices: {
      tied: { zh: '有关系的组织与平台', en: 'Organisations and platforms with a tie' },
      listed: { zh: '清单中的全部组织与平台', en: 'All listed organisations and platforms too' },
    },
    default: 'tied',
  },
} as const

type Inputs = InputValues<typeof tieInputs>

/** Columns of `tiesQuery`. */
export const tieColumns = {
  org_id: 'text',
  platform_id: 'text',
  platform_name: 'text',
  by_contract: 'boolean',
  by_usage: 'boolean',
  by_device: 'boolean',
} as const

/**
 * One row an organisation tied to a platform, by what; where all listed ones are asked for, also each organisation and
 * platform without a tie, alone on its row. Platforms in order of their id, organisations within them.
 */
export function tiesQuery(tables: Tables, inputs: Inputs, context: Context): Sql {
  return sql`
    with evidence as (${evidence(tables, inputs, context)}), tie as (
      select org_id, platform_id, bool_or(told_by = 'contract') as by_contract, bool_or(told_by = 'usage') as by_usage,
        bool_or(told_by = 'device') as by_device
      from evidence where platform_id is not null and org_id is not null and org_id not in ('*', '')
      group by org_id, platform_id
    ), lone as (
      select org_id, null as platform_id from ${tables.organisation}
      where org_id is not null and org_id not in (select org_id from tie)
      union all
      select distinct null, platform_id::varchar from ${tables.platform}
      where platform_id is not null and platform_id::varchar not in (select platform_id from tie)
    ), node as (
      select org_id, platform_id, by_contract, by_usage, by_device from tie
      union all
      select org_id, platform_id, null, null, null from lone where ${inputs.nodes === 'listed'}
    ), naming as (
      select platform_id::varchar as id, min(name) as platform_name from ${tables.whole.platform} group by 1
    )
    select org_id, platform_id, platform_name, by_contract, by_usage, by_device
    from node left join naming on id = platform_id
    order by platform_id nulls last, org_id nulls last`
}

/** Rows (org_id, platform_id, told_by): what ties them in the window; a contract that began before a period is in force in it. */
function evidence(tables: Tables, { by, months }: Inputs, context: Context): Sql {
  const wanted = (source: string) => by === 'all' || by === source
  const asOf = sql`${instant(context.asOf)}::date`
  return sql`
      select org_id, platform_id::varchar as platform_id, 'contract' as told_by from ${tables.anytime.contract}
      where ${wanted('contract')} and ${name('start')} <= ${asOf}
        and (ended_at is null or (ended_at > ${asOf} - to_months(${Math.round(months)}::integer) and ended_at > ${name('start')}))
      union all
      select org_id, coalesce(used.platform_id::varchar, home.platform_id), 'usage'
      from ${tables.usage} as used left join (${homes(tables)}) as home
        on home.kind = used.subject_kind::varchar and home.id = used.subject_id
      where ${wanted('usage')} and users is distinct from 0 and ${withinMonths(context, { months })}
      union all
      select org_id, platform_id::varchar, 'device' from ${tables.device}
      where ${wanted('device')} and (retired_at is null or retired_at > ${instant(context.asOf)})`
}

/** The platform of a model or application, for rows of usage that do not give theirs. */
export function homes({ whole: { model, application } }: Tables): Sql {
  return sql`
        select 'model' as kind, model_id as id, min(platform_id::varchar) as platform_id from ${model} group by 2
        union all
        select 'application', application_id, min(platform_id::varchar) from ${application} group by 2`
}

/** The tables that may tell a tie, as the input says. */
export function tyingTables(by: string): readonly string[] {
  return by === 'all' ? ['contract', 'usage', 'device'] : [by]
}

/** Names of the two kinds of nodes. */
export const nodeKinds = {
  organisation: canonicalTables.organisation.name,
  platform: canonicalTables.platform.name,
} as const
