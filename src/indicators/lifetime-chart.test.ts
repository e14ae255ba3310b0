import { expect, test } from 'vitest'
import { rangeName } from '../charts/range.ts'
import { numberField } from './field.ts'
import { survivalFigure } from './lifetime-chart.ts'

test('a band of a survival figure has one name, in either language', () => {
  const { layers } = survivalFigure([], {
    time: numberField('hours', { zh: '时长', en: 'Length' }, 'decimal'),
    survival: { zh: '占比', en: 'Share' },
    rule: { axis: 'y', at: 0.5, name: { zh: '一半', en: 'Half' } },
    until: 'shown_until_hours',
  })
  const band = layers.find(each => each.mark === 'band')
  expect(band && rangeName(band, 'en')).toBe('95% interval')
  expect(band && rangeName(band, 'zh')).toBe('95% 区间')
})
