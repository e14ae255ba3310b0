import { expect, test } from 'vitest'
import { numberField } from './field.ts'
import { survivalFigure } from './lifetime-chart.ts'

test('both ends of the band bear one name, so that the legend gives it once', () => {
  const { layers } = survivalFigure([], {
    time: numberField('hours', { zh: '时长', en: 'Length' }, 'decimal'),
    survival: { zh: '占比', en: 'Share' },
    rule: { axis: 'y', at: 0.5, name: { zh: '一半', en: 'Half' } },
    until: 'shown_until_hours',
  })
  const band = layers.find(each => each.mark === 'band')
  expect([band?.low.name, band?.high.name]).toEqual(Array(2).fill({ zh: '95% 区间', en: '95% interval' }))
})
