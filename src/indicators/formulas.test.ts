import { describe, expect, test } from 'vitest'
import style from '../formula/formula.css?raw'
import { formulaMarkup, formulaProblem, symbolsMarkup, symbolsProblem } from '../formula/formula.ts'
import { catalogue } from './catalogue.ts'

/** The TeX between dollar signs, in order. */
function texIn(text: string): readonly string[] {
  return text.split('$').filter((_, i) => i % 2 === 1)
}

/** Classes of temml that need no style of ours: their element says all, or they are for other browsers. */
const unstyled = /^(tml-display|mathcal|special-fraction|wbk-.*|ff-.*|formula-symbols)$/

/** Classes that the markup bears and the style sheet leaves out: an overline without its line would be another formula. */
function missingStyles(markup: string): readonly string[] {
  const classes = [...markup.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '))
  return classes.filter(name => !unstyled.test(name) && !style.includes(`.${name}`))
}

describe.each(catalogue.map(({ id, explanation }) => [id, explanation] as const))('%s', (_, explanation) => {
  const { formula, symbols } = explanation

  test('has a formula that can be typeset, and that is in no language', () => {
    expect(formulaProblem(formula)).toBeNull()
    expect(formula).not.toMatch(/\p{Script=Han}/u)
    expect(missingStyles(formulaMarkup(formula) + symbolsMarkup(symbols?.en ?? ''))).toEqual([])
  })

  test('says what its symbols stand for, the same ones in both languages', () => {
    if (symbols === undefined) return
    expect([symbolsProblem(symbols.zh), symbolsProblem(symbols.en)]).toEqual([null, null])
    expect(texIn(symbols.zh)).not.toEqual([])
    expect([...new Set(texIn(symbols.zh))].sort()).toEqual([...new Set(texIn(symbols.en))].sort())
    expect(symbols.zh.replace(/\$[^$]*\$/g, '')).toMatch(/\p{Script=Han}/u)
    expect(symbols.en).not.toMatch(/\p{Script=Han}/u)
  })
})
