import type { FigureSize } from '../../domain/figure.ts'
import type { Phrase } from '../../domain/phrase.ts'

/** A size that figures are often wanted in. */
export interface SizePreset {
  readonly id: string
  readonly name: Phrase
  readonly size: FigureSize
}

export const presets: readonly SizePreset[] = [
  {
    id: 'slide',
    name: { zh: '幻灯片 16:9（1280 × 720，2 倍）', en: 'Slide 16:9 (1280 × 720 at 2×)' },
    size: { unit: 'px', width: 1280, height: 720, scale: 2 },
  },
  {
    id: 'page',
    name: { zh: 'A4 版心宽（160 × 90 mm，300 dpi）', en: 'A4 text width (160 × 90 mm, 300 dpi)' },
    size: { unit: 'mm', width: 160, height: 90, dpi: 300 },
  },
  {
    id: 'column',
    name: { zh: '单栏（84 × 84 mm，300 dpi）', en: 'One column (84 × 84 mm, 300 dpi)' },
    size: { unit: 'mm', width: 84, height: 84, dpi: 300 },
  },
  {
    id: 'square',
    name: { zh: '方形（1080 × 1080，1 倍）', en: 'Square (1080 × 1080 at 1×)' },
    size: { unit: 'px', width: 1080, height: 1080, scale: 1 },
  },
]

/** Pixels of the picture that a size gives. */
export function pixelsOf(size: FigureSize): { readonly width: number; readonly height: number } {
  const factor = size.unit === 'px' ? size.scale : size.dpi / 25.4
  return { width: Math.round(size.width * factor), height: Math.round(size.height * factor) }
}

export const customPixels: FigureSize = { unit: 'px', width: 1600, height: 900, scale: 1 }

export const customMillimetres: FigureSize = { unit: 'mm', width: 120, height: 80, dpi: 300 }
