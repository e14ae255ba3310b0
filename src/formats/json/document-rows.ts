import { damaged } from '../refusal.ts'
import type { SecretFilter } from '../secrets.ts'
import { JsonCursor, JsonFault, type JsonNode } from './cursor.ts'
import { pageNames, type RowPath, type Step } from './path.ts'
import { asRow, type JsonRow } from './rows.ts'
import type { Shape } from './shape.ts'
import { type Branch, memberBranch, rowsBelow, rowsOf } from './walk.ts'

/**
 * The rows of a document, read from its text one by one where the path allows: a page's list, the elements of an
 * array, the series of `{}[]`. Elsewhere one element of the file is in memory at a time.
 */
export function* documentRows(
  text: string,
  root: Shape['root'],
  path: RowPath,
  secrets: SecretFilter,
): Generator<JsonRow> {
  const names = root === 'object' ? pageNames(path) : null
  try {
    const cursor = new JsonCursor(text)
    if (names !== null) yield* pageRows(cursor, names)
    else yield* sequenceRows(cursor, path.steps, secrets)
    cursor.end()
  } catch (thrown) {
    throw asRefusal(thrown)
  }
}

export function withFaults<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw asRefusal(thrown)
  }
}

function asRefusal(thrown: unknown): unknown {
  return thrown instanceof JsonFault ? damaged('not valid JSON', thrown.message) : thrown
}

/** The elements of the list that `names` lead to, under their own names; what surrounds it is passed over. */
function* pageRows(cursor: JsonCursor, [name, ...rest]: readonly string[]): Generator<JsonRow> {
  const next = cursor.peek()
  if (name === undefined && next === '[') for (const item of cursor.items(1)) yield asRow(item)
  else if (name !== undefined && next === '{')
    for (const key of cursor.keys())
      if (key === name) yield* pageRows(cursor, rest)
      else cursor.value(1)
  else cursor.value(1)
}

/** Values one behind the other; the elements of those that are arrays. */
function* sequenceRows(
  cursor: JsonCursor,
  steps: readonly Step[],
  secrets: SecretFilter,
): Generator<JsonRow> {
  do
    if (cursor.peek() === '[') for (const item of cursor.items(0)) yield* rowsOf(item, steps, secrets)
    else if (cursor.peek() === '{' && steps[0]?.kind === 'members') yield* memberRows(cursor, steps, secrets)
    else yield* rowsOf(cursor.value(0), steps, secrets)
  while (cursor.peek() !== '')
}

/** The rows of a path that begins with `{}`: member by member, and item by item where `[]` comes next. */
function* memberRows(
  cursor: JsonCursor,
  [first, second, ...rest]: readonly Step[],
  secrets: SecretFilter,
): Generator<JsonRow> {
  if (first?.kind !== 'members') return
  const seen = new Set<string>()
  const place = (key: string, node: JsonNode): Branch =>
    memberBranch({ node, layers: [], path: '' }, first.keyColumn, key)
  for (const key of cursor.keys()) {
    if (seen.has(key)) throw new JsonFault('a key given twice', 0)
    seen.add(key)
    if (secrets.drops(key)) cursor.value(1)
    else if (second?.kind === 'items' && cursor.peek() === '[')
      for (const item of cursor.items(1)) yield* rowsBelow(place(key, item), rest, secrets)
    else yield* rowsBelow(place(key, cursor.value(1)), second ? [second, ...rest] : [], secrets)
  }
}
