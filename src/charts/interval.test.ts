import { expect, test } from 'vitest'
import type { Chart, Field, Layer } from '../domain/chart.ts'
import { type Row, row, type Value } from '../domain/table.ts'
import { chartSvg } from './chart.ts'
import { countAt } from './count-table.ts'
import { palettes } from './palette.ts'
import { examples, withRows } from './testing.ts'

const [blue, orange] = palettes.light.categorical

function draw(chart: Chart, width = 480, height = 300): string {
  return chartSvg(chart, { language: 'en', theme: 'light', width, height, background: 'transparent' })
}

function field(name: string, scale: Field['scale'] = 'number', more: Partial<Field> = {}): Field {
  return { field: name, name: { zh: name, en: name }, scale, ...more }
}

function rowsOf(columns: readonly string[], ...values: readonly (readonly Value[])[]): readonly Row[] {
  return values.map(each => row(columns, each))
}

/** The fills of the bands, which alone are polygons. */
function bandFills(svg: string): readonly string[] {
  return [...svg.matchAll(/<polygon [^>]*fill="([^"]+)"/g)].map(([, fill = '']) => fill)
}

function words(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.trim())
}

const [x, y] = [field('x'), field('y')]
const band = { mark: 'band', x, low: field('low'), high: field('high') } as const
const line = { mark: 'line', x, y } as const

test('a stepped line has only level and upright parts', () => {
  const rows = rowsOf(['x', 'y'], [0, 9], [3, 5], [7, 2])
  const svg = draw({ layers: [{ ...line, step: true }], rows })
  const path = /<path d="M([^"]*)"[^>]*fill="none"[^>]*stroke-width="2"/.exec(svg)?.[1] ?? ''
  const points = path.split('L').map(pair => pair.trim().split(' '))
  expect(points).toHaveLength(5)
  points.slice(1).forEach((point, i) => {
    const before = points[i] ?? []
    expect([point[0] === before[0], point[1] === before[1]]).toContain(true)
  })
})

test('a band is broken where an end is absent, and a slice between two gaps is seen', () => {
  const columns = ['x', 'low', 'high']
  const values = [
    [0, 1, 2],
    [1, 1, 3],
    [2, null, 3],
    [3, 1, 4],
    [4, 2, null],
    [5, 2, 4],
    [6, 2, 5],
  ] as const
  expect(bandFills(draw({ layers: [band], rows: rowsOf(columns, ...values) }))).toHaveLength(3)
})

test('rows of another layer at the same x break neither the line nor the band', () => {
  const columns = ['x', 'y', 'low', 'high']
  const rows = [0, 1, 2].flatMap(at => rowsOf(columns, [at, 5, null, null], [at, null, 4, 6]))
  const svg = draw({ layers: [band, line], rows })
  expect(bandFills(svg)).toHaveLength(1)
  const path = /<path d="([^"]*)"[^>]*fill="none"[^>]*stroke-width="2"/.exec(svg)?.[1] ?? ''
  expect(path.match(/M/g)).toHaveLength(1)
})

test('a band with the name of a line has its colour and no name of its own', () => {
  const colour = field('group', 'category')
  const columns = ['x', 'y', 'low', 'high', 'group']
  const rows = ['a', 'b'].flatMap((group, i) =>
    rowsOf(columns, [0, 5 + i, 4, 6, group], [1, 6 + i, 5, 7, group]),
  )
  const svg = draw({
    layers: [
      { ...band, colour },
      { ...line, colour },
    ],
    rows,
  })
  expect(bandFills(svg)).toEqual([blue, orange])
  expect(words(svg).filter(text => text === 'a' || text === 'b')).toEqual(['a', 'b'])
})

test('bands round a line without groups are a fan in its colour, the inner ones darker in the legend', () => {
  const columns = ['x', 'past', 'y', 'low', 'high', 'level']
  const rows = [
    ...rowsOf(columns, [0, 4], [1, 5]),
    ...[2, 3].flatMap(at =>
      rowsOf(columns, [at, null, 5], [at, null, null, 4, 6, '50 %'], [at, null, null, 1, 9, '95 %']),
    ),
  ]
  const fan: readonly Layer[] = [
    { ...band, colour: field('level', 'category') },
    { ...line, y: field('past') },
    { ...line, dashed: true },
  ]
  const svg = draw({ layers: fan, rows })
  // The past is drawn first and takes the first colour; the bands lie round the line in the second one.
  expect(bandFills(svg)).toEqual([orange, orange])
  const swatches = [...svg.matchAll(/fill-opacity="([\d.]+)"[^>]*stroke="#db651c"/g)].map(found => found[1])
  // 50 %: under it lies the 95 % band, 1 - 0.86² = 0.2604.
  expect(swatches).toEqual(['0.26', '0.14'])
  expect(words(svg)).not.toContain('(blank)')
})

