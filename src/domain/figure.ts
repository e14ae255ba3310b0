import type { Chart, Theme } from './chart.ts'
import type { Language } from './phrase.ts'
import type { Provenance } from './provenance.ts'

/** A chart with its words, as it stands on a slide: what the exports draw. */
export interface Figure {
  readonly title: string
  /** The headline in words ("23,914 devices, 30 days to 2026-06-30"); empty when there is none. */
  readonly subtitle: string
  /** Data source, filters and recipe in one line; says "synthetic" where the data is. */
  readonly sourceLine: string
  readonly chart: Chart
  readonly language: Language
  readonly theme: Theme
  readonly provenance: Provenance
}

/** How large an exported figure is. Physical sizes are turned into pixels by dots per inch. */
export type FigureSize =
  | { readonly unit: 'px'; readonly width: number; readonly height: number; readonly scale: 1 | 2 | 3 | 4 }
  | { readonly unit: 'mm'; readonly width: number; readonly height: number; readonly dpi: number }

export type Background = 'theme' | 'white' | 'transparent'
