import type { Failure } from '../../domain/failure.ts'

/** A failure as one line for a terminal or a log: its kind and everything it knows. */
export function failureLine(failure: Failure): string {
  const { kind, ...rest } = failure
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : value}`,
  )
  return [kind, ...facts].join(' · ')
}
