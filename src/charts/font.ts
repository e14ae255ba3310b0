import interRanges from '@fontsource/inter/unicode.json'
import notoRanges from '@fontsource/noto-sans-sc/unicode.json'
import { forgetWidths } from './measure.ts'

/** One subset file of a bundled font: the same files draw the screen and the exports. */
export interface FontFile {
  readonly family: 'Inter' | 'Noto Sans SC'
  readonly weight: 400 | 600
  /** CSS `unicode-range` of the characters that this file is asked for. */
  readonly unicodeRange: string
  readonly url: string
}

/** WOFF and not WOFF2, because the glyph reader of the exports (opentype.js 2) cannot read WOFF2. */
const interUrls = import.meta.glob<string>(
  '../../node_modules/@fontsource/inter/files/inter-*-[46]00-normal.woff',
  {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
    exhaustive: true,
  },
)
const notoUrls = import.meta.glob<string>(
  [
    '../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-[46]00-normal.woff',
    '!**/noto-sans-sc-chinese-simplified-*',
  ],
  { query: '?url&no-inline', import: 'default', eager: true, exhaustive: true },
)

/** Every bundled file, Inter before Noto Sans SC: the order in which a character is looked for. */
export const fontFiles: readonly FontFile[] = [
  ...filesOf('Inter', interUrls, interRanges),
  ...filesOf('Noto Sans SC', notoUrls, notoRanges),
]

function filesOf(
  family: FontFile['family'],
  urls: Readonly<Record<string, string>>,
  ranges: Readonly<Record<string, string>>,
): readonly FontFile[] {
  return Object.entries(urls).flatMap(([path, url]) => {
    const [, subset = '', weight] = /(?:inter|noto-sans-sc)-([\w-]+?)-([46])00-normal/.exec(path) ?? []
    const unicodeRange = ranges[subset] ?? ranges[`[${subset}]`]
    return unicodeRange ? [{ family, weight: weight === '6' ? 600 : 400, unicodeRange, url }] : []
  })
}

/** Declares the bundled fonts to the page; each file is fetched when its characters are first shown. */
export function installFonts(): void {
  for (const { family, weight, unicodeRange, url } of fontFiles) {
    const descriptors = { weight: String(weight), unicodeRange, display: 'block' } as const
    document.fonts.add(new FontFace(family, `url(${JSON.stringify(url)})`, descriptors))
  }
}

/** Waits until the glyphs of a text are loaded in both weights; charts drawn afterwards measure with them. */
export async function fontsReady(text: string): Promise<void> {
  const fonts = ['400 12px Inter,"Noto Sans SC"', '600 12px Inter,"Noto Sans SC"']
  if (fonts.every(font => document.fonts.check(font, text))) return
  await Promise.all(fonts.map(font => document.fonts.load(font, text)))
  forgetWidths()
}
