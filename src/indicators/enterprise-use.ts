import { join, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Tables } from './recipe.ts'

/** What a person may set about which enterprises apply a platform. */
export const enterpriseInputs = {
  evidence: {
    kind: 'choice',
    name: { zh: '应用平台的认定', en: 'An enterprise applies a platform if it' },
    choices: {
      any: { zh: '以下任一', en: 'any of these' },
      contract: { zh: '合同有效', en: 'has a contract in force' },
      usage: { zh: '近期有使用记录', en: 'is named in recent usage' },
      device: { zh: '有在册设备', en: 'owns an activated device' },
    },
    default: 'any',
  },
  usage_months: {
    kind: 'number',
    name: { zh: '使用记录的有效月数', en: 'Months for which usage counts' },
    unit: { zh: '月', en: 'months' },
    min: 1,
    max: 60,
    default: 12,
  },
  operators: {
    kind: 'choice',
    name: { zh: '平台运营主体', en: 'Operators of platforms' },
    choices: { exclude: { zh: '不计入', en: 'Exclude' }, include: { zh: '计入', en: 'Include' } },
    default: 'exclude',
  },
} as const

export interface EnterpriseChoices {
  readonly evidence: string
  readonly usage_months: number
  readonly operators: string
}

/** The choices where a recipe offers none. */
export const usualEnterprises: EnterpriseChoices = { evidence: 'any', usage_months: 12, operators: 'exclude' }

/**
 * Relation (org_id, size, province_code, file_id, row_no; codes as text): the organisations in scope, those that run a
 * platform left out by default.
 */
export function enterprises({ organisation, whole }: Tables, { operators }: EnterpriseChoices): Sql {
  const running = sql`(select org_id from ${whole.platform} where org_id is not null)`
  const kept = operators === 'include' ? sql`true` : sql`org_id not in ${running}`
  return sql`(
    select distinct on (org_id) org_id, size::varchar as size, province_code::varchar as province_code, file_id, row_no
    from ${organisation} where org_id is not null and ${kept} order by org_id, file_id, row_no
  )`
}

/**
 * Relation (org_id, platform_id, evidence, start, finish): the times in which an organisation applies a platform, from
 * `start` until before `finish`; `infinity` where no end is known. The tables are those of any time: a contract that began
 * before a period is in force in it. Of devices with the same end only the first to start matters.
 */
export function platformUse({ anytime }: Tables, { evidence, usage_months }: EnterpriseChoices): Sql {
  const { contract, usage, device } = anytime
  const kinds: Readonly<Record<string, Sql>> = {
    contract: sql`select org_id, platform_id::varchar as platform_id, 'contract' as evidence, start::timestamp as start,
      coalesce(ended_at::timestamp, timestamp 'infinity') as finish from ${contract}`,
    usage: sql`select org_id, platform_id::varchar as platform_id, 'usage' as evidence, month::timestamp as start,
      month + to_months(${Math.round(usage_months)}) as finish from ${usage}
      where org_id <> '*' and users is distinct from 0`,
    device: sql`select org_id, platform_id::varchar as platform_id, 'device' as evidence, min(activated_at) as start,
      coalesce(retired_at, timestamp 'infinity') as finish
      from ${device} where retired_at is null or retired_at > activated_at group by org_id, platform_id, retired_at`,
  }
  const chosen = kinds[evidence]
  const parts = chosen ? [chosen] : Object.values(kinds)
  return sql`(
    select * from (${join(parts, ' union all by name ')})
    where org_id is not null and start is not null and finish > start
  )`
}

/**
 * CTE `enterprise`: the organisations in scope with what they are told to apply a platform by at a time: `by_contract`,
 * `by_usage`, `by_device`, and `applies` by the evidence chosen; `platforms` that they apply.
 */
export function enterprisesAt(tables: Tables, choices: EnterpriseChoices, asOf: number): Sql {
  const flag = (kind: string) => sql`coalesce(bool_or(evidence = ${kind}), false)`
  const chosen = choices.evidence === 'any' ? sql`evidence is not null` : sql`evidence = ${choices.evidence}`
  return sql`applied as (
      select * from ${platformUse(tables, { ...choices, evidence: 'any' })}
      where start <= ${instant(asOf)} and finish > ${instant(asOf)}
    ),
    enterprise as (
      select listed.org_id, size, province_code, file_id, row_no, coalesce(bool_or(${chosen}), false) as applies,
        ${flag('contract')} as by_contract, ${flag('usage')} as by_usage, ${flag('device')} as by_device,
        count(distinct applied.platform_id) filter (${chosen}) as platforms
      from ${enterprises(tables, choices)} as listed left join applied using (org_id) group by all
    )`
}

/**
 * CTEs that merge the overlapping spans of each owner: from `spans` (the columns of `owner`, start, finish) to `merged`
 * (the same columns), so that at any time an owner is in one span at most.
 */
export function mergedSpans(spans: Sql, owner: Sql): Sql {
  const before = sql`(partition by ${owner} order by start, finish rows between unbounded preceding and 1 preceding)`
  const until = sql`(partition by ${owner} order by start, finish rows unbounded preceding)`
  return sql`reaching as (select *, max(finish) over ${before} as reach from ${spans}),
    island as (
      select *, sum(case when start <= reach then 0 else 1 end) over ${until} as island from reaching
    ),
    merged as (
      select ${owner}, min(start) as start, max(finish) as finish from island group by ${owner}, island
    )`
}
