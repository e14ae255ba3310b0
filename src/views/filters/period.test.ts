import { expect, test } from 'vitest'
import { monthsBefore, periodWords } from './Period.tsx'

test('the last months are whole months that end with the last day', () => {
  expect(monthsBefore('2026-06-30', 12)).toBe('2025-07-01')
  expect(monthsBefore('2026-06-30', 3)).toBe('2026-04-01')
  expect(monthsBefore('2024-02-29', 12)).toBe('2023-03-01')
})

test('a period says what bounds it, and nothing when nothing does', () => {
  expect(periodWords(null, null)).toBeNull()
  expect(periodWords('2026-01-01', null)).toEqual({ zh: '自 2026-01-01', en: 'from 2026-01-01' })
  expect(periodWords('2026-01-01', '2026-06-30')?.en).toBe('2026-01-01 – 06-30')
  expect(periodWords('2025-07-01', '2026-06-30')?.en).toBe('2025-07-01 – 2026-06-30')
})
