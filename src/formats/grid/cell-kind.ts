/** What a cell's text looks like; `absent` also for the words that stand for no value. */
export type CellKind = 'absent' | 'number' | 'time' | 'boolean' | 'id' | 'text'

const absent = /^(?:|-+|na|n\/a|#n\/a|nan|null|none|nil|\\n)$/i
const number = /^[-+]?(?:\d+(?:[.,]\d+)*[.,]?|[.,]\d+)(?:e[-+]?\d+)?\s?%?$/i
const clock = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]m)?\s?(?:z|[-+]\d{2}:?\d{2})?`
const time = new RegExp(
  String.raw`^(?:${clock}|(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[\st]+${clock})?)$`,
  'i',
)
const boolean = /^(?:true|false)$/i
const uuid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i
const hardware = /^(?:[0-9a-f]{2}[:-]){5,7}[0-9a-f]{2}$/i
const hex = /^(?=.*\d)[0-9a-f]{12,}$/i

export function cellKind(cell: string | null | undefined): CellKind {
  const text = (cell ?? '').trim()
  if (text.length > 64) return 'text'
  if (absent.test(text)) return 'absent'
  if (time.test(text)) return 'time'
  if (number.test(text)) return 'number'
  if (boolean.test(text)) return 'boolean'
  return uuid.test(text) || hardware.test(text) || hex.test(text) ? 'id' : 'text'
}

/** `dev-0012` -> `a-9`: letters and digits by kind, whatever their number; texts without a digit have no shape. */
export function idShape(cell: string | null | undefined): string | null {
  const text = (cell ?? '').trim()
  if (!/\d/.test(text) || text.length > 64) return null
  return text.replaceAll(/\p{L}+/gu, 'a').replaceAll(/\d+/g, '9')
}
