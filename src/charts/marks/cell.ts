import type { CustomSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { type CategoryScale, place } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { type Shade, shadeOf } from '../shade.ts'
import { fieldName, valueWords } from '../words.ts'

type CellLayer = Extract<Layer, { mark: 'cell' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

interface Cell {
  readonly name: string
  readonly value: [x: number, y: number, words: string]
  readonly fill: string
}

/** One rectangle a row of a matrix. */
export function drawCell(scene: Scene, layer: CellLayer): Drawn {
  const { x, y } = scene
  if (x?.kind !== 'category' || y?.kind !== 'category') return { series: [], anything: false }
  const { rows } = scene.chart
  const shade = shadeOf(scene, layer.colour)
  const names = shade.ramp ? [null] : shade.legend.map(({ name }) => name)
  const series = names.map(name => {
    const shown = rows.filter(row => name === null || shade.nameOf(row) === name)
    const cells = shown.flatMap(row => cellOf(scene, layer, shade, x, y, row))
    return cellSeries(scene, layer, name, cells)
  })
  const anything = rows.some(row => shade.fill(row) !== null)
  return { series, legend: shade.legend, anything, ...(shade.ramp ? { ramp: shade.ramp } : {}) }
}

function cellOf(
  { look, palette }: Scene,
  layer: CellLayer,
  shade: Shade,
  x: CategoryScale,
  y: CategoryScale,
  row: Row,
): readonly Cell[] {
  const across = place(x, layer.x, row)
  const up = place(y, layer.y, row)
  if (across === null || up === null) return []
  const name = `${x.words[across] ?? ''} · ${y.words[up] ?? ''}`
  const words = valueWords(layer.colour, row[layer.colour.field], look.language)
  return [{ name, value: [across, up, words], fill: shade.fill(row) ?? palette.absent }]
}

function cellSeries(
  { look }: Scene,
  layer: CellLayer,
  name: string | null,
  cells: readonly Cell[],
): CustomSeriesOption {
  const title = name ?? fieldName(layer.colour, look.language)
  return {
    type: 'custom',
    id: `cell ${layer.x.field} ${layer.y.field} ${title}`,
    name: title,
    data: cells.map(cell => ({ name: cell.name, value: cell.value, itemStyle: { color: cell.fill } })),
    dimensions: ['x', 'y', { name: 'words', type: 'ordinal' }],
    encode: { x: 0, y: 1, tooltip: 2 },
    renderItem: renderCell(cells),
    clip: true,
    tooltip: { trigger: 'item' },
  }
}

/** A rectangle with a gap that shrinks with the cell, so that a dense matrix does not become a grid of gaps. */
function renderCell(cells: readonly Cell[]): RenderItem {
  return (params, api) => {
    const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)])
    const size = api.size?.([1, 1])
    const [width = 0, height = 0] = Array.isArray(size) ? size : []
    const gap = Math.min(2, width * 0.12, height * 0.12)
    return {
      type: 'rect',
      shape: {
        x: x - width / 2 + gap / 2,
        y: y - height / 2 + gap / 2,
        width: Math.max(0, width - gap),
        height: Math.max(0, height - gap),
        r: Math.min(2, width / 6),
      },
      style: { fill: cells[params.dataIndex]?.fill ?? 'none' },
    }
  }
}
