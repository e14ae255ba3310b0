import { describe, expect, test } from 'vitest'
import type { Chart, Field } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { calendarOf } from '../calendar.ts'
import { chartSvg, describeChart } from '../chart.ts'
import { sceneOf } from '../scene.ts'
import { examples, withRows } from '../testing.ts'

const field = (name: string, scale: Field['scale'] = 'category', more: Partial<Field> = {}): Field => {
  return { field: name, name: { zh: name, en: name }, scale, ...more }
}

function draw(chart: Chart): string {
  return chartSvg(chart, {
    language: 'en',
    theme: 'light',
    width: 480,
    height: 300,
    background: 'transparent',
  })
}

/** The widths of the rectangles of one fill, which ECharts draws as paths from the upper left corner. */
function widths(svg: string, fill: string): readonly number[] {
  const paths = svg.matchAll(new RegExp(`<path d="M([\\d.]+) [\\d.]+l([\\d.-]+) 0[^>]*fill="${fill}"`, 'g'))
  return [...paths].map(([, , width]) => Number(width))
}

describe('spans', () => {
  const state = field('state', 'category', { order: ['on', 'off', 'bad'] })
  const layer = {
    mark: 'span',
    from: field('from', 'number'),
    to: field('to', 'number'),
    y: field('y'),
  } as const
  const chart = (rows: readonly Row[]): Chart => ({ layers: [{ ...layer, colour: state }], rows })
  const span = (from: number | null, to: number | null, name: string) =>
    row(['from', 'to', 'y', 'state'], [from, to, 'D', name])

  test('are as wide as they are long, in either order of their ends', () => {
    const [short = 0, long = 0] = widths(draw(chart([span(0, 10, 'on'), span(100, 70, 'on')])), '#0b6e99')
    expect(long / short).toBeCloseTo(3, 1)
  })

  test('without length are a pixel wide; without an end they are not drawn', () => {
    const svg = draw(chart([span(0, 100, 'on'), span(40, 40, 'bad'), span(50, null, 'off')]))
    expect(widths(svg, '#db651c')).toEqual([1])
    expect(widths(svg, '#8fc1d8')).toEqual([])
  })

  test('keep the colour of their declared state when earlier states do not occur', () => {
    expect(widths(draw(chart([span(0, 1, 'bad')])), '#db651c')).toHaveLength(1)
  })
})

describe('rules', () => {
  test('stand where they are, however small their value', () => {
    // Ticks of 0, 0.5 % … 2 %: the rule at 1.54 % lies 1.54/2 of the way to the last, not at 2 %.
    const share = field('share', 'number', { format: 'percent' })
    const svg = draw({
      layers: [
        { mark: 'bar', x: share, y: field('y') },
        { mark: 'rule', axis: 'x', at: 0.0154, name: { zh: '总体', en: 'Overall' } },
      ],
      rows: [row(['y', 'share'], ['D', 0.02])],
    })
    const rule = svg.match(/<path d="M([\d.]+) [\d.]+L\1 [\d.]+"[^>]*stroke-dasharray/)
    const bar = svg.match(
      /<path d="M([\d.]+) ([\d.]+)L[\d.]+ \2A2 2 0 0 1 ([\d.]+) [^"]*"[^>]*fill="#0b6e99"/,
    )
    const [left, right] = [Number(bar?.[1]), Number(bar?.[3])]
    expect((Number(rule?.[1]) - left) / (right - left)).toBeCloseTo(0.77, 2)
  })
})

describe('streams', () => {
  const size = field('size', 'number', { format: 'integer' })
  const layer = {
    mark: 'flow',
    from: field('before', 'category', { order: ['S', 'L'] }),
    to: field('after'),
    size,
  } as const
  const stream = (from: string, to: string, n: number) => row(['before', 'after', 'size'], [from, to, n])

  test('of one name on both sides join two places, each with its own total', () => {
    const svg = draw({
      layers: [layer],
      rows: [stream('L', 'L', 30), stream('S', 'L', 12), stream('L', 'S', 5)],
    })
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
    // Left: S 12, L 35; right, as the rows come: L 42, S 5.
    expect(words.filter(word => word === 'L' || word === 'S')).toEqual(['S', 'L', 'L', 'S'])
    expect(words.filter(word => /^\d+$/.test(word ?? ''))).toEqual(['12', '35', '42', '5'])
  })

  test('of nothing or less than nothing are not drawn', () => {
    const svg = draw({ layers: [layer], rows: [stream('L', 'M', 0), stream('S', 'X', -3)] })
    expect(svg).toContain('No data to show')
  })
})

