/**
 * Shares out a whole number by weight so that the parts sum to it exactly and none is below one (largest remainder;
 * ties go to the earlier part). Throws where the total is smaller than the number of parts.
 */
export function apportion(weights: readonly number[], total: number): number[] {
  if (total < weights.length)
    throw new RangeError(`cannot give ${weights.length} parts one each out of ${total}`)
  const sum = weights.reduce((whole, weight) => whole + weight, 0)
  const quotas = weights.map(weight => (weight / sum) * (total - weights.length))
  const parts = quotas.map(quota => 1 + Math.floor(quota))
  const left = total - parts.reduce((whole, part) => whole + part, 0)
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
