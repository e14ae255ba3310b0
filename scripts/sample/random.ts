/** A seeded stream of pseudo-random numbers: the same seed and label give the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  uniform(): number
  /** In [from, to). */
  between(from: number, to: number): number
  /** A whole number, both ends inclusive. */
  integer(min: number, max: number): number
  chance(probability: number): boolean
  /** Positive and heavy-tailed; half of the values lie below the median. */
  lognormal(median: number, sigma: number): number
  pick<T>(from: readonly T[]): T
  weighted<T>(choices: Choices<T>): T
}

/** Values with their relative weights. */
export type Choices<T> = readonly (readonly [value: T, weight: number])[]

export function random(seed: number, label: string): Random {
  const uniform = sfc32(seed, label)
  const between = (from: number, to: number) => from + uniform() * (to - from)
  return {
    uniform,
    between,
    integer: (min, max) => min + Math.floor(uniform() * (max - min + 1)),
    chance: probability => uniform() < probability,
    lognormal: (median, sigma) => median * Math.exp(sigma * normal(uniform)),
    pick: from => at(from, Math.floor(uniform() * from.length)),
    weighted: choices => chooseWeighted(choices, uniform()),
  }
}

/** Sum of twelve uniforms less six: nearly standard normal, by additions only, so equal to the last bit everywhere. */
function normal(uniform: () => number): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += uniform()
  return sum
}

function chooseWeighted<T>(choices: Choices<T>, point: number): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0)
  let left = point * total
  for (const [value, weight] of choices) {
    left -= weight
    if (left < 0) return value
  }
  return at(choices, choices.length - 1)[0]
}

/** The element at an index that is known to exist. */
export function at<T>(from: readonly T[], index: number): T {
  const value = from[index]
  if (value === undefined) throw new RangeError(`no element ${index} among ${from.length}`)
  return value
}

/** Chris Doty-Humphrey's sfc32 (PractRand), seeded by an FNV-1a hash of the label. */
function sfc32(seed: number, label: string): () => number {
  let [a, b, c, counter] = [seed | 0, fnv1a(label), 0x9e3779b9 | 0, 1]
  const next = () => {
    const mixed = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + mixed) | 0
    return (mixed >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash
}
