import { type FontFile, fontFiles } from '../charts/chart.ts'

export type FontWeight = FontFile['weight']

/** Where exports take glyphs from: which bundled files may hold a character, and their bytes (WOFF or TTF). */
export interface FontSource {
  /** Names of the files whose range holds the code point, best first; empty where none does. */
  filesFor(codePoint: number, weight: FontWeight): readonly string[]
  /** Rejects when the file cannot be read. */
  read(file: string): Promise<ArrayBuffer>
}

/** The fonts that the app ships and shows on the screen; `read` fetches a file of the app by its URL. */
export function bundledFonts(read: (url: string) => Promise<ArrayBuffer> = fetched): FontSource {
  const files = fontFiles.map(file => ({ ...file, ranges: parseRanges(file.unicodeRange) }))
  return {
    filesFor: (codePoint, weight) =>
      files
        .filter(file => file.weight === weight)
        .filter(({ ranges }) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last))
        .map(({ url }) => url),
    read,
  }
}

type Range = readonly [first: number, last: number]

/** `U+20-22,U+a0` as inclusive ranges of code points. */
function parseRanges(text: string): readonly Range[] {
  return text.split(',').map(part => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`font ${url}: ${response.status}`)
  return response.arrayBuffer()
}
