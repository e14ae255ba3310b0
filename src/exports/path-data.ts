import type { PathCommand } from 'opentype.js/dist/opentype.mjs'

/** SVG path data with two decimals. The library's own writer (opentype.js 2.0) gives NaN for numbers below 1e-6. */
export function pathData(commands: readonly PathCommand[]): string {
  return commands.map(written).join('')
}

/** The sign for a character without a glyph: two rectangles of opposite turn, hollow under every fill rule. */
export function emptyBox(x: number, y: number, size: number): string {
  const [left, right, top, line] = [x + 0.06 * size, x + 0.56 * size, y - 0.72 * size, 0.05 * size]
  const outer = `M${pair(left, top)}H${short(right)}V${short(y)}H${short(left)}Z`
  const inner = `M${pair(left + line, top + line)}V${short(y - line)}H${short(right - line)}V${short(top + line)}Z`
  return outer + inner
}

function written(command: PathCommand): string {
  switch (command.type) {
    case 'M':
    case 'L':
      return command.type + pair(command.x, command.y)
    case 'Q':
      return `Q${pair(command.x1, command.y1)} ${pair(command.x, command.y)}`
    case 'C':
      return `C${pair(command.x1, command.y1)} ${pair(command.x2, command.y2)} ${pair(command.x, command.y)}`
    case 'Z':
      return 'Z'
  }
}

function pair(x: number, y: number): string {
  return `${short(x)} ${short(y)}`
}

function short(value: number): string {
  return String(Number(value.toFixed(2)))
}
