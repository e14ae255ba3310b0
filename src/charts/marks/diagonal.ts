import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'
import { referenceLine } from './reference.ts'

type DiagonalLayer = Extract<Layer, { mark: 'diagonal' }>

/** The line of equality from (0, 0) to (1, 1). */
export function drawDiagonal(scene: Scene, { name }: DiagonalLayer): Drawn {
  const words = name[scene.look.language]
  const reference = referenceLine(scene, words)
  return {
    series: [
      {
        type: 'line',
        id: 'diagonal',
        data: [],
        silent: true,
        tooltip: { show: false },
        markLine: {
          ...reference,
          label: { ...reference.label, position: 'insideMiddleTop', padding: [0, 0, 7, 0] },
          data: [[{ coord: [0, 0] }, { coord: [1, 1] }]],
        },
      },
    ],
    anything: false,
  }
}
