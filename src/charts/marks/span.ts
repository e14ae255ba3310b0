import type { Layer } from '../../domain/chart.ts'
import type { Drawn, Scene } from '../scene.ts'

type SpanLayer = Extract<Layer, { mark: 'span' }>

export function drawSpan(_scene: Scene, _layer: SpanLayer): Drawn {
  return { series: [], anything: false }
}
