import { describe, expect, test } from 'vitest'
import { formulaProblem, symbolsProblem } from '../formula/formula.ts'
import { catalogue } from './catalogue.ts'

/** The TeX between dollar signs, in order. */
function texIn(text: string): readonly string[] {
  return text.split('$').filter((_, i) => i % 2 === 1)
}

describe.each(catalogue.map(({ id, explanation }) => [id, explanation] as const))('%s', (_, explanation) => {
  const { formula, symbols } = explanation

  test('has a formula that can be typeset, and that is in no language', () => {
    expect(formulaProblem(formula)).toBeNull()
    expect(formula).not.toMatch(/\p{Script=Han}/u)
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
