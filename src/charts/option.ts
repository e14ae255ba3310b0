import type { Chart, Layer } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { type AxisWishes, axisOption } from './axis.ts'
import type { Option } from './echarts.ts'
import { type Key, keyOf } from './key.ts'
import type { Look } from './look.ts'
import { drawLayer } from './mark.ts'
import { place, type Scale } from './scale.ts'
import { type Drawn, type Scene, sceneOf } from './scene.ts'
import { tooltip } from './tooltip.ts'
import { fieldName } from './words.ts'

const nothing: Phrase = { zh: '没有可显示的数据', en: 'No data to show' }

/** The ECharts option of a chart: the one from which the screen and every export are drawn. */
export function chartOption(chart: Chart, look: Look): Option {
  const scene = sceneOf(chart, look)
  const drawn = chart.layers.map(layer => drawLayer(scene, layer))
  if (!drawn.some(({ anything }) => anything)) return emptyOption(scene)
  const key = keyOf(
    drawn.flatMap(({ legend }) => legend ?? []),
    drawn.find(({ ramp }) => ramp)?.ramp,
    look,
  )
  const plane = scene.x !== null && scene.y !== null
  return {
    ...base(scene),
    ...key.option,
    ...(plane ? planeOption(scene, key) : { title: [rampName(scene, drawn)].flat() }),
    tooltip: tooltip(scene),
    series: drawn.flatMap(({ series }) => series),
  }
}

function base({ palette, look }: Scene): Option {
  return {
    backgroundColor: 'transparent',
    color: [...palette.categorical],
    textStyle: { fontFamily: look.fontFamily, color: palette.ink, fontSize: 12 },
    useUTC: true,
    animationDuration: 350,
    animationDurationUpdate: 350,
    stateAnimation: { duration: 120 },
    title: [],
    xAxis: [],
    yAxis: [],
    grid: [],
  }
}

function emptyOption(scene: Scene): Option {
  const { look, palette } = scene
  const textStyle = {
    fontFamily: look.fontFamily,
    fontSize: 14,
    fontWeight: 400,
    color: palette.muted,
  } as const
  const title = { id: 'nothing', text: nothing[look.language], left: 'center', top: 'middle', textStyle }
  return {
    ...base(scene),
    title: [title],
    legend: [{ id: 'legend', show: false }],
    visualMap: [],
    series: [],
  }
}

/** Axes, their names (at the top left and below), and the room that the key leaves. */
function planeOption(scene: Scene, key: Key): Option {
  const { x, y, look } = scene
  const yName = y ? fieldName(y.field, look.language) : ''
  const roomy = look.height >= 170
  const xName = x && roomy ? fieldName(x.field, look.language) : ''
  const rampBeside = 'visualMap' in key.option && [key.option.visualMap].flat().length > 0
  const top = (rampBeside ? 0 : key.height) + (rampBeside ? 30 : 26)
  const bottom = xName === '' ? 4 : 24
  const width = look.width - 70
  const height = look.height - top - bottom - 24
  return {
    title: [
      axisName(scene, 'y name', yName, { left: 0, top: rampBeside ? 2 : key.height }),
      axisName(scene, 'x name', xName, { left: 'center', bottom: 0 }),
    ],
    grid: [
      {
        id: 'grid',
        left: 2,
        right: 14,
        top,
        bottom,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
    ],
    xAxis: [axisOption(x, 'x', width, look, wishes(scene, x, 'x'))] as NonNullable<Option['xAxis']>,
    yAxis: [axisOption(y, 'y', height, look, wishes(scene, y, 'y'))] as NonNullable<Option['yAxis']>,
  }
}

function wishes({ chart, y }: Scene, scale: Scale | null, side: 'x' | 'y'): AxisWishes {
  const has = (mark: Layer['mark']) => chart.layers.some(layer => layer.mark === mark)
  const valueOfBars = has('bar') && (side === 'y' || y?.kind === 'category')
  return {
    ...(has('diagonal') ? { fixed: [0, 1] as const } : {}),
    fromZero: side === 'y' || valueOfBars,
    ...extentOf(chart, scale),
    bare: has('cell'),
  }
}

function extentOf(chart: Chart, scale: Scale | null): { span: number; largest: number } {
  if (!scale || scale.kind === 'category') return { span: 0, largest: 0 }
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of chart.rows) {
    const at = place(scale, scale.field, row)
    if (at !== null) [first, last] = [Math.min(first, at), Math.max(last, at)]
  }
  return { span: Math.max(0, last - first), largest: Math.max(Math.abs(first), Math.abs(last)) }
}

function rampName(scene: Scene, drawn: readonly Drawn[]): NonNullable<Option['title']> {
  const ramp = drawn.find(each => each.ramp)?.ramp
  return ramp ? [axisName(scene, 'ramp name', ramp.name, { left: 0, top: 2 })] : []
}

function axisName({ look, palette }: Scene, id: string, text: string, at: object) {
  const textStyle = {
    fontFamily: look.fontFamily,
    fontSize: 12,
    fontWeight: 400,
    color: palette.muted,
    width: look.width * 0.62,
    overflow: 'truncate',
  } as const
  return { id, text, padding: 0, textStyle, ...at }
}
