import type { Field, Layer } from '../domain/chart.ts'
import { type Language, locale } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { graphOf } from './graph.ts'
import { fieldName, valueWords } from './words.ts'

type Of<M extends Layer['mark']> = Extract<Layer, { mark: M }>

/** Spans in words: what they reach from and to, how many, the longest. */
export function spanWords({ from, to, y }: Of<'span'>, rows: readonly Row[], language: Language): string {
  const lengthOf = (row: Row) => {
    const [start, end] = [asNumber(row[from.field]), asNumber(row[to.field])]
    return start === null || end === null ? null : Math.abs(end - start)
  }
  const shown = rows.filter(row => lengthOf(row) !== null)
  const longest = largest(shown, lengthOf)
  const [first, last, by] = [from, to, y].map(field => fieldName(field, language))
  const words = (field: Field) => (longest ? valueWords(field, longest[field.field], language) : '')
  const count = number(shown.length, language)
  if (language === 'zh') {
    const what = first === last ? first : `${first}至${last}`
    const most = longest ? `最长：${words(y)}，${words(from)}至${words(to)}。` : ''
    return `区段图：${what}，按${by}，共 ${count} 段。${most}`
  }
  const what = first === last ? first : `${first} to ${last}`
  const most = longest ? ` Longest: ${words(y)}, ${words(from)} to ${words(to)}.` : ''
  return `Span chart: ${what} by ${by}, ${counted(shown.length, 'span', language)}.${most}`
}

/** Streams in words: of what, between what, how many, the largest. */
export function flowWords({ from, to, size }: Of<'flow'>, rows: readonly Row[], language: Language): string {
  const sizeOf = (row: Row) => asNumber(row[size.field])
  const shown = rows.filter(row => (sizeOf(row) ?? 0) > 0)
  const most = largest(shown, sizeOf)
  const [start, end, what] = [from, to, size].map(field => fieldName(field, language))
  const words = (field: Field) => (most ? valueWords(field, most[field.field], language) : '')
  const stream = `${words(from)} → ${words(to)}`
  if (language === 'zh') {
    const tail = most ? `最大：${stream}，${words(size)}。` : ''
    return `桑基图：${what}，从${start}到${end}，共 ${number(shown.length, language)} 条。${tail}`
  }
  const tail = most ? ` Largest: ${stream}, ${words(size)}.` : ''
  return `Sankey diagram: ${what} from ${start} to ${end}, ${counted(shown.length, 'stream', language)}.${tail}`
}

/** A network in words: how many nodes and links, how many nodes alone, which has the most links. */
export function networkWords(layer: Of<'network'>, rows: readonly Row[], language: Language): string {
  const { nodes, links } = graphOf(layer, rows, language)
  const hub = largest(nodes, ({ degree }) => degree)
  const alone = nodes.filter(({ degree }) => degree === 0).length
  const [from, to] = [layer.from, layer.to].map(field => fieldName(field, language))
  if (language === 'zh') {
    const lone = alone > 0 ? `，其中 ${number(alone, language)} 个孤立` : ''
    const most = hub && hub.degree > 0 ? `连接最多：${hub.name}，${number(hub.degree, language)} 条。` : ''
    const size = `${number(nodes.length, language)} 个节点${lone}，${number(links.length, language)} 条连接`
    return `网络图：${from}与${to}，${size}。${most}`
  }
  const lone = alone > 0 ? ` (${number(alone, language)} alone)` : ''
  const most = hub && hub.degree > 0 ? ` Most links: ${hub.name}, ${number(hub.degree, language)}.` : ''
  const size = `${counted(nodes.length, 'node', language)}${lone} and ${counted(links.length, 'link', language)}`
  return `Network: ${from} and ${to}, ${size}.${most}`
}

/** The first with the greatest value; absent values are passed over. */
function largest<T>(items: readonly T[], amountOf: (item: T) => number | null): T | null {
  let found: T | null = null
  let most = Number.NEGATIVE_INFINITY
  for (const item of items) {
    const value = amountOf(item)
    if (value !== null && value > most) [found, most] = [item, value]
  }
  return found
}

function counted(count: number, noun: string, language: Language): string {
  return `${number(count, language)} ${noun}${count === 1 ? '' : 's'}`
}

function number(value: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(value)
}
