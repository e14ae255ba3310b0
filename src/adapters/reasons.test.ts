import { expect, test } from 'vitest'
import { canonicalTable } from '../domain/canonical.ts'
import { vendorReasons } from './reasons.ts'

test('every reason has one class, which the canonical table knows, and a source', () => {
  const known = Object.keys(canonicalTable('conn_event').columns.reason_class?.values ?? {})
  const all = vendorReasons.flatMap(({ classes }) => Object.values(classes).flat())
  expect(new Set(all).size).toBe(all.length)
  for (const reason of all) expect(reason).toBe(reason.trim().toLowerCase())
  for (const { classes, source } of vendorReasons) {
    expect(source).toMatch(/^https:/)
    for (const reasonClass of Object.keys(classes)) expect(known).toContain(reasonClass)
  }
})
