import { monthStart, months } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Clients } from './clients.ts'
import type { Plant } from './planted.ts'
import type { Portfolios } from './portfolios.ts'
import { at, type Random } from './random.ts'

export type Usage = CanonicalRow<'usage'>
type Subject = Pick<Usage, 'subject_kind' | 'subject_id'> & { readonly platform_id: string }

/** Stands for all organisations together where a row names none. */
const everybody = '*'

/**
 * Who used which model or application in which month. Some platforms tell only totals; some tell totals beside the
 * organisations, which a sum must not count again.
 */
export function makeModelUsage(
  draw: Random,
  portfolios: Portfolios,
  clients: Clients,
  plant: Plant,
): readonly Usage[] {
  const totalsOnly = new Map<string, boolean>()
  return subjectsOf(portfolios).flatMap(subject => {
    if (draw.chance(0.24)) return []
    const { platform_id } = subject
    if (!totalsOnly.has(platform_id)) totalsOnly.set(platform_id, draw.chance(0.12))
    const named = nameUsers(draw, subject, clients.get(platform_id) ?? [])
    if (totalsOnly.get(platform_id)) return totalsOf(named)
    if (!draw.chance(0.05)) return named
    const totals = totalsOf(named)
    plant.add('usage_totals_beside', totals.length)
    return [...named, ...totals]
  })
}

function subjectsOf({ models, applications }: Portfolios): readonly Subject[] {
  return [
    ...models.map(({ model_id, platform_id }) => ({
      subject_kind: 'model' as const,
      subject_id: model_id,
      platform_id,
    })),
    ...applications.map(({ application_id, platform_id }) => ({
      subject_kind: 'application' as const,
      subject_id: application_id,
      platform_id,
    })),
  ]
}

function nameUsers(draw: Random, subject: Subject, clients: readonly string[]): readonly Usage[] {
  if (clients.length === 0) return []
  const users = new Set(
    Array.from({ length: 1 + Math.floor(draw.uniform() ** 3 * 3.4) }, () => draw.pick(clients)),
  )
  return [...users].flatMap(org_id => {
    const first = draw.integer(0, months - 1)
    const last = Math.min(months - 1, first + draw.integer(0, 2))
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      ...subject,
      month: monthStart(first + i),
      org_id,
      users: Math.ceil(draw.lognormal(6, 0.9)),
      organisations: 1,
    }))
  })
}

/** One row a month instead of one an organisation. */
function totalsOf(named: readonly Usage[]): readonly Usage[] {
  const found = [...new Set(named.map(({ month }) => month))].sort((a, b) => a - b)
  return found.map(month => {
    const rows = named.filter(row => row.month === month)
    const users = rows.reduce((sum, row) => sum + (row.users ?? 0), 0)
    return { ...at(rows, 0), org_id: everybody, users, organisations: rows.length }
  })
}
