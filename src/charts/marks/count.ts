import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type CountLayer = Extract<Layer, { mark: 'count' }>

export function drawCount(_scene: Scene, _layer: CountLayer): Drawn {
  return { series: [], anything: false }
}
