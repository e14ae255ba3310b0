import type { ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { header } from '../headers.ts'
import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { TextTable } from '../text/text-table.ts'
import type { JsonNode } from './cursor.ts'
import { cellText, flatten } from './flatten.ts'

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

/** First run over the rows: the union of their columns, in the order they are met. */
export class JsonColumns {
  readonly secrets = new SecretFilter()
  private readonly index = new Map<string, number>()

  note(row: JsonRow): void {
    if (!('layers' in row)) return
    this.visit(row.layers, path => {
      if (this.index.has(path)) return
      if (this.index.size >= limits.columns) throw overLimit('columns', this.index.size + 1, limits.columns)
      this.index.set(path, this.index.size)
    })
  }

  /** The columns as the engine can hold them. */
  header() {
    if (this.index.size === 0) throw damaged('no row has a value')
    return header([...this.index.keys()])
  }

  /** The values of a row in column order; null when two of its paths are the same. */
  values(layers: readonly Layer[]): readonly (string | null | undefined)[] | null {
    const values = new Array<string | null | undefined>(this.index.size)
    let twice = false
    this.visit(layers, (path, node) => {
      const column = this.index.get(path)
      if (column === undefined) throw damaged('the file changed while it was read', `column ${path}`)
      twice ||= values[column] !== undefined
      values[column] = cellText(node, path, this.secrets)
    })
    return twice ? null : values
  }

  private visit(layers: readonly Layer[], visit: (path: string, node: JsonNode) => void): void {
    for (const { path, node, except } of layers)
      if (node.kind === 'object') flatten(node.members, this.secrets, visit, path, except)
      else visit(path, node)
  }
}

/** Second run: rows into chunks, everything else into rejects. */
export class JsonRun {
  readonly table: TextTable
  private readonly account = new Account()
  private readonly columns: JsonColumns
  private readonly doubts
  private row = 0

  constructor(columns: JsonColumns) {
    const { names, doubts } = columns.header()
    this.columns = columns
    this.table = new TextTable(names)
    this.doubts = doubts
  }

  take(row: JsonRow): void {
    this.row++
    const values = 'layers' in row ? this.columns.values(row.layers) : null
    if (values !== null) {
      this.table.add(this.row, values)
      this.account.rowsSent++
    } else if ('fault' in row) this.account.reject(this.row, row.fault, row.column, row.detail)
    else this.account.reject(this.row, 'not-json', null, 'two values under one path')
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
    const values = 'layers' in row ? columns.values(row.layers) : null
    if (values !== null) shown.push(Array.from(values, value => value ?? null))
    if (shown.length >= limits.previewRows) break
  }
  return shown
}
