import { expect, test } from 'vitest'
import style from './formula.css?raw'
import { formulaMarkup, formulaProblem, symbolsMarkup, symbolsProblem } from './formula.ts'

test('a fraction is MathML that carries its TeX', () => {
  const markup = formulaMarkup(String.raw`\frac{a}{b} < 1`)
  expect(markup).toMatch(
    /^<math alttext="\\frac\{a\}\{b\} &lt; 1" aria-label="\\frac\{a\}\{b\} &lt; 1" display="block"/,
  )
  expect(markup).toContain('<mfrac><mi>a</mi><mi>b</mi></mfrac>')
  expect(markup).toContain(
    String.raw`<annotation encoding="application/x-tex">\frac{a}{b} &lt; 1</annotation>`,
  )
})

test.each([
  ['an open brace', String.raw`\frac{a`],
  ['an unknown command', String.raw`\nosuch{a}`],
  ['words of another script outside of \\text', 'x 中'],
  ['an endless macro', String.raw`\def\a{\a\a}\a`],
  ['a link', String.raw`\href{https://example.com}{x}`],
  ['an image', String.raw`\includegraphics{https://example.com/x.png}`],
  ['a style', String.raw`\style{position:fixed}{x}`],
])('%s stands as its TeX, and is a problem with words', (_, tex) => {
  expect(formulaMarkup(tex)).toMatch(/^<code class="formula-source">[^<]*<\/code>$/)
  expect(formulaProblem(tex)).toMatch(/\w/)
})

test.each(['"><script>x</script>', String.raw`\text{"><img src=x onerror=1>}`, '<b', String.raw`\nosuch<b>`])(
  'no part of %j becomes markup',
  tex => {
    const markup = formulaMarkup(tex) + symbolsMarkup(`$${tex}$: ${tex}`)
    expect(markup).not.toMatch(/<script|<img|<b\b/)
    expect(markup.replace(/<\/?[a-z]+( [a-z-]+="[^"<>]*")*>/g, '')).not.toMatch(/[<>]/)
  },
)

test('the name of a function has a thin space before it after a part, and none after a sign', () => {
  const thin = '<mspace width="0.1667em"></mspace>'
  expect(formulaMarkup(String.raw`p_k \ln p_k`)).toContain(`</msub>${thin}<mrow><mi>ln</mi>`)
  expect(formulaMarkup(String.raw`a = \ln p_k`)).toContain('<mo>=</mo><mrow><mi>ln</mi>')
})

test('dollar patterns in TeX stay as they are', () => {
  expect(formulaMarkup('x > $')).toContain('x &gt; $')
})

test('symbols are a list with TeX in its words; a semicolon within TeX parts nothing', () => {
  const markup = symbolsMarkup('$n$: platforms; $x\\;y$：台数；z < 1')
  expect(markup.match(/<li>/g)).toHaveLength(3)
  expect(markup).toMatch(/^<ul class="formula-symbols"><li><math [^>]*alttext="n".*<\/math>: platforms<\/li>/)
  expect(markup).toContain('</math>：台数</li><li>z &lt; 1</li></ul>')
})

test('a dollar sign without its partner is a word, and a problem', () => {
  expect(symbolsMarkup('costs $5; $n$: platforms')).not.toContain('<math')
  expect(symbolsProblem('costs $5')).toMatch(/partner/)
  expect(symbolsProblem('$n$: platforms')).toBeNull()
  expect(symbolsProblem(String.raw`$\nosuch$: platforms`)).toMatch(/nosuch/)
})

test('the style sheet is there to be put into a page', () => {
  expect(style).toContain('STIX Two Math')
  expect(style).not.toMatch(/url\(|@import/)
})