test('the axis knows the upper ends, not only the values', () => {
  const rows = rowsOf(['x', 'y', 'low', 'high'], [0, 800, 700, 12_000], [1, 900, 850, 14_000])
  const svg = draw({ layers: [line, band], rows })
  // One scale of magnitude for all: 6k, not 6,000 beside 12k.
  expect(words(svg)).toEqual(expect.arrayContaining(['6k', '12k']))
  expect(words(svg)).toContain('y')
  expect(words(svg)).not.toContain('low')
})

test('shares that come near to the whole end at 100 %; a stack or a rule beyond it moves the end', () => {
  const share = field('share', 'number', { format: 'percent' })
  const rows = rowsOf(['x', 'share'], [0, 1], [1, 0.9], [2, 0.4])
  const curve: Layer = { mark: 'line', x, y: share }
  expect(words(draw({ layers: [curve], rows }, 360))).toEqual(expect.arrayContaining(['100%', '75%']))
  expect(words(draw({ layers: [curve], rows }, 360))).not.toContain('120%')
  const rule: Layer = { mark: 'rule', axis: 'y', at: 1.1, name: { zh: '目标', en: 'Target' } }
  expect(words(draw({ layers: [curve, rule], rows }, 360))).toContain('120%')
  const group = field('group', 'category')
  const bar: Layer = { mark: 'bar', x: field('x', 'category'), y: share, colour: group }
  const stacked = rowsOf(['x', 'share', 'group'], ['p', 0.9, 'a'], ['p', 0.7, 'b'])
  expect(words(draw({ layers: [bar], rows: stacked }))).not.toContain('75%')
})

test('a whisker needs both ends and may reach below zero', () => {
  const strokes = (svg: string) => svg.match(/stroke="#1b2430" stroke-width="1\.5"/g)?.length ?? 0
  // Four rows, of which the last has no upper end.
  expect(strokes(draw(examples.whisker))).toBe(3)
  expect(words(draw(examples.whisker))).toContain('-20%')
  expect(strokes(draw(withRows(examples.whisker, examples.whisker.rows.slice(3))))).toBe(0)
})

test('the number in force is that of the last place up to the tick', () => {
  const stair = [
    [0, 100],
    [0.3, 80],
    [5, 20],
  ] as const
  expect([-1, 0, 0.1 + 0.2, 4.9, 5, 60].map(tick => countAt(stair, tick, false))).toEqual([
    null,
    100,
    80,
    80,
    20,
    20,
  ])
  expect([0, 1].map(tick => countAt(stair, tick, true))).toEqual([100, null])
})

test('numbers at risk stand under the ticks, one line a group, and end where the rows end', () => {
  const n = field('n', 'number', { format: 'integer' })
  const columns = ['x', 'y', 'n', 'group']
  const rows = ['a', 'b'].flatMap((group, i) =>
    [0, 7, 13, 18].map(at => row(columns, [at, 1 - at / 40, 1000 * (i + 1) - at, group])),
  )
  const colour = field('group', 'category')
  const layers: readonly Layer[] = [
    { ...line, colour, step: true },
    { mark: 'count', x, n, colour },
  ]
  const shown = words(draw({ layers, rows }))
  // Ticks at 0, 5, 10, 15 and 20; the rows end at 18, so that nothing is known at 20.
  const numbers = shown.filter(text => /^[12]?,?9\d\d$|^1,000$|^2,000$/.test(text))
  expect(numbers).toEqual(['1,000', '2,000', '1,000', '2,000', '993', '1,993', '987', '1,987'])
  expect(shown).toEqual(expect.arrayContaining(['n', 'a', 'b']))
})

test('numbers that have no room leave the curve alone', () => {
  expect(words(draw(examples.count, 320, 150))).not.toContain('At risk (units)')
})

test('a category that looks like a style is written as it is', () => {
  const platform = field('platform', 'category')
  const rows = rowsOf(['platform', 'y'], ['{count|9}', 5], ['b', 4])
  const layers: readonly Layer[] = [
    { mark: 'bar', x: platform, y },
    { mark: 'count', x: platform, n: field('y') },
  ]
  expect(words(draw({ layers, rows })).some(text => text.replace('\u2060', '') === '{count|9}')).toBe(true)
})
