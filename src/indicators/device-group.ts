import type { Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import { categoryField, platformField, provinceField } from './field.ts'
import { industries } from './industry.ts'
import type { Tables } from './recipe.ts'

const columns: Readonly<Record<string, string>> = {
  platform: 'platform_id',
  province: 'province_code',
  industry: 'industry_code',
  protocol: 'protocol',
}

const choices = {
  platform: { zh: '平台', en: 'Platform' },
  province: { zh: '省份', en: 'Province' },
  industry: { zh: '行业', en: 'Industry' },
  protocol: { zh: '协议', en: 'Protocol' },
} as const

const plurals = {
  platform: { zh: '平台', en: 'platforms' },
  province: { zh: '省份', en: 'provinces' },
  industry: { zh: '行业', en: 'industries' },
  protocol: { zh: '协议', en: 'protocols' },
} as const

/** The input by which a person chooses how devices are grouped. */
export function groupedBy<const D extends keyof typeof choices>(proposal: D) {
  return { kind: 'choice', name: { zh: '分组', en: 'Group by' }, choices, default: proposal } as const
}

/** The name of the column of `device` that the input `by` stands for. */
export function groupedColumn(by: string): string {
  return columns[by] ?? 'platform_id'
}

/** The same column, quoted. */
export function groupColumn(by: string): Sql {
  return name(groupedColumn(by))
}

/** How the result column `group` is shown. */
export function groupField(by: string, rows: readonly Row[]): Field {
  if (by === 'province') return provinceField('group')
  if (by === 'industry') return categoryField('group', choices.industry, { labels: industries })
  if (by === 'protocol') return categoryField('group', choices.protocol)
  return platformField('group', rows)
}

/** What the groups are, as a plural. */
export function groupPlural(by: string): Phrase {
  return plurals[by as keyof typeof plurals] ?? plurals.platform
}

/**
 * Relation (platform_id text, platform_name text), one row a platform, whatever the filters: rows in scope may be of
 * platforms that are not (a device in a province, on a platform that sits in another).
 */
export function platformNames({ whole: { platform } }: Tables): Sql {
  return sql`(select platform_id::varchar as platform_id, min(name) as platform_name from ${platform} group by 1)`
}
