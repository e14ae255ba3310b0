/**
 * The scale on which a model of a series is linear and its errors are taken to be normal. Every scale is monotone, so
 * quantiles and probabilities carry over exactly; the middle of a forecast is therefore a median.
 */
export interface Scale {
  readonly id: 'log' | 'logit' | 'identity' | 'nonNegative'
  /** What a value may lie between; at the ends themselves the scale need not be defined. */
  readonly lowest: number
  readonly highest: number
  readonly to: (value: number) => number
  readonly from: (scaled: number) => number
}

/** For values above 0 that grow by a rate. */
export const logScale: Scale = {
  id: 'log',
  lowest: 0,
  highest: Number.POSITIVE_INFINITY,
  to: Math.log,
  from: Math.exp,
}

/** For shares strictly between 0 and 1. */
export const logitScale: Scale = {
  id: 'logit',
  lowest: 0,
  highest: 1,
  to: share => Math.log(share) - Math.log1p(-share),
  from: scaled => 1 / (1 + Math.exp(-scaled)),
}

export const identityScale: Scale = {
  id: 'identity',
  lowest: Number.NEGATIVE_INFINITY,
  highest: Number.POSITIVE_INFINITY,
  to: value => value,
  from: scaled => scaled,
}

/** For counts that may be 0: forecasts are those of max(0, Y). */
export const nonNegativeScale: Scale = {
  id: 'nonNegative',
  lowest: 0,
  highest: Number.POSITIVE_INFINITY,
  to: value => value,
  from: scaled => Math.max(0, scaled),
}

/** Whether every value lies strictly inside the scale. */
export function fitsInside(scale: Scale, values: readonly number[]): boolean {
  return values.every(value => value > scale.lowest && value < scale.highest)
}
