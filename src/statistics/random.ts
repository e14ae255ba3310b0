/** A stream of pseudo-random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  readonly uniform: () => number
  /** A whole number in [0, count), count ≥ 1; its bias is below count / 2⁵³. */
  readonly below: (count: number) => number
  /** Standard normal. */
  readonly normal: () => number
}

const mask64 = 0xffff_ffff_ffff_ffffn

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021, ACM TOMS 47:36), its state filled by SplitMix64 as its authors advise.
 * A text seed is hashed with FNV-1a. Fails with RangeError where a numeric seed is no safe integer.
 */
export function seededRandom(seed: number | string): Random {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed))
    throw new RangeError(`a seed is a whole number: ${seed}`)
  const split = splitMix64(typeof seed === 'number' ? BigInt(seed) & mask64 : fnv1a64(seed))
  const [first, second] = [split(), split()]
  const next = xoshiro128StarStar([first, first >> 32n, second, second >> 32n].map(Number32))
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
  return { uniform, below: count => Math.floor(uniform() * count), normal: () => polarNormal(uniform) }
}

/** The generator itself: whole numbers in [0, 2³²) from four words that are not all zero. */
export function xoshiro128StarStar(words: readonly number[]): () => number {
  const s = Int32Array.from({ length: 4 }, (_, i) => words[i] ?? 0)
  let [a = 0, b = 0, c = 0, d = 0] = s
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return result
  }
}

/** SplitMix64 (Steele, Lea & Flood 2014): a stream of 64-bit whole numbers. */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed
  return () => {
    state = (state + 0x9e37_79b9_7f4a_7c15n) & mask64
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & mask64
    z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & mask64
    return z ^ (z >> 31n)
  }
}

/** FNV-1a of 64 bits over the UTF-8 bytes of a text (draft-eastlake-fnv). */
export function fnv1a64(text: string): bigint {
  return new TextEncoder()
    .encode(text)
    .reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x100_0000_01b3n) & mask64, 0xcbf2_9ce4_8422_2325n)
}

/**
 * A gamma variate of scale 1 (Marsaglia & Tsang 2000, ACM TOMS 26:363). `shape` > 0, else RangeError; a very small
 * shape may underflow to 0.
 */
export function gamma(random: Random, shape: number): number {
  return Math.exp(logGammaVariate(random, shape))
}

/**
 * Shares that sum to 1, drawn from a Dirichlet distribution. A concentration of 0 gives a share of 0; null where there
 * is none above 0. RangeError where one is negative or not finite.
 */
export function dirichlet(random: Random, alphas: readonly number[]): readonly number[] | null {
  const logs = alphas.map(alpha => (alpha === 0 ? -Infinity : logGammaVariate(random, alpha)))
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity)
  if (largest === -Infinity) return null
  const parts = logs.map(log => Math.exp(log - largest))
  const sum = parts.reduce((whole, part) => whole + part, 0)
  return parts.map(part => part / sum)
}

/** In logarithms, so that a small shape does not underflow: G(a) = G(a + 1) U^(1/a). */
function logGammaVariate(random: Random, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`a gamma shape is positive: ${shape}`)
  if (shape < 1) return logGammaVariate(random, shape + 1) + Math.log(1 - random.uniform()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(1 - random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v)
  }
}

/** Marsaglia's polar method; the second variate of each pair is not kept, so that a stream has no hidden state. */
function polarNormal(uniform: () => number): number {
  for (;;) {
    const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1]
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function Number32(value: bigint): number {
  return Number(value & 0xffff_ffffn)
}
