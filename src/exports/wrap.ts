/** Width of a piece of text, in the unit of `room`. */
export type Width = (text: string) => number

/** Ideographs may be parted anywhere, except that closing marks stay with what they close. */
const pieces =
  /[\u2e80-\u2fff\u3005-\u9fff\uf900-\ufaff\uff00-\uffef][，。、；：！？）》」』】”’]*|\s+|[^\s\u2e80-\uffef]+[，。、；：！？）》」』】]*|./gsu

/** Breaks text into at most `most` lines no wider than `room`; what does not fit ends in an ellipsis. */
export function wrapLines(text: string, room: number, most: number, width: Width): readonly string[] {
  const parts = (text.trim().match(pieces) ?? []).flatMap(piece =>
    width(piece) > room ? [...piece] : [piece],
  )
  const lines: string[] = []
  let at = 0
  while (at < parts.length && lines.length < most) {
    const end = lineEnd(parts, at, room, width)
    const last = lines.length === most - 1 && end < parts.length
    lines.push(
      last ? ellipsis(parts.slice(at, end + 1).join(''), room, width) : parts.slice(at, end).join('').trim(),
    )
    at = end
  }
  return lines.filter(line => line !== '')
}

/** Index after the last part that still fits on a line; at least one part is taken. */
function lineEnd(parts: readonly string[], start: number, room: number, width: Width): number {
  let used = 0
  for (let at = start; at < parts.length; at++) {
    const part = parts[at] ?? ''
    if (at > start && used + width(part.trimEnd()) > room) return at
    used += width(part)
  }
  return parts.length
}

function ellipsis(text: string, room: number, width: Width): string {
  let kept = ''
  let used = width('…')
  for (const character of text) {
    used += width(character)
    if (used > room) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}
