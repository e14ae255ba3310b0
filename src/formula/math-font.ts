import url from '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff?url&no-inline'

/**
 * STIX Two Math, whole: its MATH table tells how fractions, roots and limits are set, and without it browsers guess. The
 * WOFF file, because it is smaller than the WOFF2 (372 and 403 kB; it goes without hints for small pixels). `url` is a
 * file of the app.
 */
export const mathFont = { family: 'STIX Two Math', url } as const

/** Declares the math font to the page; it is fetched when a formula is first shown. */
export function installMathFont(): void {
  document.fonts.add(
    new FontFace(mathFont.family, `url(${JSON.stringify(mathFont.url)})`, { display: 'block' }),
  )
}
