import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type WhiskerLayer = Extract<Layer, { mark: 'whisker' }>

export function drawWhisker(_scene: Scene, _layer: WhiskerLayer): Drawn {
  return { series: [], anything: false }
}
