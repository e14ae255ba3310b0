import type { Part } from '../../domain/file.ts'
import { damaged } from '../refusal.ts'
import { isSecretPath } from '../secrets.ts'
import { JsonCursor } from './cursor.ts'
import { escaped, joined } from './path.ts'

/** What a JSON file is made of: one object, or values one behind the other of which the arrays are opened. */
export interface Shape {
  readonly root: 'object' | 'sequence'
  /** The lists that may be the table of a file that is one object, in file order. */
  readonly lists: readonly Part[]
}

const deepest = 4

/** Looks for lists of objects in the objects of a document, at most four deep. Throws `JsonFault`. */
export function shapeOf(text: string): Shape {
  const cursor = new JsonCursor(text)
  if (cursor.peek() !== '{') return { root: 'sequence', lists: [] }
  const found: Found = { lists: [], series: true, rows: 0 }
  search(cursor, [], found)
  if (cursor.peek() !== '') return { root: 'sequence', lists: [] }
  if (found.series && found.rows > 0) return { root: 'object', lists: [part('{}[]', found.rows)] }
  return { root: 'object', lists: found.lists }
}

interface Found {
  readonly lists: Part[]
  /** True while each member of the outer object is a list of objects with a `ts`. */
  series: boolean
  /** Elements of the outer object's lists. */
  rows: number
}

function search(cursor: JsonCursor, names: readonly string[], found: Found): void {
  const seen = new Set<string>()
  for (const key of cursor.keys()) {
    if (seen.has(key)) throw damaged('not valid JSON', 'a key given twice')
    seen.add(key)
    const path = [...names, key]
    const next = cursor.peek()
    if (next === '[') searchList(cursor, path, found)
    else {
      if (names.length === 0) found.series = false
      if (next === '{' && path.length < deepest) search(cursor, path, found)
      else cursor.value(path.length)
    }
  }
}

function searchList(cursor: JsonCursor, path: readonly string[], found: Found): void {
  const { rows, objects, timed } = countItems(cursor, path.length)
  if (path.length === 1) {
    found.rows += rows
    if (timed < rows) found.series = false
  }
  if (objects > 0 && !isSecretPath(path.join('.')))
    found.lists.push(part(`${path.map(escaped).reduce(joined, '')}[]`, rows))
}

function countItems(cursor: JsonCursor, depth: number) {
  let rows = 0
  let objects = 0
  let timed = 0
  for (const item of cursor.items(depth)) {
    rows++
    if (item.kind !== 'object') continue
    objects++
    if (item.members.has('ts')) timed++
  }
  return { rows, objects, timed }
}

function part(id: string, rows: number): Part {
  return { id, kind: 'list', visibility: 'visible', rows }
}
