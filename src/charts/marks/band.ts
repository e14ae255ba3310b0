import type { CustomSeriesOption } from 'echarts/charts'
import type { Row } from '../../domain/table.ts'
import { rangeWords } from '../range.ts'
import { type BandLayer, bandOpacity, type Ribbon, ribbonsOf } from '../ribbon.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>
type Corner = [x: number, y: number]

interface Slice {
  readonly x: number
  /** Null where the band is broken. */
  readonly ends: readonly [low: number, high: number] | null
  readonly row: Row
}

/** A slice that has its ends. */
interface Cut {
  readonly x: number
  readonly low: number
  readonly high: number
  readonly words: string
}

/** The area between two values of each x, under every other mark; it is broken where an end is absent. */
export function drawBand(scene: Scene, layer: BandLayer): Drawn {
  const { x, y } = scene
  if (!x || !y) return { series: [], anything: false }
  const ribbons = ribbonsOf(scene, layer)
  const runs = ribbons.map(({ rows }) => runsOf(scene, layer, slices(layer, rows, x, y)))
  return {
    series: ribbons.map((ribbon, i) => bandSeries(layer, ribbon, runs[i] ?? [])),
    legend: ribbons.flatMap(({ entry }) => entry ?? []),
    anything: runs.some(found => found.length > 0),
  }
}

/** In order of x. A row without ends breaks the band, unless another row has them at the same x. */
function slices(layer: BandLayer, rows: readonly Row[], x: Scale, y: Scale): readonly Slice[] {
  const all = rows.flatMap((row): readonly Slice[] => {
    const across = place(x, layer.x, row)
    const [low, high] = [place(y, layer.low, row), place(y, layer.high, row)]
    if (across === null) return []
    return [{ x: across, ends: low === null || high === null ? null : [low, high], row }]
  })
  const known = new Set(all.flatMap(({ x: across, ends }) => (ends ? [across] : [])))
  return all.filter(({ x: across, ends }) => ends || !known.has(across)).sort((a, b) => a.x - b.x)
}

/** The unbroken parts, left to right. */
function runsOf({ look }: Scene, layer: BandLayer, all: readonly Slice[]): readonly (readonly Cut[])[] {
  const runs: Cut[][] = []
  let run: Cut[] = []
  for (const { x, ends, row } of all) {
    if (!ends) {
      run = []
      continue
    }
    if (run.length === 0) runs.push(run)
    run.push({ x, low: ends[0], high: ends[1], words: rangeWords(layer, row, look.language) })
  }
  return runs
}

/** One item a slice, so that the axes and the tooltip know it; the first of each run draws the whole run. */
function bandSeries(layer: BandLayer, ribbon: Ribbon, runs: readonly (readonly Cut[])[]): CustomSeriesOption {
  const { x, low, high, colour } = layer
  return {
    type: 'custom',
    id: `band ${x.field} ${low.field} ${high.field} ${colour?.field ?? ''} ${ribbon.key}`,
    name: ribbon.name,
    data: runs.flat().map(cut => [cut.x, cut.low, cut.high, cut.words]),
    dimensions: ['x', 'low', 'high', { name: 'words', type: 'ordinal' }],
    encode: { x: 0, y: [1, 2], tooltip: 3 },
    renderItem: renderRun(runs, ribbon.colour, layer.step ?? false),
    itemStyle: { color: ribbon.colour },
    clip: true,
    silent: true,
    progressive: 0,
    z: 1,
  }
}

function renderRun(runs: readonly (readonly Cut[])[], fill: string, step: boolean): RenderItem {
  const byStart = new Map<number, readonly Cut[]>()
  let start = 0
  for (const run of runs) {
    byStart.set(start, run)
    start += run.length
  }
  return ({ dataIndex }, api) => {
    const run = byStart.get(dataIndex)
    if (!run) return null
    const points = outline(run, step).map(corner => api.coord(corner))
    return {
      type: 'polygon',
      shape: { points: run.length === 1 ? widened(points) : points },
      style: { fill, opacity: bandOpacity },
    }
  }
}

/** Along the upper ends and back along the lower ones. */
function outline(run: readonly Cut[], step: boolean): readonly Corner[] {
  const edge = (value: (cut: Cut) => number): readonly Corner[] =>
    run.flatMap((cut, i): readonly Corner[] => {
      const before = run[i - 1]
      const corner: Corner = [cut.x, value(cut)]
      return step && before ? [[cut.x, value(before)], corner] : [corner]
    })
  return [...edge(({ high }) => high), ...edge(({ low }) => low).toReversed()]
}

/** A slice between two gaps has no width of its own: it is given four pixels. */
function widened(points: readonly number[][]): number[][] {
  const [[x = 0, top = 0] = [], [, bottom = 0] = []] = points
  return [
    [x - 2, top],
    [x + 2, top],
    [x + 2, bottom],
    [x - 2, bottom],
  ]
}
