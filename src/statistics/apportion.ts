/**
 * Shares out a whole number by weight so that the parts sum to it exactly: the method of largest remainders (Hamilton,
 * Hare–Niemeyer; Balinski & Young 1982, Fair Representation). Each part is its quota rounded down or up; of equal
 * remainders the earlier part is served first, remainders within 1e-9 counting as equal. Null where the weights sum to 0.
 * RangeError where the total is not a whole number from 0, or a weight is negative or not finite.
 */
export function apportion(total: number, weights: readonly number[]): readonly number[] | null {
  const sum = weights.reduce((whole, weight) => whole + weight, 0)
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`no whole number from 0: ${total}`)
  if (!Number.isFinite(sum) || weights.some(weight => weight < 0))
    throw new RangeError('a weight is finite and not below 0')
  if (sum === 0) return null
  const quotas = weights.map(weight => (weight / sum) * total)
  const parts = quotas.map(Math.floor)
  const left = total - parts.reduce((whole, part) => whole + part, 0)
  for (const index of byRemainder(quotas).slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

function byRemainder(quotas: readonly number[]): readonly number[] {
  return quotas
    .map((quota, index) => ({ index, remainder: Math.round((quota - Math.floor(quota)) * 1e9) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .map(({ index }) => index)
}
