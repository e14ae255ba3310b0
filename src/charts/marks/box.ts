import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type BoxLayer = Extract<Layer, { mark: 'box' }>

export function drawBox(_scene: Scene, _layer: BoxLayer): Drawn {
  return { series: [], anything: false }
}
