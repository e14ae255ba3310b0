import type { FormatId } from '../domain/file.ts'
import { PointScanner } from './influx/points.ts'
import { limits } from './input.ts'
import { Refusal } from './refusal.ts'
import { guessUtf16 } from './text/utf16.ts'

/** Begins of files that Assay names but does not read. */
const foreign: readonly { readonly magic: readonly number[]; readonly looksLike: string }[] = [
  { magic: [0x1f, 0x8b], looksLike: 'gzip archive' },
  { magic: [0x25, 0x50, 0x44, 0x46], looksLike: 'PDF document' },
  { magic: [0x89, 0x50, 0x4e, 0x47], looksLike: 'PNG image' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], looksLike: 'Zstandard archive' },
  { magic: [0x42, 0x5a, 0x68], looksLike: 'bzip2 archive' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], looksLike: 'xz archive' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], looksLike: '7-Zip archive' },
  { magic: [0x52, 0x61, 0x72, 0x21], looksLike: 'RAR archive' },
  { magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], looksLike: 'SQLite database' },
  { magic: [0x46, 0x45, 0x41, 0x31], looksLike: 'Feather V1 file' },
  { magic: [0x4f, 0x62, 0x6a, 0x01], looksLike: 'Avro file' },
  { magic: [0x4f, 0x52, 0x43], looksLike: 'ORC file' },
]

/** What the first bytes (some thousand) say a file is; the name plays no part. Throws `unknown-format`. */
export function sniff(head: Uint8Array): FormatId {
  if (starts(head, ascii('ARROW1'))) return 'arrow-file'
  if (starts(head, ascii('PAR1'))) return 'parquet'
  if (isArrowStream(head)) return 'arrow-stream'
  if (starts(head, [0xd0, 0xcf, 0x11, 0xe0])) return 'xls'
  if (isOfficeDocument(head)) return 'xlsx'
  refuseForeign(head)
  return sniffText(head)
}

/** A continuation word and a length, or the bare length of Arrow before 0.15, then a FlatBuffers root. */
function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 16) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.getUint32(0, true) === 0xffffffff) return true
  const length = view.getUint32(0, true)
  const root = view.getUint32(4, true)
  return length % 4 === 0 && length >= 16 && length < 2 ** 20 && root >= 8 && root < 64 && head[3] === 0
}

function refuseForeign(head: Uint8Array): void {
  const known = foreign.find(({ magic }) => starts(head, magic))
  if (known !== undefined) throw new Refusal({ kind: 'unknown-format', looksLike: known.looksLike })
  if (starts(head.subarray(257), ascii('ustar')))
    throw new Refusal({ kind: 'unknown-format', looksLike: 'tar archive' })
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06]))
    throw new Refusal({ kind: 'unknown-format', looksLike: zipKind(head) })
}

function zipKind(head: Uint8Array): string {
  const isOpenDocument = latin1(head.subarray(30, 80)).startsWith(
    'mimetypeapplication/vnd.oasis.opendocument',
  )
  return isOpenDocument ? 'OpenDocument file' : 'ZIP archive'
}

/** A ZIP file whose first entry, as far as its local headers tell, is a part of an Office Open XML document. */
function isOfficeDocument(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 30 || !starts(head, [0x50, 0x4b, 0x03, 0x04])) return false
  const name = latin1(head.subarray(30, 30 + view.getUint16(26, true))).replaceAll('\\', '/')
  return /^\/?(\[Content_Types\]\.xml$|_rels\/\.rels$|_rels\/$|docProps\/|xl\/|customXml\/)/i.test(name)
}

