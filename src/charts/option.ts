import { type Chart, type Layer, leadingFirst } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { type AxisWishes, axisOption, depthOfNames } from './axis.ts'
import { type Calendar, calendarOf } from './calendar.ts'
import { axisNameLine, type CountTable, countBottom, countTable } from './count-table.ts'
import type { Option } from './echarts.ts'
import { comparesLevels, endsAtWhole, extentOf } from './extent.ts'
import { type Key, keyOf } from './key.ts'
import type { Look } from './look.ts'
import { drawLayer } from './mark.ts'
import { writesAtBars } from './marks/bar.ts'
import { measureWidth } from './measure.ts'
import type { Scale } from './scale.ts'
import { type Drawn, type Scene, sceneOf } from './scene.ts'
import { tooltip } from './tooltip.ts'
import { leavesAtRight, type TreeRoom, treeRoom } from './tree-room.ts'
import { fieldName, rangeFieldName } from './words.ts'

const nothing: Phrase = { zh: '没有可显示的数据', en: 'No data to show' }

/** The ECharts option of a chart: the one from which the screen and every export are drawn. */
export function chartOption(chart: Chart, look: Look): Option {
  const scene = sceneOf(chart, look)
  const drawnOf = new Map(chart.layers.map(layer => [layer, drawLayer(scene, layer)]))
  // Legend and tooltip name the values before what goes with them; which mark lies over which is up to the marks.
  const drawn = leadingFirst(chart.layers).flatMap(layer => drawnOf.get(layer) ?? [])
  if (!drawn.some(({ anything }) => anything)) return emptyOption(scene)
  const key = keyOf(
    drawn.flatMap(({ legend }) => legend ?? []),
    drawn.find(({ ramp }) => ramp)?.ramp,
    look,
    drawn.some(({ fixedLegend }) => fixedLegend),
  )
  const plane = scene.x !== null && scene.y !== null
  return {
    ...base(scene),
    ...key.option,
    ...(plane ? planeOption(scene, key) : { title: [rampName(scene, drawn), heads(scene, drawn)].flat() }),
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

/** The name of the x axis; that of spans has the names of both ends, or none where these are times. */
function acrossName({ chart, look }: Scene, x: Scale): string {
  const spans = chart.layers.find(layer => layer.mark === 'span')
  const name = fieldName(x.field, look.language)
  if (spans?.mark !== 'span' || spans.from.field !== x.field.field) return name
  if (name === fieldName(spans.to, look.language)) return name
  return x.kind === 'time' ? '' : rangeFieldName(spans.from, spans.to, look.language)
}

/** Axes, their names (at the top left and below), numbers under the axis, and the room that the key leaves. */
function planeOption(scene: Scene, key: Key): Option {
  const { x, y, look } = scene
  const rampBeside = 'visualMap' in key.option && [key.option.visualMap].flat().length > 0
  const tree = treeRoom(scene)
  const top = (rampBeside ? 0 : key.height) + (rampBeside ? 30 : 26) + (tree?.head ?? 0)
  const calendar = calendarOf(scene, look.width - 16, look.height - top - 4)
  const yName = y ? fieldName(tree?.layer.height ?? calendar?.colour ?? y.field, look.language) : ''
  const ySide = leavesAtRight(scene) && !tree ? 'right' : 'left'
  const roomy = look.height >= 170 && !calendar
  const xName = x && roomy ? acrossName(scene, x) : ''
  const counts = countTable(scene)
  const bottom = counts ? countBottom + 2 : xName === '' ? 4 : 24
  const width =
    look.width - Math.max(70, 30 + (counts?.left ?? 0)) - (calendar?.spareWidth ?? 0) - (tree?.width ?? 0)
  const rows = y?.kind === 'category' ? depthOfNames(x, width, look) : 0
  const height = look.height - top - bottom - 24 - (counts ? counts.height + axisNameLine : rows)
  const below = { bottom: counts ? counts.height + countBottom : 0 }
  return {
    title: [
      axisName(scene, 'y name', yName, { [ySide]: 0, top: rampBeside ? 2 : key.height }),
      ...(calendar ? [] : barName(scene, key, yName)),
      axisName(scene, 'x name', xName, { left: 'center', ...below }),
    ],
    grid: [gridOf(top, bottom, counts, calendar, tree)],
    xAxis: [axisOption(x, 'x', width, look, wishes(scene, x, 'x', counts))] as NonNullable<Option['xAxis']>,
    yAxis: [axisOption(y, 'y', height, look, wishes(scene, y, 'y', null))] as NonNullable<Option['yAxis']>,
  }
}

/** The plot takes what axis labels and the names of counts leave; both may be the wider at the left. */
function gridOf(
  top: number,
  bottom: number,
  counts: CountTable | null,
  calendar: Calendar | null,
  tree: TreeRoom | null,
) {
  const [spareWidth, spareHeight] = [calendar?.spareWidth ?? 0, calendar?.spareHeight ?? 0]
  const room = {
    left: 2,
    right: 14 + spareWidth,
    top: top + spareHeight / 2,
    bottom: bottom + spareHeight / 2,
  }
  const left = counts ? counts.left + counts.widest / 2 + 8 : 2 + (tree?.width ?? 0)
  return { id: 'grid', ...room, left, outerBounds: room, outerBoundsContain: 'axisLabel' as const }
}

function wishes(scene: Scene, scale: Scale | null, side: 'x' | 'y', below: CountTable | null): AxisWishes {
  const { chart, y } = scene
  const has = (mark: Layer['mark']) => chart.layers.some(layer => layer.mark === mark)
  const fromZero = side === 'y' || has('tree') || (has('bar') && y?.kind === 'category')
  const extent = extentOf(chart, scale, side)
  const near = side === 'y' && fromZero && comparesLevels(chart, scale, extent)
  const whole = has('diagonal') || (fromZero && endsAtWhole(chart, scale, side, extent))
  return {
    ...(whole ? { fixed: [0, 1] as const } : {}),
    fromZero: fromZero && !near,
    labelled: side === 'x' && writesAtBars(scene),
    span: extent.last - extent.first,
    largest: Math.max(Math.abs(extent.first), Math.abs(extent.last)),
    bare: has('cell'),
    mirrored: leavesAtRight(scene),
    below,
  }
}

function rampName(scene: Scene, drawn: readonly Drawn[]): NonNullable<Option['title']> {
  const ramp = drawn.find(each => each.ramp)?.ramp
  return ramp ? [axisName(scene, 'ramp name', ramp.name, { left: 0, top: 2 })] : []
}

/** What the bar of colour means, beside it where the name of the y axis leaves room. */
function barName(scene: Scene, { bar }: Key, yName: string) {
  if (!bar) return []
  const { width, fontFamily } = scene.look
  const right = bar.width + 16
  const room = width - right - measureWidth(yName, `12px ${fontFamily}`) - 20
  if (room < 40) return []
  const title = axisName(scene, 'bar name', bar.name, { right, top: 2 })
  return [{ ...title, textStyle: { ...title.textStyle, width: room } }]
}

/** Names of columns, which may not meet in the middle. */
function heads(scene: Scene, drawn: readonly Drawn[]): NonNullable<Option['title']> {
  const given = drawn.flatMap(each => each.heads ?? [])
  return given.map(({ side, text }) => {
    const title = axisName(scene, `head ${side}`, text, { [side]: 0, top: 2 })
    return { ...title, textStyle: { ...title.textStyle, width: scene.look.width * 0.47 } }
  })
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
