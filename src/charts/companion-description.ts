import { type Chart, type Layer, leadingFirst } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import { asNumber } from '../domain/table.ts'
import { rangeName } from './range.ts'
import { axisFields } from './scale.ts'
import { jointWords } from './tree-description.ts'
import { fieldName, valueWords } from './words.ts'

type Of<M extends Layer['mark']> = Extract<Layer, { mark: M }>

/** What goes with the layer that a chart is about, in words: its intervals, the numbers under it, its tree, its reference lines. */
export function companionWords(chart: Chart, language: Language): string {
  const others = leadingFirst(chart.layers).slice(1)
  const intervals = others.flatMap(each =>
    each.mark === 'band' || each.mark === 'whisker' ? rangeName(each, language) : [],
  )
  const counts = others.flatMap(each => (each.mark === 'count' ? countWords(chart, each, language) : []))
  const rules = others.flatMap(each => (each.mark === 'rule' ? ruleWords(chart, each, language) : []))
  const trees = others.flatMap(each => (each.mark === 'tree' ? jointWords(each, chart.rows, language) : []))
  const sentences =
    language === 'zh'
      ? [
          sentence('区间：', intervals),
          sentence('下方数字：', counts),
          sentence('聚类树状图：', trees),
          sentence('参考线：', rules),
        ]
      : [
          sentence('Interval: ', intervals),
          sentence('Numbers below: ', counts),
          sentence('Dendrogram: ', trees),
          sentence('Reference: ', rules),
        ]
  return sentences
    .filter(words => words !== '')
    .map(words => (language === 'zh' ? `${words}。` : ` ${words}.`))
    .join('')
}

function sentence(start: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : start + [...new Set(parts)].join(start.endsWith(' ') ? '; ' : '；')
}

/** From the largest to the smallest: those at risk become fewer. */
function countWords({ rows }: Chart, { n }: Of<'count'>, language: Language): string {
  const title = fieldName(n, language)
  const given = rows.flatMap(row => asNumber(row[n.field]) ?? [])
  if (given.length === 0) return title
  const most = given.reduce((largest, value) => Math.max(largest, value))
  const least = given.reduce((smallest, value) => Math.min(smallest, value))
  const [from, to] = [most, least].map(value => valueWords(n, value, language))
  return language === 'zh' ? `${title}，${from} 至 ${to}` : `${title}, ${from} to ${to}`
}

function ruleWords(chart: Chart, { axis, at, name }: Of<'rule'>, language: Language): string {
  const [field] = axisFields(chart, axis)
  const words = name[language]
  if (!field || field.scale === 'category') return words
  const where = valueWords(field, at, language)
  return language === 'zh' ? `${words}（${where}）` : `${words} (${where})`
}
