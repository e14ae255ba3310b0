import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { Background, Figure, FigureSize } from '../domain/figure.ts'
import { figureSvg } from './figure-svg.ts'
import type { FontSource } from './font-source.ts'
import { densityChunk, textChunk, withChunks } from './png-chunk.ts'
import { provenanceKey, provenanceText } from './provenance-text.ts'

const mostPixelsASide = 16_384
const mostPixels = 120_000_000

/** Pixels of an exported picture, and how many of them make an inch. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly dotsPerInch: number
}

/** The pixels of a figure size: px × scale, or mm × dpi / 25.4. Fails with `over-limit` beyond what a canvas can hold. */
export function rasterOf(name: string, size: FigureSize): Result<Raster> {
  const factor = size.unit === 'px' ? size.scale : size.dpi / 25.4
  const [width, height] = [Math.round(size.width * factor), Math.round(size.height * factor)]
  const side = Math.max(width, height)
  if (!(width >= 1 && height >= 1)) return overLimit(name, 'least side (px)', Math.min(width, height), 1)
  if (side > mostPixelsASide) return overLimit(name, 'side (px)', side, mostPixelsASide)
  if (width * height > mostPixels) return overLimit(name, 'area (px)', width * height, mostPixels)
  return success({ width, height, dotsPerInch: size.unit === 'px' ? 96 * size.scale : size.dpi })
}

/**
 * The figure as PNG with its provenance, title, source and density inside: exactly the picture of `figureSvg`.
 * Runs in the page. Fails with `over-limit` on too many pixels, with `not-saved` when the picture cannot be drawn.
 */
export async function figurePng(
  figure: Figure,
  size: FigureSize,
  background: Background,
  fonts: FontSource,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const raster = rasterOf(figure.title, size)
  if (!raster.ok) return raster
  const svg = await figureSvg(figure, size, background, fonts)
  if (!svg.ok) return svg
  try {
    const png = withChunks(await rasterise(svg.value, raster.value), describing(figure, raster.value))
    return png ? success(png) : notSaved(figure, 'the canvas gave no PNG')
  } catch (thrown) {
    return notSaved(figure, messageOf(thrown))
  }
}

function describing(figure: Figure, { dotsPerInch }: Raster) {
  return [
    densityChunk(dotsPerInch),
    textChunk('Title', figure.title),
    textChunk('Source', figure.sourceLine),
    textChunk(provenanceKey, provenanceText(figure.provenance)),
  ]
}

async function rasterise(svg: string, { width, height }: Raster): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image(width, height)
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas of this size')
    context.drawImage(image, 0, 0, width, height)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the canvas could not be encoded')
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    URL.revokeObjectURL(url)
  }
}

function overLimit(file: string, limit: string, actual: number, allowed: number): Result<never> {
  return failed({ kind: 'over-limit', file, limit, actual, allowed })
}

function notSaved({ title }: Figure, detail: string): Result<never> {
  return failed({ kind: 'not-saved', name: title, detail })
}
