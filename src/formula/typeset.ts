import temml from 'temml'
import { escaped } from './escaped.ts'

/** `display` stands on a line of its own, with big operators and fractions; `inline` stands within words. */
export type Placement = 'display' | 'inline'

export type Typeset =
  | { readonly status: 'readable'; readonly markup: string }
  | { readonly status: 'unreadable'; readonly problem: string }

/**
 * LaTeX math (without `$`) as a `<math>` element of MathML Core. It carries its TeX as its accessible name (Chromium
 * takes it from `aria-label`, others from `alttext`; the parts stay readable) and as an annotation, which is what
 * math-aware software copies. Links, styles, images and
 * endless macros are refused, so that the markup is safe whatever the TeX.
 */
export function typeset(tex: string, placement: Placement): Typeset {
  try {
    const markup = temml.renderToString(tex, {
      displayMode: placement === 'display',
      annotate: true,
      throwOnError: true,
      strict: true,
      trust: false,
    })
    return { status: 'readable', markup: named(spaced(markup), tex) }
  } catch (error) {
    return { status: 'unreadable', problem: error instanceof Error ? error.message : String(error) }
  }
}

function named(markup: string, tex: string): string {
  const name = escaped(tex)
  return markup.replace('<math', () => `<math alttext="${name}" aria-label="${name}"`)
}

/**
 * With the thin space that TeX sets before the name of a function that follows an ordinary part (TeXbook, chapter 18),
 * as in `p ln p`; temml sets only the one behind it.
 */
function spaced(markup: string): string {
  const afterPart = /(<\/m(?:i|n|sub|sup|subsup|row)>)(<mrow><mi>[a-z]{2,}<\/mi><mo>\u2061<\/mo>)/g
  return markup.replace(afterPart, '$1<mspace width="0.1667em"></mspace>$2')
}
