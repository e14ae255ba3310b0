import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type NetworkLayer = Extract<Layer, { mark: 'network' }>

export function drawNetwork(_scene: Scene, _layer: NetworkLayer): Drawn {
  return { series: [], anything: false }
}
