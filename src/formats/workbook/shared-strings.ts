import type { Entry } from '../archive/directory.ts'
import { partText } from './part-text.ts'
import { xmlParser } from './xml.ts'
import type { Zip } from './zip.ts'

/** The texts that cells point to, in order; runs of rich text joined, phonetic hints left out. */
export async function readSharedStrings(
  zip: Zip,
  entry: Entry | null,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const strings: string[] = []
  if (entry === null) return strings
  let current = ''
  let phonetic = 0
  const visitor = {
    wantsText: false,
    open(name: string) {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic++
      else if (name === 't') visitor.wantsText = phonetic === 0
    },
    close(name: string) {
      if (name === 'si') strings.push(unescaped(current))
      else if (name === 'rPh') phonetic--
      else if (name === 't') visitor.wantsText = false
    },
    text(text: string) {
      current += text
    },
  }
  const parser = xmlParser(visitor)
  for await (const text of partText(zip, entry, signal)) parser.push(text)
  parser.end()
  return strings
}

/** `_x000D_` for characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19); `_x005F_` hides such a sequence. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
