import type { Doubt, ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { type Header, header } from '../headers.ts'
import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { TextTable } from '../text/text-table.ts'
import type { Field, Point } from './point.ts'
import type { Line } from './points.ts'

const fixed = ['measurement', 'time', 'field', 'value', 'datatype'] as const

/** The columns of a file: five of every point's own, then one per tag in the order in which they are met. */
export class PointColumns {
  readonly secrets = new SecretFilter()
  private readonly index = new Map<string, number>()
  private points = 0

  note({ tags }: Point): void {
    this.points++
    for (const key of tags.keys()) {
      if (this.index.has(key) || this.secrets.drops(key)) continue
      const columns = fixed.length + this.index.size + 1
      if (columns > limits.columns) throw overLimit('columns', columns, limits.columns)
      this.index.set(key, columns - 1)
    }
  }

  header(): Header {
    if (this.points === 0) throw damaged('no line is a point')
    return header([...fixed, ...this.index.keys()])
  }

  /** One row per field; fields whose key names a credential make none. */
  rows(point: Point): readonly (readonly (string | null)[])[] {
    const tags = this.tagValues(point)
    return point.fields
      .filter(({ key }) => !this.secrets.drops(key))
      .map(field => [point.measurement, point.time, field.key, this.value(field), field.type, ...tags])
  }

  private value({ key, value, type }: Field): string {
    return type === 'string' ? this.secrets.scrub(key, value) : value
  }

  private tagValues({ tags }: Point): readonly (string | null)[] {
    const values = new Array<string | null>(this.index.size).fill(null)
    for (const [key, value] of tags) {
      if (this.secrets.drops(key)) continue
      const column = this.index.get(key)
      if (column === undefined) throw damaged('the file changed while it was read')
      values[column - fixed.length] = this.secrets.scrub(key, value)
    }
    return values
  }
}

/**
 * Second run: fields into rows, lines that are no points into rejects. Rows sent are numbered on their own, one per
 * field; a reject bears the number of its line, blank lines and comments apart.
 */
export class PointRun {
  readonly table: TextTable
  private readonly account = new Account()
  private readonly columns: PointColumns
  private readonly doubts: readonly Doubt[]
  private line = 0

  constructor(columns: PointColumns) {
    const { names, doubts } = columns.header()
    this.columns = columns
    this.table = new TextTable(names)
    this.doubts = doubts
  }

  take(line: Line): void {
    this.line++
    if ('fault' in line) this.account.reject(this.line, 'not-line-protocol', null, line.fault)
    else for (const row of this.columns.rows(line.point)) this.table.add(++this.account.rowsSent, row)
  }

  close(sha256: string, bytes: number, doubts: readonly Doubt[]): ReadSummary {
    const droppedSecrets = this.columns.secrets.dropped
    return this.account.close(sha256, bytes, { droppedSecrets, doubts: [...doubts, ...this.doubts] })
  }
}
