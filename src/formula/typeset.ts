import temml from 'temml'
import { escaped } from './escaped.ts'

/** `display` stands on a line of its own, with big operators and fractions; `inline` stands within words. */
export type Placement = 'display' | 'inline'

export type Typeset =
  | { readonly status: 'readable'; readonly markup: string }
  | { readonly status: 'unreadable'; readonly problem: string }

/**
 * LaTeX math (without `$`) as a `<math>` element of MathML Core. It carries its TeX twice: as `alttext`, for readers
 * that know no MathML, and as an annotation, which is what math-aware software copies. Links, styles, images and
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
    return { status: 'readable', markup: markup.replace(/^<math/, `<math alttext="${escaped(tex)}"`) }
  } catch (error) {
    return { status: 'unreadable', problem: error instanceof Error ? error.message : String(error) }
  }
}
