import { type Chart, type Field, type Layer, leadingFirst } from '../domain/chart.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { companionWords } from './companion-description.ts'
import { flowWords, networkWords, spanWords } from './link-description.ts'
import { treeWords } from './tree-description.ts'
import { fieldName, valueWords } from './words.ts'

const kinds: Readonly<Record<Layer['mark'], Phrase>> = {
  bar: { zh: '柱形图', en: 'Bar chart' },
  line: { zh: '折线图', en: 'Line chart' },
  point: { zh: '散点图', en: 'Scatter chart' },
  rule: { zh: '参考线', en: 'Reference line' },
  diagonal: { zh: '均等线', en: 'Line of equality' },
  cell: { zh: '矩阵图', en: 'Matrix' },
  tile: { zh: '省级方格图', en: 'Tile map of provinces' },
  band: { zh: '区间带', en: 'Band' },
  span: { zh: '区段图', en: 'Span chart' },
  whisker: { zh: '区间图', en: 'Interval chart' },
  box: { zh: '箱线图', en: 'Box plot' },
  count: { zh: '计数', en: 'Counts' },
  flow: { zh: '桑基图', en: 'Sankey diagram' },
  network: { zh: '网络图', en: 'Network' },
  tree: { zh: '聚类树状图', en: 'Dendrogram' },
}

/** The chart in one or two sentences, for those who do not see it: what it is, how many points, the largest. */
export function describeChart(chart: Chart, language: Language): string {
  const [layer] = leadingFirst(chart.layers)
  if (!layer) return ''
  if (layer.mark === 'flow') return flowWords(layer, chart.rows, language)
  if (layer.mark === 'tree') return treeWords(layer, chart.rows, language)
  if (layer.mark === 'network') return networkWords(layer, chart.rows, language)
  if (layer.mark === 'span') return spanWords(layer, chart.rows, language) + companionWords(chart, language)
  const [value, subject] = roles(layer)
  if (!value || !subject) return ''
  const names = [value, subject].map(field => fieldName(field, language))
  const shown = pointsOf(chart, value)
  const count = new Intl.NumberFormat(language).format(shown)
  const what =
    language === 'zh'
      ? `${kinds[layer.mark].zh}：${names[0]}，按${names[1]}，共 ${count} 项。`
      : `${kinds[layer.mark].en}: ${names[0]} by ${names[1]}, ${count} ${shown === 1 ? 'point' : 'points'}.`
  return what + largestWords(chart.rows, value, subject, language) + companionWords(chart, language)
}

/** Rows of the layer: where several layers share the rows, those with its value. */
function pointsOf({ layers, rows }: Chart, { field }: Field): number {
  if (layers.length === 1) return rows.length
  return rows.filter(row => row[field] !== null && row[field] !== undefined).length
}

/** The field whose value is read, and the field that it is read for. */
function roles(layer: Layer): readonly Field[] {
  switch (layer.mark) {
    case 'rule':
    case 'diagonal':
      return []
    case 'tile':
      return [layer.colour, layer.region]
    case 'cell':
      return [layer.colour, layer.y]
    case 'band':
      return [layer.high, layer.x]
    case 'span':
      return [layer.to, layer.y]
    case 'whisker':
      return [layer.high, layer.at]
    case 'box':
      return [layer.middle, layer.y]
    case 'count':
      return [layer.n, layer.x]
    case 'flow':
      return [layer.size, layer.from]
    case 'network':
      return [layer.to, layer.from]
    case 'tree':
      return [layer.height, layer.left]
    default:
      return layer.y.scale === 'category' ? [layer.x, layer.y] : [layer.y, layer.x]
  }
}

function largestWords(rows: readonly Row[], value: Field, subject: Field, language: Language): string {
  let largest: Row | null = null
  let most = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const number = value.scale === 'number' ? asNumber(row[value.field]) : null
    if (number !== null && number > most) [largest, most] = [row, number]
  }
  if (!largest) return ''
  const who = valueWords(subject, largest[subject.field], language)
  const much = valueWords(value, largest[value.field], language)
  return language === 'zh' ? `最大：${who}，${much}。` : ` Largest: ${who}, ${much}.`
}
