import { damaged } from '../refusal.ts'

/** What a part of a document is told to; names are without their prefix. */
export interface XmlVisitor {
  /** `attributes` is the text behind the name, see `attribute`. A self-closing tag is followed by `close`. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Character data, entities resolved; one run may come in several calls. Only while `wantsText`. */
  text(text: string): void
  readonly wantsText: boolean
}

/**
 * Cuts XML 1.0 into tags and text, piece by piece, without a tree. Entities beyond the five of XML do not exist:
 * documents that declare their own are refused.
 */
export function xmlParser(visitor: XmlVisitor): { push(text: string): void; end(): void } {
  let rest = ''
  let depth = 0
  let opened = false

  function closing(body: string): void {
    depth--
    visitor.close(localName(body, 1).name)
  }

  function opening(body: string): void {
    if (body.charCodeAt(0) === 63) return
    const isEmpty = body.charCodeAt(body.length - 1) === 47
    const { name, end } = localName(body, 0)
    opened = true
    visitor.open(name, isEmpty ? body.slice(end, -1) : body.slice(end))
    if (isEmpty) visitor.close(name)
    else depth++
  }

  function push(piece: string): void {
    const source = rest === '' ? piece : rest + piece
    let at = 0
    for (;;) {
      const start = source.indexOf('<', at)
      if (start < 0) break
      if (start > at && visitor.wantsText) visitor.text(resolved(source.slice(at, start)))
      const end = markupEnd(source, start)
      if (end < 0) {
        rest = source.slice(start)
        if (rest.length > mostPending) throw damaged('a tag is too long')
        return
      }
      const sign = source.charCodeAt(start + 1)
      if (sign === 47) closing(source.slice(start + 1, end - 1))
      else if (sign !== 33) opening(source.slice(start + 1, end - 1))
      else if (source.startsWith('<![CDATA[', start) && visitor.wantsText)
        visitor.text(source.slice(start + 9, end - 3))
      at = end
    }
    // Text that nobody wants is not kept, however much there is of it.
    rest = visitor.wantsText ? source.slice(at) : ''
    if (rest.length > mostPending) throw damaged('a text is too long')
  }

  return {
    push,
    end() {
      if (!opened || depth !== 0 || rest.includes('<')) throw damaged('the XML ends too early')
    },
  }
}

/** A cell holds 32,767 characters, each at most `_x000D_`. */
const mostPending = 2 * 2 ** 20

/** Behind the `>` that ends the markup at `start`; -1 where it is not there yet. */
function markupEnd(source: string, start: number): number {
  const sign = source.charCodeAt(start + 1)
  if (sign === 33) return declarationEnd(source, start)
  let end = source.indexOf('>', start)
  while (sign !== 47 && end >= 0 && isInsideQuotes(source, start, end)) end = source.indexOf('>', end + 1)
  return end < 0 ? -1 : end + 1
}

function declarationEnd(source: string, start: number): number {
  for (const [opening, closing] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
  ] as const) {
    const seen = source.slice(start, start + opening.length)
    if (seen === opening) {
      const end = source.indexOf(closing, start + opening.length)
      return end < 0 ? -1 : end + closing.length
    }
    if (opening.startsWith(seen)) return -1
  }
  throw damaged('the XML has a document type')
}

function isInsideQuotes(source: string, start: number, end: number): boolean {
  let quote = 0
  for (let i = start; i < end; i++) {
    const code = source.charCodeAt(i)
    if (code !== 34 && code !== 39) continue
    if (quote === 0) quote = code
    else if (quote === code) quote = 0
  }
  return quote !== 0
}

/** A tag's name without its prefix, and where it ends. */
function localName(body: string, from: number): { readonly name: string; readonly end: number } {
  let start = from
  for (let i = from; i < body.length; i++) {
    const code = body.charCodeAt(i)
    if (code === 58) start = i + 1
    else if (code <= 32 || code === 47) return { name: body.slice(start, i), end: i }
  }
  return { name: body.slice(start), end: body.length }
}

/** The value of an attribute, its prefix left aside; null where it is absent. */
export function attribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (!(before <= 32 || before === 58)) continue
    const match = assignment.exec(attributes.slice(at + name.length))
    if (match !== null) return resolved(match[1] ?? match[2] ?? '')
  }
  return null
}

const assignment = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with its entities and line ends (XML 1.0, 2.11) resolved. */
export function resolved(text: string): string {
  const plain = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  if (!plain.includes('&')) return plain
  return plain.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
