import type { ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { header } from '../headers.ts'
import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { TextTable } from '../text/text-table.ts'
import type { JsonNode } from './cursor.ts'
import { cellText, flatten, PathNode } from './flatten.ts'

/** A part of a row: the members of an object below `path` without the one called `except`, or one value at `path`. */
export interface Layer {
  readonly path: string
  readonly node: JsonNode
  readonly except?: string
}

/** What one element or line turned out to be. */
export type JsonRow = { readonly layers: readonly Layer[] } | JsonReject

export interface JsonReject {
  readonly fault: 'not-json' | 'not-an-object'
  /** The path that led nowhere. */
  readonly column: string | null
  readonly detail: string
}

/** The cells of a row in column order, absent ones left out at will; or why there are none. */
export type Outcome = readonly (string | null | undefined)[] | JsonReject

/** The union of the columns of all rows, in the order they are met. */
export class JsonColumns {
  readonly secrets = new SecretFilter()
  private readonly names: string[] = []
  private readonly index = new Map<string, number>()
  /** By the path of a layer. */
  private readonly paths = new Map<string, PathNode>()

  /** Only takes the row's columns in. */
  note(row: JsonRow): void {
    if ('layers' in row) this.visit(row.layers, path => this.column(path))
  }

  /** The columns as the engine can hold them. */
  header() {
    if (this.names.length === 0) throw damaged('no row has a value')
    return header(this.names)
  }

  get count(): number {
    return this.names.length
  }

  /** Takes the row's columns in, and gives its cells; a row with two values under one path is none. */
  outcome(row: JsonRow): Outcome {
    if ('fault' in row) return row
    const values = new Array<string | null | undefined>(this.names.length)
    let twice = false
    this.visit(row.layers, (path, node) => {
      const column = this.column(path)
      twice ||= values[column] !== undefined
      values[column] = cellText(node, path.path, this.secrets)
    })
    return twice ? { fault: 'not-json', column: null, detail: 'two values under one path' } : values
  }

  private column(path: PathNode): number {
    if (path.column >= 0) return path.column
    const known = this.index.get(path.path)
    const column = known ?? this.names.length
    if (known === undefined) {
      if (column >= limits.columns) throw overLimit('columns', column + 1, limits.columns)
      this.index.set(path.path, column)
      this.names.push(path.path)
    }
    path.column = column
    return column
  }

  private visit(layers: readonly Layer[], visit: (path: PathNode, node: JsonNode) => void): void {
    for (const { path, node, except } of layers) {
      const at = this.pathAt(path)
      if (node.kind === 'object') flatten(node.members, at, visit, except)
      else visit(at, node)
    }
  }

  private pathAt(path: string): PathNode {
    const known = this.paths.get(path)
    if (known !== undefined) return known
    const node = new PathNode(path, this.secrets)
    this.paths.set(path, node)
    return node
  }
}

/** Rows into chunks, everything else into rejects, once all columns are known. */
export class JsonRun {
  readonly table: TextTable
  private readonly account = new Account()
  private readonly columns: JsonColumns
  private readonly known: number
  private readonly doubts
  private row = 0

  constructor(columns: JsonColumns) {
    const { names, doubts } = columns.header()
    this.columns = columns
    this.known = columns.count
    this.table = new TextTable(names)
    this.doubts = doubts
  }

  take(row: JsonRow): void {
    this.put(this.columns.outcome(row))
    if (this.columns.count > this.known) throw damaged('the file changed while it was read', 'a new column')
  }

  put(outcome: Outcome): void {
    this.row++
    if ('fault' in outcome) this.account.reject(this.row, outcome.fault, outcome.column, outcome.detail)
    else {
      this.table.add(this.row, outcome)
      this.account.rowsSent++
    }
  }

  close(sha256: string, bytes: number, doubts: ReadSummary['doubts']): ReadSummary {
    const droppedSecrets = this.columns.secrets.dropped
    return this.account.close(sha256, bytes, { droppedSecrets, doubts: [...doubts, ...this.doubts] })
  }
}

/** An element that is a row with its members under their own names. */
export function asRow(node: JsonNode): JsonRow {
  if (node.kind === 'object') return { layers: [{ path: '', node }] }
  return { fault: 'not-an-object', column: null, detail: node.kind }
}

/** The first rows as `inspect` shows them. */
export function previewRows(
  rows: Iterable<JsonRow>,
  columns: JsonColumns,
): readonly (readonly (string | null)[])[] {
  const shown: (string | null)[][] = []
  for (const row of rows) {
    const cells = columns.outcome(row)
    if (!('fault' in cells)) shown.push(Array.from({ length: columns.count }, (_, i) => cells[i] ?? null))
    if (shown.length >= limits.previewRows) break
  }
  return shown
}
