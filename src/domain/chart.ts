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
    }
  | { readonly mark: 'point'; readonly x: Field; readonly y: Field; readonly colour?: Field }
  /** A reference line across the plot. */
  | { readonly mark: 'rule'; readonly axis: 'x' | 'y'; readonly at: number; readonly name: Phrase }
  /** The line of equality of a Lorenz curve, from (0,0) to (1,1). */
  | { readonly mark: 'diagonal'; readonly name: Phrase }
  /** One rectangle a row of a matrix; colour by number, or by named state. */
  | { readonly mark: 'cell'; readonly x: Field; readonly y: Field; readonly colour: Field }
  /** One square a province on the tile grid; `region` holds GB/T 2260 codes. */
  | { readonly mark: 'tile'; readonly region: Field; readonly colour: Field }

export type Theme = 'light' | 'dark'