test('an absent quantile is a missing part of the box, not a zero', () => {
  const whole = examples.box.rows.slice(0, 1)
  const noUpper = whole.map(each => row(Object.keys(each), [...Object.values(each).slice(0, 4), null, 290]))
  const parts = (rows: readonly Row[]) => draw(withRows(examples.box, rows)).match(/fill-opacity="0.22"/g)
  expect(parts(whole)).toHaveLength(1)
  expect(parts(noUpper)).toBeNull()
})

describe('a calendar of weeks by weekdays', () => {
  const days = ['1', '2', '3', '4', '5', '6', '7']
  const rows = Array.from({ length: 53 * 7 }, (_, i) => {
    const monday = Date.UTC(2025, 0, 6) + Math.floor(i / 7) * 7 * 86_400_000
    return row(['week', 'day', 'n'], [monday * 1000, days[i % 7] ?? '', i])
  })
  const day = field('day', 'category', { order: days })
  const colour = field('n', 'number')
  const chart: Chart = { layers: [{ mark: 'cell', x: field('week', 'time'), y: day, colour }], rows }

  test('names months instead of its axes, and what its colour means', () => {
    const svg = draw(chart)
    expect(svg).toContain('>Jan 2025<')
    expect(svg).toContain('>n<')
    expect(svg).not.toMatch(/>(?:week|day)</)
  })

  test('leaves room free so that cells are nearly square', () => {
    const scene = sceneOf(chart, { language: 'en', theme: 'light', width: 900, height: 340, fontFamily: 'x' })
    // Names of days take 0.58 × 12 + 5 = 11.96 px: (884 − 11.96) / 53 = 16.4536 px a week; (306 − 18) / 7 = 41.1429 px a
    // day, of which 1.3 × 16.4536 = 21.3897 are taken: 7 × 19.7532 = 138.272 stay free.
    const { spareWidth, spareHeight } = calendarOf(scene, 884, 306) ?? {}
    expect(spareWidth).toBe(0)
    expect(spareHeight).toBeCloseTo(138.272, 3)
  })

  test('is no other matrix', () => {
    const look = { language: 'en', theme: 'light', width: 900, height: 340, fontFamily: 'x' } as const
    expect(calendarOf(sceneOf(examples.cell, look), 884, 306)).toBeNull()
  })
})

describe('words for those who do not see it', () => {
  test('a Sankey diagram names its largest stream', () => {
    expect(describeChart(examples.flow, 'en')).toBe(
      'Sankey diagram: Devices (units) from Tier to Platform, 5 streams. Largest: Leading → 卡奥斯 COSMOPlat, 52,340 units.',
    )
    expect(describeChart(examples.flow, 'zh')).toBe(
      '桑基图：设备数（台），从梯度到平台，共 5 条。最大：引领级 → 卡奥斯 COSMOPlat，52,340 台。',
    )
  })

  test('a network tells its nodes, its links and its hub', () => {
    // i² mod 4 is 0 for even and 1 for odd i, i mod 9 runs over 9 sources: 14 rows, 14 different links, P-0 has 7.
    expect(describeChart(examples.network, 'en')).toBe(
      'Network: Platform and Source, 13 nodes (2 alone) and 14 links. Most links: P-0, 7.',
    )
    expect(describeChart(examples.network, 'zh')).toBe(
      '网络图：平台与来源，13 个节点，其中 2 个孤立，14 条连接。连接最多：P-0，7 条。',
    )
  })

  test('spans name the longest', () => {
    const from = field('from', 'number')
    const chart: Chart = {
      layers: [{ mark: 'span', from, to: field('to', 'number'), y: field('y') }],
      rows: [row(['from', 'to', 'y'], [1, 2, 'a']), row(['from', 'to', 'y'], [9, 4, 'b'])],
    }
    expect(describeChart(chart, 'en')).toBe('Span chart: from to to by y, 2 spans. Longest: b, 9 to 4.')
  })
})

test('a bar of colour has its name beside it, unless the picture is too narrow', () => {
  const colour = field('what the colour means', 'number')
  const chart: Chart = {
    layers: [{ mark: 'cell', x: field('x'), y: field('y'), colour }],
    rows: [row(['x', 'y', colour.field], ['a', 'b', 3])],
  }
  expect(draw(chart)).toContain('>what the colour means<')
  const narrow = {
    language: 'en',
    theme: 'light',
    width: 120,
    height: 200,
    background: 'transparent',
  } as const
  expect(chartSvg(chart, narrow)).not.toContain('what the colour')
})
