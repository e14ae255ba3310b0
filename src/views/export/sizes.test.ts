import { expect, test } from 'vitest'
import { pixelsOf, presets } from './sizes.ts'

test('pixels are scaled, millimetres go by dots per inch', () => {
  expect(pixelsOf({ unit: 'px', width: 1280, height: 720, scale: 2 })).toEqual({ width: 2560, height: 1440 })
  expect(pixelsOf({ unit: 'mm', width: 254, height: 127, dpi: 300 })).toEqual({ width: 3000, height: 1500 })
})

test('no preset is over what a picture may have', () => {
  for (const { size } of presets) {
    const { width, height } = pixelsOf(size)
    expect(Math.max(width, height)).toBeLessThanOrEqual(16384)
  }
})
