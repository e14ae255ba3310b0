import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { examples, renamed, withRows } from '../charts/testing.ts'
import type { Chart, Layer } from '../domain/chart.ts'
import type { Figure, FigureSize } from '../domain/figure.ts'
import { noFilters } from '../domain/filter.ts'
import type { Provenance } from '../domain/provenance.ts'
import { bundledFonts, figureSvg, readSvgProvenance } from './export.ts'
import { type Element, elementsOf } from './svg-gate.ts'

const marks = Object.keys(examples) as readonly Layer['mark'][]
const slide: FigureSize = { unit: 'px', width: 1280, height: 720, scale: 1 }
const fonts = bundledFonts(async url => {
  const bytes = await readFile(`.${url.split('?')[0]}`)
  return Uint8Array.from(bytes).buffer
})

/** The list of shared/hostile/make_hostile.py (HX), and what breaks XML. */
const hostile = [
  '<script>window.__x=1</script>',
  '<img src=x onerror="window.__x=1">',
  '<svg onload="window.__x=1">',
  '"><iframe srcdoc="<script>parent.__x=1</script>">',
  'javascript:alert(1)',
  '<a href="javascript:window.__x=1">a</a>',
  '<style>*{display:none}</style>',
  '<base href="http://x.invalid/">',
  '<meta http-equiv=refresh content="0;url=http://x.invalid/">',
  '<form action=http://x.invalid><input name=a>',
  '{{constructor.constructor("window.__x=1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attack, not a template
  '${window.__x=1}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attack, not a template
  '`${1}`',
  '\\u003cimg src=x onerror=1\\u003e',
  '&lt;img src=x&gt;',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.__x=1>',
  '\u2028\u2029',
  '\ud83d\udc68\u200d\ud83d\udc69',
  '\u202eabc\u202c',
  ']]>',
  'a\u0000\u0001\u000b\ufffe\uffffb',
  'lone \ud800 surrogate',
  '{a|rich} {b}',
  '__proto__',
  'url(http://x.invalid/#a)',
  '</text></metadata></svg>',
]

const provenance: Provenance = {
  app: { name: 'Assay', version: '0.1.0' },
  engine: { name: 'DuckDB-WASM', version: '1.4.3', bundle: 'eh' },
  recipe: { id: 'CON-17', version: 1 },
  inputs: { by: 'platform' },
  filters: { ...noFilters, platforms: hostile },
  asOf: '2026-06-30T00:00:00Z',
  sql: `select ']]>' as "a<b" -- \u0000\ufffe\u2028`,
  datasets: [],
  made: '2026-07-01T00:00:00Z',
}

function figure(chart: Chart, words: Partial<Figure> = {}): Figure {
  const sourceLine = '来源：合成样本 · CON-17 v1'
  return {
    title: '设备集中度',
    subtitle: '23,914 台',
    sourceLine,
    chart,
    language: 'zh',
    theme: 'light',
    provenance,
    ...words,
  }
}

async function drawn(given: Figure, size = slide): Promise<string> {
  const svg = await figureSvg(given, size, 'theme', fonts)
  if (!svg.ok) throw new Error(JSON.stringify(svg.failure))
  return svg.value
}

function labelled(svg: string): readonly Element[] {
  return elementsOf(svg).filter(({ attributes }) => attributes.has('aria-label'))
}

describe.each(marks)('a figure with the mark %s', mark => {
  test('spells every word in paths: no text, no font', async () => {
    const svg = await drawn(figure(examples[mark]))
    expect(svg).not.toMatch(/<text|font-family|NaN|undefined/)
    const title = labelled(svg).find(({ attributes }) => attributes.get('aria-label') === '设备集中度')
    expect(title?.attributes.get('d')?.length).toBeGreaterThan(1000)
    expect(svg).not.toContain('字体中没有的字符')
  })

  test.each(['zh', 'en'] as const)(
    'with hostile names in %s is a pure drawing that says them',
    async language => {
      for (const text of hostile) {
        const chart = withRows(examples[mark], renamed(examples[mark].rows, text))
        const svg = await drawn(figure(chart, { title: text, subtitle: text, sourceLine: text, language }))
        const names = new Set(elementsOf(svg).map(({ name }) => name))
        expect([...names].filter(name => /script|style|text|foreign|image|iframe|^a$/i.test(name))).toEqual(
          [],
        )
      }
    },
  )
})

