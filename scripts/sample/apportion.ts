import { apportion as byLargestRemainder } from '../../src/statistics/statistics.ts'

/**
 * Shares out a whole number by weight so that the parts sum to it exactly and none is below one (largest remainder;
 * ties go to the earlier part). Throws a RangeError where the total is smaller than the number of parts.
 */
export function apportion(weights: readonly number[], total: number): number[] {
  if (total < weights.length)
    throw new RangeError(`cannot give ${weights.length} parts one each out of ${total}`)
  return (byLargestRemainder(total - weights.length, weights) ?? []).map(part => part + 1)
}
