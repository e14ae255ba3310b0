import { escaped } from './escaped.ts'
import { type Placement, typeset } from './typeset.ts'
import { entries, pieces } from './words.ts'

export { installMathFont, mathFont } from './math-font.ts'

/** A formula given as LaTeX math, on a line of its own: `<math>`, or its TeX as text where it cannot be read. */
export function formulaMarkup(tex: string): string {
  return set(tex, 'display')
}

/**
 * What the symbols of a formula stand for, `$n$: number of platforms; $x_i$: devices of platform $i$`, as a list with
 * one entry a symbol. Semicolons part the entries, `$` encloses TeX.
 */
export function symbolsMarkup(text: string): string {
  const items = entries(text).map(entry => {
    const parts = pieces(entry).map(part =>
      part.kind === 'tex' ? set(part.text, 'inline') : escaped(part.text),
    )
    return `<li>${parts.join('')}</li>`
  })
  return `<ul class="formula-symbols">${items.join('')}</ul>`
}

/** Why a formula cannot be read, in the words of the typesetter; null where it can. */
export function formulaProblem(tex: string): string | null {
  const result = typeset(tex, 'display')
  return result.status === 'readable' ? null : result.problem
}

/** The same for all TeX within words; `$` without its partner is a problem too. */
export function symbolsProblem(text: string): string | null {
  if ((text.match(/\$/g) ?? []).length % 2 === 1) return 'a $ without its partner'
  const problems = pieces(text).map(({ kind, text: tex }) => (kind === 'tex' ? formulaProblem(tex) : null))
  return problems.find(problem => problem !== null) ?? null
}

function set(tex: string, placement: Placement): string {
  const result = typeset(tex, placement)
  return result.status === 'readable' ? result.markup : `<code class="formula-source">${escaped(tex)}</code>`
}
