/** Width of a piece of text, in the unit of `room`. */
export type Width = (text: string) => number

/** Ideographs may be parted anywhere, except that closing marks stay with what they close. */
const pieces =
  /[\u2e80-\u2fff\u3005-\u9fff\uf900-\ufaff\uff00-\uffef][，。、；：！？）》」』】”’]*|\s+|[^\s\u2e80-\uffef]+[，。、；：！？）》」』】]*|./gsu

/** Breaks text into at most `most` lines no wider than `room`; what does not fit ends in an ellipsis. */
export function wrapLines(text: string, room: number, most: number, width: Width): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.trim().match(pieces) ?? []) {
    for (const part of width(piece) > room ? [...piece] : [piece]) {
      if (line !== '' && width((line + part).trimEnd()) > room) {
        lines.push(line.trim())
        line = part.trim()
      } else line += part
    }
  }
  if (line.trim() !== '') lines.push(line.trim())
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), ellipsis(lines.slice(most - 1).join(' '), room, width)]
}

function ellipsis(text: string, room: number, width: Width): string {
  const characters = [...text]
  while (characters.length > 0 && width(`${characters.join('').trimEnd()}…`) > room) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
