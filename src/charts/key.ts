import type { Option } from './echarts.ts'
import type { Look } from './look.ts'
import { measureWidth } from './measure.ts'
import { type Palette, palettes } from './palette.ts'
import type { LegendEntry, Ramp } from './scene.ts'

const rowHeight = 22
const swatch = 10
const gap = 16
const barGap = 7
/** ECharts puts its gap between rows, too. */
const rowPitch = rowHeight - gap / 2 + gap

/** The key of a chart: what its colours mean, and how high it is. */
export interface Key {
  readonly height: number
  /** Of a bar of colour: its name, and the pixels that it takes at the right. */
  readonly bar?: { readonly name: string; readonly width: number }
  readonly option: Pick<Option, 'legend' | 'visualMap'>
}

/** A legend for two names or more, a bar of colour for a numeric ramp, nothing otherwise. */
export function keyOf(
  entries: readonly LegendEntry[],
  ramp: Ramp | undefined,
  look: Look,
  fixed = false,
): Key {
  const palette = palettes[look.theme]
  if (ramp) {
    const ends = [ramp.low, ramp.high].map(end => widthOf(ramp.words(end), look) + barGap)
    const bar = { name: ramp.name, width: barLength(look) + ends.reduce((sum, end) => sum + end, 0) }
    return { height: 26, bar, option: { ...noLegend, visualMap: [rampBar(ramp, look, palette)] } }
  }
  const byName = new Map(entries.map(entry => [entry.name, entry]))
  if (byName.size < 2) return { height: 0, option: { ...noLegend, visualMap: [] } }
  const named = [...byName.values()]
  return {
    height: legendHeight(named, look),
    option: { legend: [{ ...legend(named, look, palette), selectedMode: !fixed }], visualMap: [] },
  }
}

const noLegend = { legend: [{ id: 'legend', show: false }] }

/** Pixels that the rows of a legend take, packed as ECharts packs them. */
function legendHeight(entries: readonly LegendEntry[], look: Look): number {
  let rows = 1
  let used = 0
  for (const { name } of entries) {
    const width = swatch + 5 + Math.min(widthOf(name, look), widest(look)) + gap
    if (used > 0 && used + width - gap > look.width) {
      rows += 1
      used = 0
    }
    used += width
  }
  return Math.min(rowHeight + 6 + (rows - 1) * rowPitch, look.height * 0.6)
}

function legend(entries: readonly LegendEntry[], look: Look, palette: Palette) {
  return {
    id: 'legend',
    show: true,
    left: 0,
    top: 0,
    padding: 0,
    width: look.width,
    itemGap: gap,
    itemWidth: swatch,
    itemHeight: swatch,
    icon: 'roundRect',
    inactiveColor: palette.axis,
    inactiveBorderWidth: 0,
    data: entries.map(({ name, colour, icon, edge }) => ({
      name,
      ...(icon ? { icon } : {}),
      itemStyle: { color: colour, ...(edge ? { borderColor: edge, borderWidth: 1 } : { borderWidth: 0 }) },
      ...(widthOf(name, look) > widest(look) ? { textStyle: truncated(look) } : {}),
    })),
    textStyle: {
      color: palette.ink,
      fontSize: 12,
      fontFamily: look.fontFamily,
      lineHeight: rowHeight - gap / 2,
    },
  }
}

function truncated(look: Look) {
  return { width: Math.round(widest(look)), overflow: 'truncate' as const }
}

function widthOf(name: string, look: Look): number {
  return measureWidth(name, `12px ${look.fontFamily}`)
}

function widest(look: Look): number {
  return Math.max(80, look.width * 0.4)
}

function barLength({ width }: Look): number {
  return Math.min(160, width * 0.3)
}

function rampBar({ low, high, words }: Ramp, look: Look, palette: Palette) {
  return {
    id: 'ramp',
    type: 'continuous' as const,
    orient: 'horizontal' as const,
    min: low,
    max: high,
    dimension: 0,
    seriesIndex: [],
    inRange: { color: [...palette.sequential] },
    right: 0,
    top: -2,
    padding: 2,
    itemWidth: 9,
    itemHeight: barLength(look),
    text: [words(high), words(low)],
    textGap: barGap,
    hoverLink: false,
    textStyle: { color: palette.muted, fontSize: 12, fontFamily: look.fontFamily },
  }
}
