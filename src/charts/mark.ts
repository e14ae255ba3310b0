import type { Layer } from '../domain/chart.ts'
import { drawBand } from './marks/band.ts'
import { drawBar } from './marks/bar.ts'
import { drawBox } from './marks/box.ts'
import { drawCell } from './marks/cell.ts'
import { drawCount } from './marks/count.ts'
import { drawDiagonal } from './marks/diagonal.ts'
import { drawFlow } from './marks/flow.ts'
import { drawLine } from './marks/line.ts'
import { drawNetwork } from './marks/network.ts'
import { drawPoint } from './marks/point.ts'
import { drawRule } from './marks/rule.ts'
import { drawSpan } from './marks/span.ts'
import { drawTile } from './marks/tile.ts'
import { drawTree } from './marks/tree.ts'
import { drawWhisker } from './marks/whisker.ts'
import type { Drawn, Scene } from './scene.ts'

type Draw<M extends Layer['mark']> = (scene: Scene, layer: Extract<Layer, { mark: M }>) => Drawn

/** Every mark of the domain and the file that draws it: a mark without one does not compile. */
const marks: { readonly [M in Layer['mark']]: Draw<M> } = {
  bar: drawBar,
  line: drawLine,
  point: drawPoint,
  rule: drawRule,
  diagonal: drawDiagonal,
  cell: drawCell,
  tile: drawTile,
  tree: drawTree,
  band: drawBand,
  span: drawSpan,
  whisker: drawWhisker,
  box: drawBox,
  count: drawCount,
  flow: drawFlow,
  network: drawNetwork,
}

/** Draws one layer by its mark. */
export function drawLayer(scene: Scene, layer: Layer): Drawn {
  const draw: (scene: Scene, layer: never) => Drawn = marks[layer.mark]
  return draw(scene, layer as never)
}
