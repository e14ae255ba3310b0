/** The colour at `t` (0 to 1) of a ramp of `#rrggbb` stops, mixed in sRGB. */
export function rampColour(stops: readonly string[], t: number): string {
  const at = Math.min(1, Math.max(0, t)) * (stops.length - 1)
  const low = Math.min(Math.floor(at), stops.length - 2)
  const from = channels(stops[low] ?? '#000000')
  const to = channels(stops[low + 1] ?? '#000000')
  return `#${from.map((channel, i) => hex(channel + ((to[i] ?? 0) - channel) * (at - low))).join('')}`
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Of two text colours the one that reads better on `fill`. */
export function readableOn(fill: string, one: string, other: string): string {
  return contrast(fill, one) >= contrast(fill, other) ? one : other
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map(channel => linear(channel / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map(start => Number.parseInt(colour.slice(start, start + 2), 16))
}

function hex(channel: number): string {
  return Math.round(channel).toString(16).padStart(2, '0')
}
