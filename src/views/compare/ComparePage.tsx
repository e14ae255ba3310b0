/** Placeholder until the comparisons are there. */
export function ComparePage() {
  return null
}
