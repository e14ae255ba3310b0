import type { CustomSeriesOption } from 'echarts/charts'
import type { Layer } from '../../domain/chart.ts'
import { type Province, provinces } from '../../domain/province.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { measureWidth } from '../measure.ts'
import { markNumbers } from '../number-words.ts'
import { readableOn } from '../ramp.ts'
import type { Drawn, Scene } from '../scene.ts'
import { shadeOf } from '../shade.ts'
import { categoryKey, fieldName, valueWords } from '../words.ts'

type TileLayer = Extract<Layer, { mark: 'tile' }>
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** One tile with its place on the grid and what stands in it. */
interface Tile {
  readonly at: readonly [column: number, row: number]
  readonly name: string
  /** Stands where the name is too long. */
  readonly letters: string
  readonly words: string
  readonly short: string
  readonly fill: string
  readonly ink: string
}

/** Room that the frame leaves for the tiles, pixels from the top and bottom of the picture. */
export const tileMargins = { top: 32, bottom: 4 }

const centred = { align: 'center', verticalAlign: 'middle' } as const

/** The letter codes of GB/T 2260, which ISO 3166-2:CN took over. */
const letterCodes: Readonly<Record<string, string>> = Object.fromEntries(
  '11BJ 12TJ 13HE 14SX 15NM 21LN 22JL 23HL 31SH 32JS 33ZJ 34AH 35FJ 36JX 37SD 41HA 42HB 43HN 44GD 45GX 46HI 50CQ 51SC 52GZ 53YN 54XZ 61SN 62GS 63QH 64NX 65XJ 71TW 81HK 82MO'
    .split(' ')
    .map(pair => [pair.slice(0, 2), pair.slice(2)]),
)

const columns = provinces.map(({ tile }) => tile[0])
const firstColumn = Math.min(...columns)
const columnCount = Math.max(...columns) - firstColumn + 1
const rowCount = Math.max(...provinces.map(({ tile }) => tile[1])) + 1

/** Equal tiles, one a province-level unit; those without a row stay pale. No border is drawn as a line on a map. */
export function drawTile(scene: Scene, layer: TileLayer): Drawn {
  const { chart, look } = scene
  const shade = shadeOf(scene, layer.colour)
  const short = markNumbers(
    chart.rows.flatMap(row => asNumber(row[layer.colour.field]) ?? []),
    layer.colour.format,
    look.language,
  )
  const rows = new Map(chart.rows.map(row => [categoryKey(row[layer.region.field]).slice(0, 2), row]))
  const tiles = provinces.map(province => {
    const row = rows.get(province.code)
    return tileOf(scene, layer, province, row, row ? shade.fill(row) : null, short)
  })
  const series: CustomSeriesOption = {
    type: 'custom',
    id: `tile ${layer.region.field} ${layer.colour.field}`,
    name: fieldName(layer.colour, look.language),
    coordinateSystem: 'none',
    data: tiles.map(tile => ({ name: tile.name, value: [tile.words], itemStyle: { color: tile.fill } })),
    dimensions: [{ name: 'words', type: 'ordinal' }],
    encode: { tooltip: 0 },
    renderItem: renderTile(tiles, look.fontFamily, scene.palette.grid),
    tooltip: { trigger: 'item' },
  }
  const anything = chart.rows.some(row => shade.fill(row) !== null)
  return { series: [series], legend: shade.legend, anything, ...(shade.ramp ? { ramp: shade.ramp } : {}) }
}

function tileOf(
  { look, palette }: Scene,
  { colour }: TileLayer,
  province: Province,
  row: Row | undefined,
  fill: string | null,
  short: (value: number) => string,
): Tile {
  const value = row?.[colour.field]
  const number = colour.scale === 'number' ? asNumber(value) : null
  const shown = fill ?? palette.absent
  return {
    at: [province.tile[0] - firstColumn, province.tile[1]],
    name: province.name[look.language],
    letters: letterCodes[province.code] ?? province.code,
    words: valueWords(colour, value, look.language),
    short: number === null ? '' : short(number),
    fill: shown,
    ink: fill === null ? palette.muted : readableOn(shown, '#ffffff', '#000000'),
  }
}

function renderTile(tiles: readonly Tile[], fontFamily: string, border: string): RenderItem {
  return (params, api) => {
    const tile = tiles[params.dataIndex]
    if (!tile) return null
    const place = box(tile, api.getWidth(), api.getHeight())
    const alone = tile.short === '' || place.height < 20
    const size = Math.min(13, place.height * (place.height < 20 ? 0.5 : 0.37))
    const line = (words: string, share: number, fontSize: number, fontWeight: 400 | 600) => ({
      type: 'text' as const,
      silent: true,
      x: place.x + place.width / 2,
      y: place.y + place.height * share,
      style: { text: words, fill: tile.ink, fontSize, fontWeight, fontFamily, ...centred },
    })
    const fits = measureWidth(tile.name, `600 ${size}px ${fontFamily}`) <= place.width - 4
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { ...place, r: 3 },
          style: { fill: tile.fill, stroke: border, lineWidth: 0.5 },
        },
        line(fits ? tile.name : tile.letters, alone ? 0.5 : 0.32, size, 600),
        ...(alone ? [] : [line(tile.short, 0.7, size * 0.94, 400)]),
      ],
    }
  }
}

/** The grid of tiles, centred in what the frame leaves. */
function box(
  tile: Tile,
  width: number,
  height: number,
): { x: number; y: number; width: number; height: number } {
  const room = Math.max(1, height - tileMargins.top - tileMargins.bottom)
  const down = Math.min(room / rowCount, 72)
  const across = Math.min(width / columnCount, down * 1.7)
  return {
    x: (width - across * columnCount) / 2 + tile.at[0] * across,
    y: tileMargins.top + (room - down * rowCount) / 2 + tile.at[1] * down,
    width: Math.max(1, across - 2),
    height: Math.max(1, down - 2),
  }
}
