import type { Layer } from '../domain/chart.ts'
import type { Option } from './echarts.ts'
import type { Scene } from './scene.ts'

/**
 * The tooltip, which lists exact values. Only value formatters are given: ECharts 6.1 escapes their text, while the
 * text of a `formatter` callback would be taken as HTML.
 */
export function tooltip({ palette, look, chart }: Scene): NonNullable<Option['tooltip']> {
  const along = chart.layers.some(followsAxis)
  return {
    show: true,
    trigger: along ? 'axis' : 'item',
    confine: true,
    transitionDuration: 0.1,
    backgroundColor: palette.ground,
    borderColor: palette.grid,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: palette.ink, fontSize: 12, fontFamily: look.fontFamily },
    extraCssText: 'max-width:360px;white-space:normal;font-variant-numeric:tabular-nums;',
  }
}

/** Whether a mark is read at an axis position rather than by pointing at it. */
function followsAxis(layer: Layer): boolean {
  if (layer.mark === 'whisker') return layer.at.scale === 'category'
  return layer.mark === 'bar' || layer.mark === 'line' || layer.mark === 'band'
}
