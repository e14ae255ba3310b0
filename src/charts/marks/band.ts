import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type BandLayer = Extract<Layer, { mark: 'band' }>

export function drawBand(_scene: Scene, _layer: BandLayer): Drawn {
  return { series: [], anything: false }
}
