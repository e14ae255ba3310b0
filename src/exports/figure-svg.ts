import { chartSvg, describeChart } from '../charts/chart.ts'
import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { Background, Figure, FigureSize } from '../domain/figure.ts'
import type { Row } from '../domain/table.ts'
import { groundOf, type Layout, type Line, layOut } from './figure-layout.ts'
import type { FontSource } from './font-source.ts'
import { labelledPath, type Outlined, outlineText } from './outline-text.ts'
import { provenanceKey, provenanceText } from './provenance-text.ts'
import { assertPureDrawing } from './svg-gate.ts'
import { type Typeface, typefaceOf } from './typeface.ts'
import { escapeXml } from './xml.ts'

/**
 * What may appear in a chart besides its data: digits, signs, units of time and magnitude. 国 is the character whose width
 * zrender takes for the height of a line.
 */
const alphabet = `${Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')}…·—–−年月日万亿季度（）：，。空没有可显示的数据国`

/**
 * A figure as one SVG document of the given size: title, headline, chart, note and source, with every word drawn as
 * a path of the bundled fonts and kept as text in `<title>`, `<desc>` and `aria-label`. Fails with `not-saved` when
 * a font cannot be read and with `over-limit` on a size that is no size.
 */
export async function figureSvg(
  figure: Figure,
  size: FigureSize,
  background: Background,
  fonts: FontSource,
): Promise<Result<string>> {
  if (!(size.width > 0 && size.height > 0 && Number.isFinite(size.width * size.height))) {
    return failed({
      kind: 'over-limit',
      file: figure.title,
      limit: 'figure side above 0',
      actual: 0,
      allowed: 1,
    })
  }
  try {
    const typeface = typefaceOf(fonts)
    await prepareWords(figure, typeface)
    const { palette, theme, fill } = groundOf(figure, background)
    const layout = layOut(figure, size, palette, typeface)
    const chart = await outlinedChart(figure, layout, theme, typeface)
    const words = outlinedLines(layout.lines, typeface)
    const missing = [...new Set([...words.missing, ...chart.missing])]
    const svg = compose(
      figure,
      size,
      layout,
      { fill, accent: palette.accent },
      words.svg + chart.svg,
      missing,
    )
    assertPureDrawing(svg)
    return success(svg)
  } catch (thrown) {
    return failed({ kind: 'not-saved', name: figure.title, detail: messageOf(thrown) })
  }
}

async function prepareWords(figure: Figure, typeface: Typeface): Promise<void> {
  const { chart, language } = figure
  const words = [
    figure.subtitle,
    figure.sourceLine,
    chart.note?.[language] ?? '',
    alphabet,
    chartWords(figure),
  ]
  await Promise.all([typeface.prepare(figure.title + alphabet, 600), typeface.prepare(words.join(''), 400)])
  await typeface.prepare(chartWords(figure), 600)
}

/** All characters that the chart of a figure can show. */
function chartWords({ chart, language }: Figure): string {
  const characters = new Set(JSON.stringify(chart.layers))
  for (const character of describeChart(chart, language)) characters.add(character)
  for (const row of chart.rows)
    for (const value of textsOf(row)) for (const character of value) characters.add(character)
  return [...characters].join('')
}

function textsOf(row: Row): readonly string[] {
  return Object.values(row).filter(value => typeof value === 'string')
}

async function outlinedChart(
  figure: Figure,
  { chart }: Layout,
  theme: 'light' | 'dark',
  typeface: Typeface,
): Promise<Outlined> {
  const drawn = chartSvg(figure.chart, {
    language: figure.language,
    theme,
    width: Math.round(chart.width),
    height: Math.round(chart.height),
    background: 'transparent',
    measure: typeface.width,
  })
  const inner = drawn.slice(drawn.indexOf('>') + 1, drawn.lastIndexOf('</svg>'))
  const { svg, missing } = await outlineText(inner, typeface)
  return {
    svg: `<g transform="translate(${coordinate(chart.x)} ${coordinate(chart.y)})">${svg}</g>`,
    missing,
  }
}

function outlinedLines(lines: readonly Line[], typeface: Typeface): Outlined {
  const drawn = lines.map(({ words, x, baseline, size, weight, colour }) => {
    const { path, missing } = typeface.outline(words, { x, y: baseline, size, weight })
    return { svg: path === '' ? '' : labelledPath(words, path, ` fill="${colour}"`), missing }
  })
  return { svg: drawn.map(({ svg }) => svg).join('\n'), missing: drawn.flatMap(({ missing }) => missing) }
}

function compose(
  figure: Figure,
  size: FigureSize,
  layout: Layout,
  colours: { fill: string; accent: string },
  content: string,
  missing: readonly string[],
): string {
  const [width, height] = [coordinate(layout.width), coordinate(layout.height)]
  const ground =
    colours.fill === 'none' ? '' : `<rect width="${width}" height="${height}" fill="${colours.fill}"/>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}${size.unit}" height="${size.height}${size.unit}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="assay-title assay-description">
<title id="assay-title">${escapeXml(figure.title)}</title>
<desc id="assay-description">${escapeXml(description(figure, missing))}</desc>
<metadata id="${provenanceKey}">${escapeXml(provenanceText(figure.provenance))}</metadata>
${ground}<rect x="24" y="${layout.rule}" width="26" height="3" fill="${colours.accent}"/>
${content}
</svg>
`
}

/** All words of the figure, for those who do not see it; characters without a glyph are named. */
function description(figure: Figure, missing: readonly string[]): string {
  const { language, chart } = figure
  const codes = missing.map(
    character => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  const lost = language === 'zh' ? '字体中没有的字符：' : 'Characters without a glyph: '
  const parts = [
    figure.subtitle,
    describeChart(chart, language),
    chart.note?.[language] ?? '',
    figure.sourceLine,
  ]
  return [...parts, codes.length > 0 ? lost + codes.join(' ') : ''].filter(part => part !== '').join('\n')
}

function coordinate(value: number): number {
  return Number(value.toFixed(2))
}
