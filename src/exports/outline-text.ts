import type { FontWeight } from './font-source.ts'
import type { Typeface } from './typeface.ts'
import { escapeXml, unescapeXml } from './xml.ts'

const textElement = /<text([^>]*)>([^<]*)<\/text>/g

/** Half the height of capitals and figures, in ems: what ECharts centres on (`dominant-baseline: central`). */
const centralRise = 0.364

/** An SVG fragment whose text has become paths, and the characters no font could draw. */
export interface Outlined {
  readonly svg: string
  readonly missing: readonly string[]
}

/** Replaces each `<text>` of an ECharts 6.1 drawing by a path with the same words as `aria-label`. */
export async function outlineText(svg: string, typeface: Typeface): Promise<Outlined> {
  const byWeight = new Map<FontWeight, string>()
  for (const [, attributes = '', content = ''] of svg.matchAll(textElement)) {
    const weight = weightOf(attributes)
    byWeight.set(weight, (byWeight.get(weight) ?? '') + unescapeXml(content))
  }
  await Promise.all([...byWeight].map(([weight, text]) => typeface.prepare(text, weight)))
  const missing: string[] = []
  const outlined = svg.replace(textElement, (_, attributes: string, content: string) => {
    const drawn = outlineElement(attributes, unescapeXml(content), typeface)
    missing.push(...drawn.missing)
    return drawn.svg
  })
  return { svg: outlined, missing }
}

function outlineElement(attributes: string, words: string, typeface: Typeface): Outlined {
  const size = Number(/font-size:([\d.]+)px/.exec(attributes)?.[1] ?? 12)
  const weight = weightOf(attributes)
  const width = typeface.width(words, size, weight)
  const x = numberOf(attributes, 'x') - width * anchorShare(attributes)
  const central = attributes.includes('dominant-baseline="central"')
  const y = numberOf(attributes, 'y') + (central ? centralRise * size : 0)
  const { path, missing } = typeface.outline(words, { x, y, size, weight })
  const kept = attributes.match(
    / (?:transform|fill|fill-opacity|opacity|stroke|stroke-width|paint-order)="[^"]*"/g,
  )
  return { svg: path === '' ? '' : labelledPath(words, path, (kept ?? []).join('')), missing }
}

/** A path that says what it spells. `attributes` is markup and must be made of escaped values. */
export function labelledPath(words: string, path: string, attributes: string): string {
  return `<path aria-label="${escapeXml(words)}"${attributes} d="${path}"/>`
}

function weightOf(attributes: string): FontWeight {
  return /font-weight:(?:bold|[6-9]00)/.test(attributes) ? 600 : 400
}

function anchorShare(attributes: string): number {
  if (attributes.includes('text-anchor="middle"')) return 0.5
  return attributes.includes('text-anchor="end"') ? 1 : 0
}

function numberOf(attributes: string, name: 'x' | 'y'): number {
  return Number(new RegExp(` ${name}="([-\\d.e]+)"`).exec(attributes)?.[1] ?? 0)
}
