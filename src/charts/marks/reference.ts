import type { LineSeriesOption } from 'echarts/charts'
import type { Scene } from '../scene.ts'

/** The look that reference marks share: a thin dashed line in muted ink with its name at the end. */
export function referenceLine(scene: Scene, name: string): NonNullable<LineSeriesOption['markLine']> {
  const { palette, look } = scene
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: palette.muted, type: [4, 3], width: 1 },
    label: {
      show: true,
      formatter: () => name,
      color: palette.muted,
      fontSize: 11,
      fontFamily: look.fontFamily,
      distance: 4,
      width: Math.max(60, look.width * 0.5),
      overflow: 'truncate',
    },
  }
}
