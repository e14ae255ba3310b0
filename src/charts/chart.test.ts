import { describe, expect, test } from 'vitest'
import type { Field, Layer, Theme } from '../domain/chart.ts'
import { type Language, languages, same } from '../domain/phrase.ts'
import { row } from '../domain/table.ts'
import { chartSvg, describeChart } from './chart.ts'
import { emptied, examples, renamed, withRows } from './testing.ts'

const themes: readonly Theme[] = ['light', 'dark']
const marks = Object.keys(examples) as readonly Layer['mark'][]

function draw(chart: (typeof examples)['bar'], language: Language, theme: Theme): string {
  return chartSvg(chart, { language, theme, width: 480, height: 300, background: 'transparent' })
}

describe.each(marks)('the mark %s', mark => {
  const { rows } = examples[mark]
  const cases = { normal: rows, empty: [], 'one row': rows.slice(0, 1), 'all absent': emptied(rows) }
  for (const [name, given] of Object.entries(cases)) {
    test.each(languages)(
      `draws on ${name} rows, in %s and both themes, without a broken coordinate`,
      language => {
        for (const theme of themes) {
          const svg = draw(withRows(examples[mark], given), language, theme)
          expect(svg).toMatch(/^<svg /)
          expect(svg).not.toMatch(/NaN|undefined|Infinity/)
        }
      },
    )
  }

  test('says that there is nothing rather than drawing empty axes', () => {
    expect(draw(withRows(examples[mark], []), 'zh', 'light')).toContain('没有可显示的数据')
    expect(draw(withRows(examples[mark], emptied(rows)), 'en', 'light')).toContain('No data to show')
  })

  test('gives the same bytes each time', () => {
    expect(draw(examples[mark], 'zh', 'light')).toBe(draw(examples[mark], 'zh', 'light'))
  })

  test('looks as it did', async () => {
    await expect(draw(examples[mark], 'en', 'light')).toMatchFileSnapshot(`./pictures/${mark}.svg`)
  })
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'data named %s leaves every prototype alone',
  name => {
    const before = [Object.prototype, Object].map(holder => Object.getOwnPropertyNames(holder))
    for (const mark of marks)
      draw(withRows(examples[mark], renamed(examples[mark].rows, name)), 'en', 'light')
    expect([Object.prototype, Object].map(holder => Object.getOwnPropertyNames(holder))).toEqual(before)
  },
)

test('an absent value breaks the line instead of being drawn as zero', () => {
  const broken = { ...examples.line, rows: examples.line.rows.filter(({ tier }) => tier === '引领') }
  const line =
    /<path d="([^"]*)"[^>]*fill="none"[^>]*stroke-width="2"/.exec(draw(broken, 'en', 'light'))?.[1] ?? ''
  expect(line.match(/M/g)).toHaveLength(2)
})

test('a rule beyond the data is still within the axis', () => {
  const [bars] = examples.rule.layers
  if (!bars) throw new Error('the example has a bar layer')
  const far = { mark: 'rule', axis: 'x', at: 900_000, name: { zh: '远', en: 'Far off' } } as const
  const svg = draw({ ...examples.rule, layers: [bars, far] }, 'en', 'light')
  expect(svg).toContain('Far off')
  expect(svg).toContain('>1M<')
})

test('states keep their declared colour when earlier states do not occur', () => {
  const onlyGaps = withRows(
    examples.cell,
    examples.cell.rows.filter(({ state }) => state === 'gap'),
  )
  const svg = draw(onlyGaps, 'en', 'light')
  expect(svg).toContain('#8fc1d8')
  expect(svg).not.toContain('#0b6e99')
})

test('the description names the kind, the count and the largest value in both languages', () => {
  expect(describeChart(examples.bar, 'en')).toBe(
    'Bar chart: Devices (units) by Platform, 4 points. Largest: 卡奥斯 COSMOPlat, 52,340 units.',
  )
  expect(describeChart(examples.bar, 'zh')).toBe(
    '柱形图：设备数（台），按平台，共 4 项。最大：卡奥斯 COSMOPlat，52,340 台。',
  )
})

test('the description of a survival curve names its interval and its numbers at risk', () => {
  expect(describeChart(examples.count, 'en')).toBe(
    'Line chart: Share by Age (days), 16 points. Largest: 0 days, 100%. Interval: 95% interval. ' +
      'Numbers below: At risk (units), 1,240 units to 260 units.',
  )
  expect(describeChart(examples.count, 'zh')).toContain(
    '区间：95% 区间。下方数字：在险数（台），1,240 台 至 260 台。',
  )
})

test('a reference line is described with its place', () => {
  expect(describeChart(examples.rule, 'en')).toContain('Reference: Target (40,000 units).')
})

const month: Field = { field: 'month', name: same('Month'), scale: 'category' }
const level: Field = { field: 'level', name: same('Level'), scale: 'number', format: 'decimal' }
const what: Field = { field: 'what', name: same('What'), scale: 'category' }

test('compared levels far from zero are not squeezed into one line; bars, areas and single lines begin at zero', () => {
  const rows = [100, 140, 100, 115].map((value, i) =>
    row(['month', 'level', 'what'], [`m${i % 2}`, value, i < 2 ? 'a' : 'b']),
  )
  const zeroOn = (layer: Layer) => draw({ layers: [layer], rows }, 'en', 'light').includes('>0</text>')
  const line = { mark: 'line', x: month, y: level } as const
  expect(zeroOn({ ...line, colour: what })).toBe(false)
  expect(zeroOn({ ...line, colour: what, area: true })).toBe(true)
  expect(zeroOn(line)).toBe(true)
  expect(zeroOn({ mark: 'bar', x: month, y: level, colour: what })).toBe(true)
})

test('the number at a bar that ends at the last tick has room', () => {
  const rows = [200, 15_000].map((value, i) => row(['month', 'level'], [`m${i}`, value]))
  const svg = draw({ layers: [{ mark: 'bar', x: level, y: month }], rows }, 'en', 'light')
  // The axis of 15,000 alone would end there, and the number beyond the picture.
  expect(svg).toMatch(/>(18k|20k)<\/text>/)
})

test('a few long names across stand level on two lines', () => {
  const names = ['Normativity', 'Accuracy (no duplicates)', 'Accessibility of all']
  const rows = names.map((value, i) => row(['month', 'level'], [value, i + 1]))
  const svg = draw({ layers: [{ mark: 'bar', x: month, y: level }], rows }, 'en', 'light')
  expect(svg).toContain('>duplicates)</text>')
  expect(svg).not.toContain('…')
})
