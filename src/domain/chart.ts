import type { Phrase } from './phrase.ts'
import type { Row } from './table.ts'

/**
 * What a figure shows, free of any drawing library: layers of marks over rows. The screen, SVG, PNG and slides
 * are all drawn from this one value.
 */
export interface Chart {
  readonly layers: readonly Layer[]
  readonly rows: readonly Row[]
  /** A line under the figure that belongs to its reading (population, caution). */
  readonly note?: Phrase
}

/** How a column is shown: its name, its scale, and the words for its values. */
export interface Field {
  readonly field: string
  readonly name: Phrase
  readonly scale: 'category' | 'number' | 'time'
  readonly format?: NumberFormat
  readonly unit?: Phrase
  /** A time stands for its month. */
  readonly monthly?: true
  /** Names of coded values (tier, province, state). Values without a name are shown as they are. */
  readonly labels?: Readonly<Record<string, Phrase>>
  /** For category scales: values in this order, others after them as they come. */
  readonly order?: readonly string[]
}

/** `percent` takes a ratio: 0.123 is shown as 12.3 %. */
export type NumberFormat = 'integer' | 'decimal' | 'percent' | 'compact'

export type Layer =
  /** One bar a row; with `colour` bars are stacked. Horizontal when `y` is the category. */
  | { readonly mark: 'bar'; readonly x: Field; readonly y: Field; readonly colour?: Field }
  /** One line a value of `colour`; `area` fills under it. */
  | {
      readonly mark: 'line'
      readonly x: Field
      readonly y: Field
      readonly colour?: Field
      readonly area?: true
      readonly dashed?: true
      /** The value holds until the next x: a survival curve, a stock. */
      readonly step?: true
    }
  /** The area between two values of each x: an interval round a line, a fan of scenarios. */
  | {
      readonly mark: 'band'
      readonly x: Field
      readonly low: Field
      readonly high: Field
      readonly colour?: Field
      readonly step?: true
    }
  /** One bar a row from one value to another: states over time, a range, the arms of a tornado. `from`, `to` share the x axis. */
  | {
      readonly mark: 'span'
      readonly from: Field
      readonly to: Field
      readonly y: Field
      readonly colour?: Field
    }
  /** One interval a row, with ends: along x when `at` is a category of the y axis (`along: 'x'`), else along y. */
  | {
      readonly mark: 'whisker'
      readonly at: Field
      readonly low: Field
      readonly high: Field
      readonly along: 'x' | 'y'
    }
  /** One lying box a row (ends, quartiles or other quantiles, middle); `y` is the category. */
  | {
      readonly mark: 'box'
      readonly y: Field
      readonly low: Field
      readonly lower: Field
      readonly middle: Field
      readonly upper: Field
      readonly high: Field
    }
  /** Lines of numbers under the x axis, each at its x: how many are still at risk. One line a value of `colour`. */
  | { readonly mark: 'count'; readonly x: Field; readonly n: Field; readonly colour?: Field }
  /** One stream a row from the left to the right, as wide as `size`. The same name on both sides is two places. */
  | { readonly mark: 'flow'; readonly from: Field; readonly to: Field; readonly size: Field }
  /** One link a row between two nodes; a row without `to` is a node alone. `kind` colours nodes by the kind of `from` and `to`. */
  | {
      readonly mark: 'network'
      readonly from: Field
      readonly to: Field
      readonly kinds?: readonly [from: Field, to: Field]
    }
  | { readonly mark: 'point'; readonly x: Field; readonly y: Field; readonly colour?: Field }
  /** A reference line across the plot. */
  | { readonly mark: 'rule'; readonly axis: 'x' | 'y'; readonly at: number; readonly name: Phrase }
  /** The line of equality of a Lorenz curve, from (0,0) to (1,1). */
  | { readonly mark: 'diagonal'; readonly name: Phrase }
  /** One rectangle a row of a matrix; colour by number, or by named state. */
  | { readonly mark: 'cell'; readonly x: Field; readonly y: Field; readonly colour: Field }
  /**
   * The tree of a clustering, its root at the left. A row says at which `height` the clusters of two leaves are joined:
   * one row a merge, or one a pair of leaves. Beside a matrix the leaves are its rows; alone, height runs along x.
   */
  | { readonly mark: 'tree'; readonly left: Field; readonly right: Field; readonly height: Field }
  /** One square a province on the tile grid; `region` holds GB/T 2260 codes. */
  | { readonly mark: 'tile'; readonly region: Field; readonly colour: Field }

/** The columns that a layer shows. */
export function layerFields(layer: Layer): readonly Field[] {
  return Object.values(layer)
    .flat()
    .filter((part): part is Field => typeof part === 'object' && part !== null && 'field' in part)
}

const companions: ReadonlySet<Layer['mark']> = new Set([
  'band',
  'whisker',
  'count',
  'rule',
  'diagonal',
  'tree',
])

/** The layers, those that the figure is about first: intervals, counts, trees and reference lines go with another layer. */
export function leadingFirst(layers: readonly Layer[]): readonly Layer[] {
  const [leading, others] = [false, true].map(goes =>
    layers.filter(({ mark }) => companions.has(mark) === goes),
  )
  return [...(leading ?? []), ...(others ?? [])]
}

export type Theme = 'light' | 'dark'
