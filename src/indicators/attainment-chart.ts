import type { Chart, Field, Layer } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { measureName } from '../domain/target.ts'
import { numberField, timeField } from './field.ts'
import { figure } from './headline.ts'
import { headlineRows, targetName } from './plan-targets.ts'

const bands = [95, 80, 50] as const

/** The fan of the headline's target: what was, what is forecast with its bands, the target, and two scenarios. */
export function fanChart(rows: readonly Row[]): Chart {
  const chosen = headlineRows(rows).filter(({ value, required_path, predicted, observed_path }) =>
    [value, required_path, predicted, observed_path].some(one => one !== null),
  )
  const first = chosen[0]
  const goal = figure(chosen, 'target_value')
  const x = timeField('date', { zh: '时间', en: 'Time' })
  const measured = measureName(first?.indicator)
  const y = (field: string, name: Phrase) =>
    numberField(field, name, first?.indicator === 'penetration' ? 'percent' : 'compact')
  const layers: readonly Layer[] = [
    ...bands.map((level): Layer => bandOf(level, x, y)),
    { mark: 'line', x, y: y('value', measured) },
    { mark: 'line', x, y: y('predicted', { zh: '预测中位数', en: 'Forecast, median' }) },
    { mark: 'line', x, y: y('required_path', { zh: '目标所需轨迹', en: 'Required path' }), dashed: true },
    {
      mark: 'line',
      x,
      y: y('observed_path', { zh: '按近一年增速', en: 'At the last year’s pace' }),
      dashed: true,
    },
  ]
  const rule = (at: number): Layer => ({ mark: 'rule', axis: 'y', at, name: { zh: '目标', en: 'Target' } })
  return {
    layers: [...layers.filter(layer => isDrawn(layer, chosen)), ...(goal === null ? [] : [rule(goal)])],
    rows: chosen,
    ...(first ? { note: noteOf(first) } : {}),
  }
}

function bandOf(level: (typeof bands)[number], x: Field, y: (field: string, name: Phrase) => Field): Layer {
  const name = { zh: `${level}% 预测区间`, en: `${level}% prediction interval` }
  const [low, high] = [y(`low_${level}`, name), y(`high_${level}`, name)]
  return { mark: 'band', x, low, high }
}

/** A layer without a value would still take a place in the legend. */
function isDrawn(layer: Layer, rows: readonly Row[]): boolean {
  const field = layer.mark === 'band' ? layer.high.field : 'y' in layer ? layer.y.field : null
  return field === null || rows.some(one => asNumber(one[field]) !== null)
}

function noteOf(first: Row): Phrase {
  const name = targetName(first)
  const level =
    first.anchor === 'base'
      ? {
          zh: '按数据的增长折算到公布基期的水平',
          en: 'the growth of the data, brought to the level of the published base',
        }
      : { zh: '数据自身的水平', en: 'at the level of the data itself' }
  return {
    zh: `${name.zh}；${level.zh}；色带为 50%、80%、95% 预测区间`,
    en: `${name.en}; ${level.en}; bands hold 50%, 80% and 95%`,
  }
}