test('each Chinese character has an outline of its own', async () => {
  const words = async (title: string) => {
    const svg = await drawn(figure(examples.bar, { title }))
    return (
      labelled(svg)
        .find(({ attributes }) => attributes.get('aria-label') === title)
        ?.attributes.get('d') ?? ''
    )
  }
  const [one, two] = [await words('工'), await words('工业互联网平台龘')]
  expect(one).not.toBe('')
  expect(two.startsWith(one)).toBe(true)
  expect(two.match(/M/g)?.length).toBeGreaterThan(14)
})

test('a character no bundled font has is shown as a box and named', async () => {
  const svg = await drawn(figure(examples.bar, { title: 'a𒀀b', language: 'en' }))
  expect(svg).toContain('Characters without a glyph: U+12000')
})

test('provenance comes out as it went in', async () => {
  expect(readSvgProvenance(await drawn(figure(examples.bar)))).toEqual(provenance)
  expect(readSvgProvenance('<svg/>')).toBeNull()
})

test('the document has the size that was asked for, in its own unit', async () => {
  const [root] = elementsOf(
    await drawn(figure(examples.bar), { unit: 'mm', width: 160, height: 90, dpi: 300 }),
  )
  expect(root?.attributes.get('width')).toBe('160mm')
  expect(root?.attributes.get('height')).toBe('90mm')
})

test('nothing overflows: long titles and source lines end within the figure', async () => {
  const long = '工业互联网平台设备接入 Industrial Internet '.repeat(30)
  const svg = await drawn(figure(examples.bar, { title: long, subtitle: long, sourceLine: long }), {
    ...slide,
    width: 480,
    height: 300,
  })
  const [root] = elementsOf(svg)
  const [, , width = 0, height = 0] = (root?.attributes.get('viewBox') ?? '').split(' ').map(Number)
  const lines = labelled(svg).filter(
    ({ attributes }) => !attributes.has('transform') && attributes.get('aria-label')?.includes('工业互联网'),
  )
  expect(lines.length).toBeGreaterThanOrEqual(5)
  for (const { attributes } of lines) {
    const points = [...(attributes.get('d') ?? '').matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)]
    expect(Math.max(...points.map(([, x]) => Number(x)))).toBeLessThanOrEqual(width - 20)
    expect(Math.max(...points.map(([, , y]) => Number(y)))).toBeLessThanOrEqual(height - 10)
  }
})

test('paper white is drawn in light colours even from a dark screen', async () => {
  const svg = await figureSvg(figure(examples.bar, { theme: 'dark' }), slide, 'white', fonts)
  expect(svg.ok && svg.value).toContain('fill="#ffffff"')
  expect(svg.ok && svg.value).not.toContain('#e6ebf1')
})

test('a size that is none is refused, and a font that cannot be read is a failure', async () => {
  const none = await figureSvg(figure(examples.bar), { ...slide, width: 0 }, 'theme', fonts)
  expect(none.ok ? null : none.failure.kind).toBe('over-limit')
  const torn = bundledFonts(() => Promise.reject(new Error('gone')))
  const lost = await figureSvg(figure(examples.bar), slide, 'theme', torn)
  expect(lost.ok ? null : lost.failure).toEqual({ kind: 'not-saved', name: '设备集中度', detail: 'gone' })
})

test('a Chinese figure is drawn in under a second once its fonts are open', async () => {
  await drawn(figure(examples.tile))
  const began = performance.now()
  await drawn(figure(examples.tile))
  expect(performance.now() - began).toBeLessThan(1000)
})
