const page = 10

/** The id that a key leads to in a list, from the chosen one; null for other keys, and at the ends. */
export function reached(order: readonly string[], chosen: string | null, key: string): string | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -order.length,
    End: order.length,
  }
  const step = steps[key]
  if (step === undefined || order.length === 0) return null
  const from = chosen === null ? -1 : order.indexOf(chosen)
  const to = Math.min(order.length - 1, Math.max(0, from + step))
  return to === from ? null : (order[to] ?? null)
}
