import type { Theme } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'

/** In which words, colours and size (CSS pixels) a chart is drawn. */
export interface Look {
  readonly language: Language
  readonly theme: Theme
  readonly width: number
  readonly height: number
  /** `assay-figure` in exports, where text is measured with the bundled glyphs; the screen's stack otherwise. */
  readonly fontFamily: string
}
