import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { palettes } from '../charts/chart.ts'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** The colours of a theme: token -> `#rrggbb`. */
function tokens(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const start = css.indexOf(theme === 'light' ? ':root {' : '[data-theme="dark"] {')
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]),
  )
}

/** WCAG 2.2 contrast of two `#rrggbb`, 1 to 21. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...['ground', 'raised', 'sunken', 'hover'].flatMap(
    ground =>
      [
        ['ink', ground],
        ['muted', ground],
      ] as const,
  ),
  ['faint', 'ground'],
  ['faint', 'raised'],
  ['accent', 'ground'],
  ['accent', 'accent-soft'],
  ['on-accent', 'accent'],
  ['good', 'ground'],
  ['good', 'good-soft'],
  ['warning', 'raised'],
  ['warning', 'warning-soft'],
  ['danger', 'ground'],
  ['danger', 'danger-soft'],
  ['ink', 'warning-soft'],
  ['ink', 'danger-soft'],
]

describe.each(['light', 'dark'] as const)('%s', theme => {
  const colours = tokens(theme)

  test.each(pairs)('%s on %s can be read (AA)', (text, ground) => {
    expect(contrast(colours[text] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  test('the screen and its charts are of one palette', () => {
    const { ground, ink, accent } = palettes[theme]
    expect([colours.ground, colours.ink, colours.accent]).toEqual([ground, ink, accent])
  })
})

test('the measure of contrast is the standard one', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
