import type { CustomSeriesOption } from 'echarts/charts'
import { asNumber } from '../../domain/table.ts'
import {
  type CountLayer,
  type CountTable,
  countBottom,
  countLine,
  countSize,
  countTable,
  swatchRoom,
} from '../count-table.ts'
import { type Group, groupsOf } from '../group.ts'
import { place, type Scale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { fieldName, valueWords } from '../words.ts'

/** Numbers under the x axis: the axis writes them (`countTable`), the series name them and bring them to the tooltip. */
export function drawCount(scene: Scene, layer: CountLayer): Drawn {
  const { x } = scene
  if (!x) return { series: [], anything: false }
  const series = groupsOf(scene, layer.colour, layer.n).map(group => countSeries(scene, layer, group, x))
  const table = countTable(scene)
  return { series: table ? [nameSeries(scene, table), ...series] : series, anything: false }
}

/** One item without a place, which writes the names at the left edge, each on the line of its numbers. */
function nameSeries(scene: Scene, table: CountTable): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'count names',
    data: [[Number.NaN, Number.NaN]],
    renderItem: (_params, api) => ({ type: 'group', children: nameShapes(scene, table, api.getHeight()) }),
    tooltip: { show: false },
    silent: true,
  }
}

function nameShapes({ look, palette }: Scene, { names, head }: CountTable, height: number) {
  const middle = (line: number) => height - countBottom - (names.length - line - 0.5) * countLine
  const text = (words: string, x: number, line: number, fill: string) => ({
    type: 'text' as const,
    style: {
      text: words,
      x,
      y: middle(line),
      fill,
      fontSize: countSize,
      fontFamily: look.fontFamily,
      verticalAlign: 'middle' as const,
    },
  })
  const named = names.flatMap(({ text: words, colour }, line) =>
    colour === null
      ? [text(words, 0, line, palette.ink)]
      : [swatch(middle(line), colour), text(words, swatchRoom, line, palette.ink)],
  )
  return head === null ? named : [text(head, 0, -1, palette.muted), ...named]
}

function swatch(middle: number, fill: string) {
  return { type: 'rect' as const, shape: { x: 0, y: middle - 4, width: 8, height: 8, r: 2 }, style: { fill } }
}

function countSeries({ look }: Scene, layer: CountLayer, group: Group, x: Scale): CustomSeriesOption {
  const title = fieldName(layer.n, look.language)
  const data = group.rows.flatMap(row => {
    const at = place(x, layer.x, row)
    const n = row[layer.n.field]
    return at === null || asNumber(n) === null
      ? []
      : [[at, Number.NaN, valueWords(layer.n, n, look.language)]]
  })
  return {
    type: 'custom',
    id: `count ${layer.x.field} ${layer.n.field} ${layer.colour?.field ?? ''} ${group.key}`,
    name: layer.colour ? `${group.name} · ${title}` : title,
    data,
    // Without a y of its own ECharts would take the words for one.
    dimensions: ['x', 'y', { name: 'words', type: 'ordinal' }],
    encode: { x: 0, y: 1, tooltip: 2 },
    renderItem: () => null,
    itemStyle: { color: layer.colour ? group.colour : 'transparent' },
    silent: true,
    progressive: 0,
  }
}
