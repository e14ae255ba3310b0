import { describe, expect, test } from 'vitest'
import { palettes } from './palette.ts'
import { contrast, rampColour, readableOn } from './ramp.ts'

describe.each(['light', 'dark'] as const)('the %s palette', theme => {
  const palette = palettes[theme]

  test('has text that reads (4.5 : 1) and marks that stand out (3 : 1)', () => {
    for (const text of [palette.ink, palette.muted, palette.accent]) {
      expect(contrast(text, palette.ground), text).toBeGreaterThanOrEqual(4.5)
    }
    for (const mark of palette.categorical)
      expect(contrast(mark, palette.ground), mark).toBeGreaterThanOrEqual(3)
  })

  test('has eight different categorical colours', () => {
    expect(new Set(palette.categorical).size).toBe(8)
  })

  test('keeps numbers on every step of the ramp readable', () => {
    for (let t = 0; t <= 1; t += 0.05) {
      const fill = rampColour(palette.sequential, t)
      expect(contrast(fill, readableOn(fill, '#ffffff', '#000000')), fill).toBeGreaterThanOrEqual(4.5)
    }
  })
})

test('contrast is that of WCAG: 21 between black and white, 1 with itself', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#777777')).toBe(1)
})

test('a ramp passes through its stops', () => {
  expect([0, 0.5, 1, 7, -1].map(t => rampColour(['#000000', '#808080', '#ffffff'], t))).toEqual([
    '#000000',
    '#808080',
    '#ffffff',
    '#ffffff',
    '#000000',
  ])
})
