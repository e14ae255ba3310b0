/** What the app takes from outside as a value: the clock and fresh ids. Tests give their own. */
export interface World {
  now(): Date
  id(prefix: string): string
}

/** The machine's clock, and ids that count up. */
export function openWorld(): World {
  let last = 0
  return {
    now: () => new Date(),
    id: prefix => {
      last += 1
      return `${prefix}_${last}`
    },
  }
}
