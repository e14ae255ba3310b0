export { apportion } from './apportion.ts'
export { betweenness, betweennessCentralisation } from './betweenness.ts'
export { averageLinkage, type Dendrogram, type Merge } from './clustering.ts'
export { copheneticCorrelation, copheneticDistances } from './cophenetic.ts'
export {
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareTail,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from './distributions.ts'
export { median, medianAbsoluteDeviation, quantile } from './distributions-sample.ts'
export { type DampedTrend, type DampedTrendOptions, dampedTrend } from './ets.ts'
export { type AveragedTrend, averagedTrend } from './ets-averaged.ts'
export {
  type DatedValue,
  type Forecast,
  type ForecastOptions,
  forecastOf,
} from './forecast.ts'
export {
  averagedTrendMethod,
  type Backtest,
  type BacktestCase,
  type BacktestOptions,
  backtest,
  dampedTrendMethod,
  type ForecastMethod,
  logLinearMethod,
} from './forecast-backtest.ts'
export { decimalYear, monthOf } from './forecast-calendar.ts'
export type { Prediction } from './forecast-prediction.ts'
export {
  bipartiteDensity,
  components,
  degreeCentralisation,
  density,
  type Link,
  largestComponentShare,
  projection,
} from './graph.ts'
export { type DegreePreservingNull, degreePreservingNull, type NullOptions } from './graph-null.ts'
export { gini, herfindahl, normalisedHerfindahl } from './inequality.ts'
export {
  entropy,
  generalisedJsd,
  hillNumber,
  jensenShannonDistance,
  krugmanSpecialisation,
  locationQuotient,
  millerMadow,
  type SparseShares,
  sparseJensenShannonDistance,
} from './information.ts'
export {
  clopperPearson,
  type Limits,
  type MeanTime,
  poissonMeanTime,
  type WeightedProportion,
  weightedProportion,
  wilson,
} from './intervals.ts'
export { type LogRank, logRank } from './log-rank.ts'
export { dirichlet, gamma, type Random, seededRandom } from './random.ts'
export { kendallTauB } from './rank-correlation.ts'
export {
  type ItemRanks,
  type RankStability,
  type RankStabilityOptions,
  rankStability,
} from './rank-stability.ts'
export { growthRate, logitLinear, logLinear, type TimedValue, type TrendLine } from './regression.ts'
export { type Bootstrap, type BootstrapOptions, bootstrap } from './resampling.ts'
export { type ShiftShare, type ShiftShareParts, type ShiftShareRow, shiftShare } from './shift-share.ts'
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
