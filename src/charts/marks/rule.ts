import type { LineSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'
import { referenceLine } from './reference.ts'

type RuleLayer = Extract<Layer, { mark: 'rule' }>

/** A straight line across the plot at a value; on a time axis `at` is in microseconds. */
export function drawRule(scene: Scene, { axis, at, name }: RuleLayer): Drawn {
  const scale = scene[axis]
  if (!scale || !Number.isFinite(at)) return { series: [], anything: false }
  const where = scale.kind === 'time' ? at / 1000 : at
  const reference = referenceLine(scene, name[scene.look.language])
  // Categories run downwards, and the line with them: its start is at the top.
  const top = scene.y?.kind === 'category' ? 'start' : 'end'
  const series: LineSeriesOption = {
    type: 'line',
    id: `rule ${axis} ${at} ${name.en}`,
    // A point without a place on the other axis: unseen, but the axis reaches as far as the rule.
    data: [axis === 'x' ? [where, Number.NaN] : [Number.NaN, where]],
    silent: true,
    tooltip: { show: false },
    markLine: {
      ...reference,
      // Without it ECharts rounds the place to two decimals, and 1.54 % stands at 2 %.
      precision: -1,
      label: { ...reference.label, position: axis === 'x' ? top : 'insideEndTop' },
      data: [axis === 'x' ? { xAxis: where } : { yAxis: where }],
    },
  }
  return { series: [series], anything: false }
}
