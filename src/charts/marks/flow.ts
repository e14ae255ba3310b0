import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type FlowLayer = Extract<Layer, { mark: 'flow' }>

export function drawFlow(_scene: Scene, _layer: FlowLayer): Drawn {
  return { series: [], anything: false }
}