function sniffText(head: Uint8Array): FormatId {
  const wide = utf16Of(head)
  if (wide !== null) return sniffJson(new TextDecoder(wide).decode(head).trimStart())
  if (isBinary(head)) throw new Refusal({ kind: 'unknown-format', looksLike: 'binary data' })
  const text = latin1(head)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (/^<(!doctype|html|\?xml|[a-z])/i.test(text))
    throw new Refusal({
      kind: 'unknown-format',
      looksLike: /^<(!doctype )?html/i.test(text) ? 'HTML page' : 'XML document',
    })
  if (isAnnotatedCsv(text)) return 'influx-csv'
  const id = sniffJson(text)
  return id === 'csv' && isLineProtocol(text) ? 'line-protocol' : id
}

/** With a comma behind the first annotation's name, or, as some tools write it, a space and a value. */
function isAnnotatedCsv(text: string): boolean {
  return /^#(datatype|group|default),|^#(datatype [a-z]+(:\w+)?|group (true|false)),/i.test(text)
}

/** At least half of the first lines are points; a line of CSV has no ` field=value`. */
function isLineProtocol(text: string): boolean {
  let points = 0
  let lines = 0
  const isWhole = text.length < limits.headBytes - 3
  for (const line of new PointScanner().push(text, isWhole || !text.includes('\n'))) {
    if ('point' in line) points++
    if (++lines === 20) break
  }
  return points > 0 && points >= lines / 2
}

/**
 * Objects that begin and end on one line are NDJSON; an array, or an object over several lines, is one document.
 * `[id],[name]` is a header as SQL Server writes it.
 */
function sniffJson(text: string): FormatId {
  if (/^\[\s*([{["\]]|-?\d|(true|false|null)\s*[,\]])/.test(text)) return 'json'
  if (!/^\{\s*("|\})/.test(text)) return sniffCutJson(text)
  const lines = text.split(/\r?\n/).filter(line => line !== '')
  const [first = ''] = lines
  if (lines.length === 1) return first.trimEnd().endsWith('}') && !isEnvelope(first) ? 'ndjson' : 'json'
  return lines.some(line => /^\{.*\}\s*$/.test(line)) ? 'ndjson' : 'json'
}

/**
 * JSON that lost its beginning, as the end of a log has it: NDJSON is read without its first line, a part of an
 * indented document is refused. Read as CSV, either would spill its keys and credentials.
 */
function sniffCutJson(text: string): FormatId {
  const lines = text.split(/\r?\n/, 21).slice(1)
  const isMost = (pattern: RegExp) => lines.filter(line => pattern.test(line)).length * 2 >= lines.length
  const member = /^\s+"[^"]*"\s*:\s*\S/
  if (lines.length > 0 && isMost(/^\s*\{\s*".*\}\s*$/)) return 'ndjson'
  if (lines.some(line => member.test(line)) && isMost(/^\s+"[^"]*"\s*:\s*\S|^\s*[{}[\]]+,?\s*$/))
    throw new Refusal({ kind: 'unknown-format', looksLike: 'part of a JSON document' })
  return 'csv'
}

/**
 * `{"count": 2, "things": [{…`, `{"meta": {"page": 1}, "data": [{…` or `{"code": 0, "data": {"list": [{…` on one line:
 * a document that wraps its rows.
 */
function isEnvelope(line: string): boolean {
  const scalars = String.raw`\{\s*(?:"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[-+.\w]+|\{[^{}[\]]*\})\s*,\s*)*`
  const wrapper = String.raw`(?:"(?:data|result|body|response|payload|content|page)"\s*:\s*${scalars})*`
  return new RegExp(String.raw`^${scalars}${wrapper}"[^"\\]*"\s*:\s*\[\s*\{`, 'i').test(line)
}

/** More than one byte in a hundred is a control character that no text needs; a stray NUL is not binary data. */
function isBinary(head: Uint8Array): boolean {
  let controls = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++
  return controls * 100 > head.length
}

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (starts(head, [0xff, 0xfe])) return 'utf-16le'
  return starts(head, [0xfe, 0xff]) ? 'utf-16be' : guessUtf16(head)
}

function starts(head: Uint8Array, magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, i) => head[i] === byte)
}

function ascii(text: string): number[] {
  return Array.from(text, character => character.charCodeAt(0))
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
