/** The part of opentype.js 2.0 that Assay uses; the package ships no types. */
declare module 'opentype.js/dist/opentype.mjs' {
  export type PathCommand =
    | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
    | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
    | {
        readonly type: 'C'
        readonly x1: number
        readonly y1: number
        readonly x2: number
        readonly y2: number
        readonly x: number
        readonly y: number
      }
    | { readonly type: 'Z' }
  export interface Path {
    readonly commands: readonly PathCommand[]
  }
  export interface Glyph {
    readonly index: number
    readonly advanceWidth: number
    getPath(x: number, y: number, fontSize: number): Path
  }
  export interface Font {
    readonly unitsPerEm: number
    readonly glyphs: { get(index: number): Glyph }
    readonly substitution: { getSingle(feature: string): readonly { sub: number; by: number }[] | undefined }
    readonly position: {
      readonly defaultKerningTables?: unknown
      init(): void
      getKerningValue(tables: unknown, left: number, right: number): number
    }
    charToGlyph(character: string): Glyph
  }
  export function parse(buffer: ArrayBuffer): Font
}
