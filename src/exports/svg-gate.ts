/** Elements that a drawing needs; scripts, links, foreign content and text in fonts are not among them. */
const drawingElements: ReadonlySet<string> = new Set(
  'svg title desc metadata g path rect circle ellipse line polyline polygon defs clipPath linearGradient stop'.split(
    ' ',
  ),
)
const refusedAttribute = /^(?:on|.*href$|style$|src$|class$)/i

/** One start tag of a document. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const token = /<\?xml[^>]*\?>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|[^<]+/gy
const attribute = /([\w:-]+)="([^"<]*)"/g
const strayAmpersand = /&(?!(?:amp|lt|gt|quot|#39);)/
const forbiddenCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The elements of an XML document in order. Throws when it is not well-formed or uses more than drawings need. */
export function elementsOf(xml: string): readonly Element[] {
  if (forbiddenCharacter.test(xml) || strayAmpersand.test(xml)) throw new Error('characters that XML forbids')
  const elements: Element[] = []
  const open: string[] = []
  let end = 0
  for (const match of xml.matchAll(token)) {
    const [whole, closing, name, attributes = '', selfClosing] = match
    end = match.index + whole.length
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
      continue
    }
    elements.push({
      name,
      attributes: new Map(
        [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, value]),
      ),
    })
    if (selfClosing !== '/') open.push(name)
  }
  if (end !== xml.length || open.length > 0) throw new Error(`not well-formed at character ${end}`)
  return elements
}

/** Throws unless the SVG is a pure drawing: the last look at every document before it leaves the app. */
export function assertPureDrawing(svg: string): void {
  for (const { name, attributes } of elementsOf(svg)) {
    if (!drawingElements.has(name)) throw new Error(`<${name}> does not belong in a figure`)
    for (const [key, value] of attributes) {
      if (refusedAttribute.test(key) || (key !== 'aria-label' && /url\((?!#)/i.test(value)))
        throw new Error(`${key} does not belong in a figure`)
    }
  }
}
