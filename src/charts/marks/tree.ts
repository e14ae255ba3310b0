import type { CustomSeriesOption } from 'echarts/charts'
import { shortNumber } from '../number-words.ts'
import type { CategoryScale } from '../scale.ts'
import type { Drawn, Scene } from '../scene.ts'
import { type Branch, type Joint, jointsOf, type TreeLayer } from '../tree.ts'
import { type TreeRoom, treeGap, treeRoom } from '../tree-room.ts'
import { fieldName, valueWords } from '../words.ts'

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>
type Api = Parameters<RenderItem>[1]
type Point = [x: number, y: number]

/** Pixels of a height and of a place among the leaves. */
interface Frame {
  across(height: number): number
  down(at: number): number
}

const tickSize = 11

/** One bracket a joint: two level lines from its branches and an upright one at its height. */
export function drawTree(scene: Scene, layer: TreeLayer): Drawn {
  const { x, y, chart } = scene
  const room = treeRoom(scene)
  if (!x || y?.kind !== 'category' || (x.kind === 'category' && !room)) return { series: [], anything: false }
  const joints = jointsOf(layer, chart.rows, y)
  const series = jointSeries(scene, layer, joints, y, room)
  return { series: room ? [tickSeries(scene, room), series] : [series], anything: joints.length > 0 }
}

function jointSeries(
  { look, palette }: Scene,
  layer: TreeLayer,
  joints: readonly Joint[],
  y: CategoryScale,
  room: TreeRoom | null,
): CustomSeriesOption {
  const title = fieldName(layer.height, look.language)
  return {
    type: 'custom',
    id: `tree ${layer.left.field} ${layer.right.field} ${layer.height.field}`,
    name: title,
    data: joints.map(({ height, low, high }) => ({
      name: `${branchWords(low, y)} + ${branchWords(high, y)}`,
      value: [room ? Number.NaN : height, Number.NaN, valueWords(layer.height, height, look.language)],
      itemStyle: { color: palette.muted },
    })),
    // Without a y of its own ECharts would take the words for one.
    dimensions: ['x', 'y', { name: 'words', type: 'ordinal' }],
    encode: { x: 0, y: 1, tooltip: 2 },
    renderItem: renderJoint(joints, y.keys.length, room, palette.muted, palette.accent),
    clip: false,
    tooltip: { trigger: 'item' },
    progressive: 0,
  }
}

/** A leaf by its name, a cluster by its outermost leaves and how many it holds. */
function branchWords({ leaves, first, last }: Branch, { words }: CategoryScale): string {
  return leaves === 1 ? `${words[first]}` : `${words[first]} … ${words[last]} (${leaves})`
}

function renderJoint(
  joints: readonly Joint[],
  leaves: number,
  room: TreeRoom | null,
  ink: string,
  accent: string,
): RenderItem {
  return (params, api) => {
    const joint = joints[params.dataIndex]
    if (!joint) return null
    const { across, down } = frameOf(api, leaves, room)
    const branch = ({ height, at }: Branch): Point => [across(height), down(at)]
    const corner = ({ at }: Branch): Point => [across(joint.height), down(at)]
    return {
      type: 'polyline',
      shape: { points: [branch(joint.low), corner(joint.low), corner(joint.high), branch(joint.high)] },
      style: { stroke: ink, lineWidth: 1.2, fill: 'none', lineJoin: 'miter' },
      emphasis: { style: { stroke: accent, lineWidth: 2.4, fill: 'none' } },
    }
  }
}

/** Places run along the y axis itself, so that the leaves stand at its rows whatever its labels took. */
function frameOf(api: Api, leaves: number, room: TreeRoom | null): Frame {
  const [x = 0, first = 0] = api.coord([0, 0])
  const [, last = first] = api.coord([0, leaves - 1])
  const down = (at: number) => first + ((last - first) * at) / Math.max(1, leaves - 1)
  if (!room) return { down, across: height => api.coord([height, 0])[0] ?? 0 }
  const edge = x - slot(api)[0] / 2 - treeGap
  const across = (height: number) => edge - (height / room.top) * (room.width - treeGap)
  return { down, across }
}

function slot(api: Api): readonly [width: number, height: number] {
  const size = api.size?.([1, 1])
  return Array.isArray(size) ? [size[0] ?? 0, size[1] ?? 0] : [0, 0]
}

/** One item without a place: an upright line a tick, its number above. */
function tickSeries(scene: Scene, room: TreeRoom): CustomSeriesOption {
  const leaves = scene.y?.kind === 'category' ? scene.y.keys.length : 0
  return {
    type: 'custom',
    id: 'tree heights',
    data: [[Number.NaN, Number.NaN]],
    renderItem: (_params, api) => ({ type: 'group', children: tickShapes(scene, room, api, leaves) }),
    clip: false,
    silent: true,
    tooltip: { show: false },
  }
}

function tickShapes({ look, palette }: Scene, room: TreeRoom, api: Api, leaves: number) {
  const { across, down } = frameOf(api, leaves, room)
  const half = slot(api)[1] / 2
  const [top, bottom] = [down(0) - half, down(leaves - 1) + half]
  return room.ticks.flatMap(tick => {
    const x = across(tick)
    const line = {
      type: 'line' as const,
      shape: { x1: x, x2: x, y1: top, y2: bottom },
      style: { stroke: palette.grid, lineWidth: 1 },
    }
    const text = {
      type: 'text' as const,
      style: {
        text: shortNumber(tick, room.layer.height.format, look.language, room.top),
        x,
        y: top - 4,
        fill: palette.muted,
        fontSize: tickSize,
        fontFamily: look.fontFamily,
        align: 'center' as const,
        verticalAlign: 'bottom' as const,
      },
    }
    return [line, text]
  })
}
