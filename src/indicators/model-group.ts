import { canonicalTables } from '../domain/canonical.ts'
import type { Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { name, type Sql } from '../sql/sql.ts'
import { categoryField, platformField } from './field.ts'
import { industries } from './industry.ts'

const columns: Readonly<Record<string, string>> = {
  kind: 'kind',
  platform: 'platform_id',
  industry: 'industry_code',
}

const choices = {
  kind: { zh: '模型类型', en: 'Kind' },
  platform: { zh: '平台', en: 'Platform' },
  industry: { zh: '行业', en: 'Industry' },
} as const

const plurals: Readonly<Record<string, Phrase>> = {
  kind: { zh: '模型类型', en: 'kinds of model' },
  platform: { zh: '平台（按模型数从多到少）', en: 'platforms, by models' },
  industry: { zh: '行业（按模型数从多到少）', en: 'industries, by models' },
}

/** The names of the kinds of models. */
export const modelKinds: Readonly<Record<string, Phrase>> = canonicalTables.model.columns.kind.values

/** The input by which a person chooses how models are grouped. */
export function modelGroup<const D extends keyof typeof choices>(proposal: D) {
  return { kind: 'choice', name: { zh: '分组', en: 'Group by' }, choices, default: proposal } as const
}

/** The column of `model` that the input stands for. */
export function modelGroupColumn(by: string): Sql {
  return name(columns[by] ?? 'kind')
}

/** How the result column `group` is shown. */
export function modelGroupField(by: string, rows: readonly Row[]): Field {
  if (by === 'platform') return platformField('group', rows)
  const labels = by === 'industry' ? industries : modelKinds
  return categoryField('group', choices[by as keyof typeof choices] ?? choices.kind, { labels })
}

/** What the groups are, as a plural. */
export function modelGroupPlural(by: string): Phrase {
  return plurals[by] ?? { zh: '模型类型', en: 'kinds of model' }
}
