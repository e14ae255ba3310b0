import type { Inspection, ReadOptions } from '../../domain/file.ts'
import type { ImportItem } from '../../workbench/workbench.ts'

/** A change of read options; `undefined` has the reader detect that one again. */
export type ReadChange = { readonly [K in keyof ReadOptions]?: ReadOptions[K] | undefined }

/** The read options with a change; what is detected has no key. */
export function changedOptions(options: ReadOptions, change: ReadChange): ReadOptions {
  const all: [string, unknown][] = Object.entries({ ...options, ...change })
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

/** The options that are set and not detected. Which table an item is, is no choice where each table is an item. */
export function setOptions({
  readOptions,
  part,
}: Pick<ImportItem, 'readOptions' | 'part'>): readonly string[] {
  return Object.keys(readOptions).filter(key => key !== 'part' || part === null)
}

/** An inspection with what is set in place of what was found: a file that cannot be read so shows what was asked of it. */
export function asAsked(found: Inspection, { encoding, part, ...others }: ReadOptions): Inspection {
  return {
    ...found,
    encoding: encoding ?? found.encoding,
    part: part ?? found.part,
    dialect: overlaid(found.dialect, others),
    layout: overlaid(found.layout, others),
  }
}

/** The object with those of its own keys that `over` has. */
function overlaid<T extends object>(found: T | null, over: Partial<T>): T | null {
  if (found === null) return null
  const own = Object.entries(over).filter(([key]) => Object.hasOwn(found, key))
  return { ...found, ...Object.fromEntries(own) }
}

/** Nothing set but which table the item is. */
export function detectedOptions({ part }: Pick<ImportItem, 'part'>): ReadOptions {
  return part === null ? {} : { part: part.id }
}

/**
 * The one character that a text stands for: itself, or written as `\t`, `\\` or `\x01`. Null for anything else, and for
 * what no field can end with.
 */
export function oneCharacter(text: string): string | null {
  const code = /^\\x([0-9a-f]{2})$/i.exec(text)?.[1]
  const written =
    code === undefined ? (escapes[text] ?? text) : String.fromCharCode(Number.parseInt(code, 16))
  return [...written].length === 1 && !/["\r\n\0]/.test(written) ? written : null
}

const escapes: Readonly<Record<string, string>> = { '\\t': '\t', '\\\\': '\\' }

/** A character as it can be seen; blanks and control characters are not. */
export function visible(character: string): string {
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  return code <= 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character
}
