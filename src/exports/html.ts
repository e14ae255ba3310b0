import { escapeXml } from './xml.ts'

/** Markup that may stand in a page as it is. Made only by the `html` tag and by `trustedSvg`. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Piece = Html | string | number | null | readonly Html[]

/** A template whose values are escaped unless they are markup themselves; `null` is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(parts.map((part, i) => (i === 0 ? part : written(values[i - 1] ?? null) + part)).join(''))
}

/**
 * An SVG of `figureSvg` for use within a page: ids are made unique by `prefix`, since one page holds many figures.
 */
export function trustedSvg(svg: string, prefix: string): Html {
  const plain = prefix.replace(/[^\w-]/g, '')
  const markup = svg
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replace(/ id="([\w-]+)"/g, ` id="${plain}-$1"`)
    .replace(/url\(#([\w-]+)\)/g, `url(#${plain}-$1)`)
    .replace(/ aria-labelledby="([\w-]+) ([\w-]+)"/g, ` aria-labelledby="${plain}-$1 ${plain}-$2"`)
  return new Html(markup)
}

function written(value: Piece): string {
  if (value === null) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'string' || typeof value === 'number') return escapeXml(String(value))
  return value.map(({ markup }) => markup).join('\n')
}
