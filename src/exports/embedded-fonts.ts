import { mathFont } from '../formula/formula.ts'
import type { FontSource } from './font-source.ts'

/** The family under which a page finds its embedded fonts. */
export const embeddedFamily = 'Assay'

/**
 * `@font-face` rules that carry the regular fonts of all characters of `text` inside themselves, so that a page reads
 * the same on a machine without Chinese fonts. Bold is left to the browser. Rejects when a font cannot be read.
 */
export async function embeddedFonts(text: string, fonts: FontSource): Promise<string> {
  const byFile = new Map<string, number[]>()
  for (const character of [...new Set(text)].sort()) {
    const codePoint = character.codePointAt(0) ?? 0
    const [file] = fonts.filesFor(codePoint, 400)
    if (file !== undefined) byFile.set(file, [...(byFile.get(file) ?? []), codePoint])
  }
  const rules = await Promise.all(
    [...byFile].map(async ([file, used]) => fontFace(await fonts.read(file), used)),
  )
  return rules.join('\n')
}

/**
 * The `@font-face` rule of the math font, about 500 kB: half of what the words of a Chinese report need, and without it
 * a machine that has no math font sets sums and brackets crookedly. Rejects when the font cannot be read.
 */
export async function embeddedMathFont(fonts: FontSource): Promise<string> {
  const source = dataUrl(await fonts.read(mathFont.url))
  return `@font-face{font-family:"${mathFont.family}";src:${source}}`
}

function fontFace(bytes: ArrayBuffer, codePoints: readonly number[]): string {
  const range = codePoints.map(codePoint => `U+${codePoint.toString(16)}`).join(',')
  return `@font-face{font-family:${embeddedFamily};src:${dataUrl(bytes)};unicode-range:${range}}`
}

function dataUrl(bytes: ArrayBuffer): string {
  return `url(data:font/woff;base64,${base64(new Uint8Array(bytes))})`
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
