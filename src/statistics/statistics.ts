export {
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from './distributions.ts'
export { median, medianAbsoluteDeviation, quantile } from './distributions-sample.ts'
export {
  clopperPearson,
  type Limits,
  type MeanTime,
  poissonMeanTime,
  type WeightedProportion,
  weightedProportion,
  wilson,
} from './intervals.ts'
export { dirichlet, gamma, type Random, seededRandom } from './random.ts'
export { type Bootstrap, type BootstrapOptions, bootstrap } from './resampling.ts'
export {
  type Subject,
  type SurvivalCounts,
  type SurvivalCurve,
  type SurvivalStep,
  survivalCurve,
  survivalFromCounts,
} from './survival.ts'
export {
  type CauseCounts,
  type CauseSubject,
  type CumulativeIncidence,
  cumulativeIncidence,
  type IncidenceStep,
  incidenceFromCounts,
} from './survival-incidence.ts'
export {
  type MedianSurvival,
  medianSurvival,
  type RestrictedMean,
  restrictedMean,
  survivalAt,
} from './survival-summary.ts'
