import { type Header, header } from '../headers.ts'
import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import type { Block } from './blocks.ts'

/** Where the columns of one table go. */
interface Places {
  /** By column of the table; null for one that is secret. */
  readonly columns: readonly (number | null)[]
  readonly field: number
  readonly value: number
}

/** The columns of all tables of a file: a name that a table bears twice is two columns. */
export class BlockColumns {
  readonly secrets = new SecretFilter()
  private readonly index = new Map<string, number>()
  private readonly names: string[] = []
  private hasTypes = false
  private latest: { readonly block: Block; readonly places: Places } | null = null

  /** Takes over the columns of a table. */
  note(block: Block): void {
    this.placesOf(block)
  }

  /** With `_datatype` as the last where a table says what its `_value` is. */
  header(): Header {
    if (this.names.length === 0) throw damaged('every column holds credentials; nothing is left to read')
    return header(this.hasTypes ? [...this.names, '_datatype'] : this.names)
  }

  /** A row in the order of the header. An empty field becomes the table's default. */
  values(block: Block, fields: readonly (string | null)[]): (string | null)[] {
    const { columns, field, value } = this.placesOf(block)
    const row = new Array<string | null>(this.names.length + (this.hasTypes ? 1 : 0)).fill(null)
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] ?? null
      if (column === null) continue
      const given = fields[i + block.first] || (block.defaults[i] ?? fields[i + block.first] ?? null)
      row[column] = given === null ? null : this.secrets.scrub(block.names[i] ?? '', given)
    }
    if (this.hasTypes) row[this.names.length] = block.datatypes[value] ?? null
    const measured = columns[field] == null ? null : row[columns[field]]
    const target = columns[value]
    if (measured != null && target != null && this.secrets.drops(measured)) row[target] = null
    return row
  }

  private placesOf(block: Block): Places {
    if (this.latest?.block !== block) this.latest = { block, places: this.place(block) }
    return this.latest.places
  }

  private place(block: Block): Places {
    const seen = new Map<string, number>()
    const columns = block.names.map(name => {
      const nth = (seen.get(name) ?? 0) + 1
      seen.set(name, nth)
      return this.secrets.drops(name) ? null : this.column(name, nth)
    })
    const [field, value] = [block.names.indexOf('_field'), block.names.indexOf('_value')]
    this.hasTypes ||= value >= 0 && block.datatypes[value] != null
    return { columns, field, value }
  }

  private column(name: string, nth: number): number {
    const key = `${nth}\0${name}`
    const known = this.index.get(key)
    if (known !== undefined) return known
    if (this.names.length >= limits.columns) throw overLimit('columns', this.names.length + 1, limits.columns)
    this.index.set(key, this.names.length)
    return this.names.push(name) - 1
  }
}
