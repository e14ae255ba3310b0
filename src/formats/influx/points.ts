import { limits } from '../input.ts'
import { overLimit } from '../refusal.ts'
import { type Point, PointCursor, PointFault } from './point.ts'

/** A line that is a point, or why it is none. */
export type Line = { readonly point: Point } | { readonly fault: string }

/** `influx_inspect export` writes one such line at the top, under the comment `# DDL`. */
const definition = 'CREATE DATABASE '
/** A longer line without an end is taken for damage. */
const lineCharacters = 4 * limits.fieldBytes

/**
 * Cuts text into points, piece by piece. A text may hold line ends, so a line is over where its point is; a line that
 * is no point, such as one with a quote that is never closed, costs itself alone.
 */
export class PointScanner {
  private rest = '';

  /** What is complete once `piece` is there; blank lines and comments are nothing. `last`: nothing follows. */
  *push(piece: string, last: boolean): Generator<Line> {
    const text = this.rest + piece
    let start = 0
    while (start < text.length) {
      const found = lineAt(text, start, last)
      if (found === null) break
      start = found.end
      if (found.line !== null) yield found.line
    }
    this.rest = text.slice(start)
    if (this.rest.length > lineCharacters)
      throw overLimit('characters in one line', this.rest.length, lineCharacters)
  }
}

interface Found {
  readonly line: Line | null
  readonly end: number
}

/** null when the end of the line, or of a text that is open at its end, is not there yet. */
function lineAt(text: string, start: number, last: boolean): Found | null {
  const feed = text.indexOf('\n', start)
  if (feed < 0 && !last) return null
  const end = feed < 0 ? text.length : feed + 1
  if (isNothing(text, start, end)) return { line: null, end }
  const cursor = new PointCursor(text, start)
  try {
    const point = cursor.point()
    const isCut = cursor.at === text.length && text.charCodeAt(cursor.at - 1) !== 10 && !last
    return isCut ? null : { line: { point }, end: cursor.at }
  } catch (thrown) {
    if (!(thrown instanceof PointFault)) throw thrown
    const mayGoOn = thrown.at === text.length && text.length - start <= limits.fieldBytes
    if (mayGoOn && !last) return null
    return { line: text.startsWith(definition, start) ? null : { fault: thrown.message }, end }
  }
}

/** A blank line or a comment. */
function isNothing(text: string, start: number, end: number): boolean {
  let at = start
  while (at < end && text.charCodeAt(at) <= 32) at++
  return at === end || text[at] === '#'
}
