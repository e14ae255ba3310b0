import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FigureSize } from '../domain/figure.ts'
import { noFilters } from '../domain/filter.ts'
import { rasterOf } from './figure-png.ts'
import {
  crc32,
  densityChunk,
  readChunks,
  readPngProvenance,
  textChunk,
  withChunks,
  writeChunks,
} from './png-chunk.ts'
import { provenanceKey, provenanceText } from './provenance-text.ts'

/** The smallest PNG: one transparent pixel, as written by an independent encoder. */
const onePixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  character => character.charCodeAt(0),
)

const provenance = {
  app: { name: 'Assay', version: '0.1.0' },
  engine: { name: 'DuckDB-WASM', version: '1.4.3', bundle: 'eh' },
  recipe: { id: 'CON-17', version: 1 },
  inputs: {},
  filters: { ...noFilters, platforms: ['平台 \u0000 ]]> 👩'] },
  asOf: null,
  sql: 'select 1',
  datasets: [],
  made: '2026-07-01T00:00:00Z',
} as const

test('CRC-32 of the standard check string', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})

test('reading and writing an independent PNG gives the same bytes', () => {
  expect(writeChunks(readChunks(onePixel) ?? [])).toEqual(onePixel)
})

test('provenance comes out as it went in, between header and pixels', () => {
  const png = withChunks(onePixel, [
    densityChunk(300),
    textChunk('Title', '设备集中度'),
    textChunk(provenanceKey, provenanceText(provenance)),
  ])
  if (!png) throw new Error('the PNG was not read')
  expect(readChunks(png)?.map(({ type }) => type)).toEqual(['IHDR', 'pHYs', 'iTXt', 'iTXt', 'IDAT', 'IEND'])
  expect(readPngProvenance(png)).toEqual(provenance)
  expect([...(readChunks(png)?.[1]?.data ?? [])]).toEqual([0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1])
})

test('a damaged file gives no provenance', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const png = withChunks(onePixel, [textChunk(provenanceKey, provenanceText(provenance))])
      if (!png) throw new Error('the PNG was not read')
      const where = at % (png.length - 12)
      png[where] = (png[where] ?? 0) ^ change
      expect(readPngProvenance(png)).toBeNull()
    }),
  )
})

test('any text survives its chunk', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const { data } = textChunk('k', text)
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(data.subarray(6))).toBe(
        text.replaceAll('\0', ''),
      )
    }),
  )
})

test('pixels follow from millimetres and dots per inch, within what a canvas holds', () => {
  const size = (width: number, dpi: number): FigureSize => ({ unit: 'mm', width, height: 90, dpi })
  expect(rasterOf('x', size(160, 300))).toEqual({
    ok: true,
    value: { width: 1890, height: 1063, dotsPerInch: 300 },
  })
  const wide = rasterOf('x', size(4000, 300))
  expect(wide.ok ? null : wide.failure).toEqual({
    kind: 'over-limit',
    file: 'x',
    limit: 'side (px)',
    actual: 47_244,
    allowed: 16_384,
  })
  const large = rasterOf('x', { unit: 'px', width: 4000, height: 3000, scale: 4 })
  expect(large.ok ? null : large.failure).toMatchObject({ limit: 'area (px)', actual: 192_000_000 })
})
