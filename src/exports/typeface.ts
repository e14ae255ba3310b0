import { type Font, type Glyph, parse } from 'opentype.js/dist/opentype.mjs'
import type { FontSource, FontWeight } from './font-source.ts'
import { emptyBox, pathData } from './path-data.ts'
import { asSfnt } from './woff.ts'

/** Turns text into outlines with the glyphs of a font source. Text must be prepared before it is measured or drawn. */
export interface Typeface {
  /** Loads the files that hold the characters of `text`. */
  prepare(text: string, weight: FontWeight): Promise<void>
  /** Width of one line in the unit of `size`. */
  width(text: string, size: number, weight: FontWeight): number
  outline(text: string, at: Pen): Outline
}

/** Where a line of text begins: its left end on the baseline. */
export interface Pen {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight: FontWeight
}

export interface Outline {
  /** SVG path data; empty for text that shows nothing. */
  readonly path: string
  /** Characters for which no bundled font has a glyph; a box stands in their place. */
  readonly missing: readonly string[]
}

/** A font with its lining digits of equal width. */
interface Face {
  readonly font: Font
  readonly tabular: ReadonlyMap<number, number>
  /** Looking a pair up in the font's tables is slow; figures repeat the same pairs. */
  readonly kerning: Map<string, number>
}

interface Placed {
  readonly character: string
  /** Null where no font has a glyph. */
  readonly glyph: Glyph | null
  readonly x: number
}

const boxWidth = 0.62
const faces = new WeakMap<FontSource, Map<string, Promise<Face>>>()
const typefaces = new WeakMap<FontSource, Typeface>()

/** The typeface of a source; parsed files are kept as long as the source is. */
export function typefaceOf(source: FontSource): Typeface {
  const known = typefaces.get(source)
  if (known) return known
  const made = openTypeface(source)
  typefaces.set(source, made)
  return made
}

function openTypeface(source: FontSource): Typeface {
  const chosen = new Map<string, Face | null>()
  const faceOf = (character: string, weight: FontWeight) => chosen.get(weight + character) ?? null
  const placed = (text: string, size: number, weight: FontWeight) =>
    placeGlyphs(text, size, character => faceOf(character, weight))
  return {
    async prepare(text, weight) {
      const unknown = [...new Set(text)].filter(character => !chosen.has(weight + character))
      const found = await Promise.all(unknown.map(character => findFace(source, character, weight)))
      unknown.forEach((character, i) => {
        chosen.set(weight + character, found[i] ?? null)
      })
    },
    width: (text, size, weight) => placed(text, size, weight).width,
    outline: (text, { x, y, size, weight }) => draw(placed(text, size, weight).glyphs, x, y, size),
  }
}

/** The first font, in the order of the source, that really has the glyph. */
async function findFace(source: FontSource, character: string, weight: FontWeight): Promise<Face | null> {
  if (isUnseen(character)) return null
  for (const file of source.filesFor(character.codePointAt(0) ?? 0, weight)) {
    const face = await openFace(source, file)
    if (face.font.charToGlyph(character).index > 0) return face
  }
  return null
}

function openFace(source: FontSource, file: string): Promise<Face> {
  const opened = faces.get(source) ?? new Map<string, Promise<Face>>()
  faces.set(source, opened)
  const face = opened.get(file) ?? source.read(file).then(readFace)
  opened.set(file, face)
  face.catch(() => opened.delete(file))
  return face
}

async function readFace(bytes: ArrayBuffer): Promise<Face> {
  const font = parse(await asSfnt(bytes))
  font.position.init()
  const tabular = font.substitution.getSingle('tnum') ?? []
  return { font, tabular: new Map(tabular.map(({ sub, by }) => [sub, by])), kerning: new Map() }
}

function placeGlyphs(
  text: string,
  size: number,
  faceOf: (character: string) => Face | null,
): { glyphs: readonly Placed[]; width: number } {
  const glyphs: Placed[] = []
  let x = 0
  let before: [Face, Glyph] | null = null
  for (const character of text) {
    if (isUnseen(character)) continue
    const face = faceOf(character)
    const glyph = face ? glyphOf(face, character) : null
    if (face && glyph && before && before[0] === face) x += kerning(face, before[1], glyph) * size
    glyphs.push({ character, glyph, x })
    x += size * (face && glyph ? glyph.advanceWidth / face.font.unitsPerEm : boxWidth)
    before = face && glyph ? [face, glyph] : null
  }
  return { glyphs, width: x }
}

function glyphOf({ font, tabular }: Face, character: string): Glyph {
  const plain = font.charToGlyph(character)
  const digit = tabular.get(plain.index)
  return digit !== undefined && /\d/.test(character) ? font.glyphs.get(digit) : plain
}

/** In ems; 0 in fonts without kerning. */
function kerning({ font, kerning: known }: Face, left: Glyph, right: Glyph): number {
  const tables = font.position.defaultKerningTables
  if (!tables) return 0
  const pair = `${left.index} ${right.index}`
  const before = known.get(pair)
  if (before !== undefined) return before
  const value = font.position.getKerningValue(tables, left.index, right.index) / font.unitsPerEm
  known.set(pair, value)
  return value
}

function draw(glyphs: readonly Placed[], x: number, y: number, size: number): Outline {
  const paths = glyphs.map(placed =>
    placed.glyph
      ? pathData(placed.glyph.getPath(x + placed.x, y, size).commands)
      : emptyBox(x + placed.x, y, size),
  )
  const missing = glyphs.filter(({ glyph }) => glyph === null).map(({ character }) => character)
  return { path: paths.join(''), missing }
}

/** Joiners, direction marks, variation selectors and controls are not drawn by any renderer. */
function isUnseen(character: string): boolean {
  return /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029]/u.test(character)
}
