import type { Cells } from './testing.ts'

/** A month's use of something by an organisation; `*` with a number is a row for all together. */
export function use(
  subject_kind: 'model' | 'application',
  subject_id: string,
  month: string,
  org_id: string,
  more: Cells = {},
): Cells {
  return { subject_kind, subject_id, month: `${month}-01`, org_id, platform_id: 'A', ...more }
}

/** Organisations that use a subject, the long way: over rows, months and names. */
export function usersOf(usage: readonly Cells[], subject_id: string, from = ''): number {
  const own = usage.filter(
    row => row.subject_id === subject_id && String(row.month) >= from && row.users !== 0,
  )
  const named = new Set(own.filter(row => row.org_id !== '*').map(row => row.org_id))
  const told = own.filter(row => row.org_id === '*').map(row => Number(row.organisations ?? 0))
  return Math.max(named.size, 0, ...told)
}
