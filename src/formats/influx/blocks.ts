import type { RecordScanner } from '../csv/record-scanner.ts'
import { damaged, unsupported } from '../refusal.ts'

/** A record, as the scanner holds it; null where a quote is never closed. Only the fields looked at become texts. */
export type Fields = Pick<RecordScanner, 'count' | 'text'>

/** One table of an annotated CSV file: its header and what the annotations above it say. */
export interface Block {
  readonly names: readonly string[]
  /** Which field of a record is the first column: 1 where the annotation column stands before it. */
  readonly first: 0 | 1
  /** Fields that a record must have. */
  readonly width: number
  /** By column; null where the annotation is missing or empty. */
  readonly datatypes: readonly (string | null)[]
  readonly defaults: readonly (string | null)[]
}

interface Annotations {
  /** `#datatype string,long`: some tools put no comma behind the name, and no annotation column before the table. */
  readonly isInline: boolean
  readonly values: ReadonlyMap<string, readonly (string | null)[]>
}

const annotation = /^#(datatype|group|default|constant|timezone|concat)(?: +(.*))?$/s
/** Annotations of `influx write` that change values; no export carries them. */
const unread: readonly string[] = ['constant', 'timezone', 'concat']
const messageCharacters = 200

/**
 * Finds the tables among the records of an annotated CSV file (InfluxDB 2, "Annotated CSV"). A header stands behind
 * annotations; without them, one is known by its beginning `,result,table`, and one that repeats is skipped.
 */
export class Blocks {
  block: Block | null = null
  /** How many headers were met, repeated ones apart. */
  count = 0
  comments = 0
  private annotations: Annotations | null = null
  private header: readonly (string | null)[] = []
  private isError = false
  private isBehindBlank = false

  /** True when the record is a row of `block`. An error table, which ends what InfluxDB sent, fails the file. */
  isRow(record: Fields | null): boolean {
    const isBehindBlank = this.isBehindBlank
    this.isBehindBlank = record?.count === 1 && record.text(0) === null
    if (this.isBehindBlank) return false
    if (record !== null && this.isAnnotation(record)) return false
    if (this.isError) throw reported(record?.text(this.block?.first ?? 0) ?? null)
    if (this.isHeader(record, isBehindBlank)) {
      this.open(record)
      return false
    }
    return record === null || !(this.isSameAsHeader(record) || this.isComment(record))
  }

  /** To be called behind the last record. */
  close(): void {
    if (this.isError) throw reported(null)
    if (this.block === null) throw damaged('has no header row')
  }

  private isAnnotation(record: Fields): boolean {
    const first = record.text(0)
    const [, kind, tail] = (first?.startsWith('#') && annotation.exec(first)) || []
    if (kind === undefined) return false
    const fields = textsOf(record)
    if (unread.includes(kind)) throw unsupported(`#${kind} annotation`)
    const values = new Map(this.annotations?.values)
    values.set(kind, tail === undefined ? fields.slice(1) : [tail, ...fields.slice(1)])
    this.annotations = { isInline: tail !== undefined, values }
    return true
  }

  private isHeader(record: Fields | null, isBehindBlank: boolean): boolean {
    if (this.annotations !== null && !record?.text(0)?.startsWith('#')) return true
    if (record === null || this.isSameAsHeader(record)) return false
    if (isBehindBlank && isErrorHeader(textsOf(record))) return true
    return record.count > 2 && !record.text(0) && record.text(1) === 'result' && record.text(2) === 'table'
  }

  private open(record: Fields | null): void {
    if (record === null) throw damaged('has a header row with a quote that is never closed')
    const fields = textsOf(record)
    const first = !this.annotations?.isInline && !fields[0] && fields.length > 1 ? 1 : 0
    const columns = (kind: string) => this.annotations?.values.get(kind) ?? []
    const names = fields.slice(first).map(name => name ?? '')
    this.block = {
      names,
      first,
      width: fields.length,
      datatypes: names.map((_, i) => columns('datatype')[i] || null),
      defaults: names.map((_, i) => columns('default')[i] || null),
    }
    this.isError = isErrorHeader(names)
    this.header = fields
    this.annotations = null
    this.count++
  }

  private isSameAsHeader(record: Fields): boolean {
    return record.count === this.header.length && this.header.every((name, i) => record.text(i) === name)
  }

  /** Among annotations, and in a table with an annotation column. */
  private isComment(record: Fields): boolean {
    const isColumn = this.block?.first === 0 && this.annotations === null
    if (isColumn || !record.text(0)?.startsWith('#')) return false
    this.comments++
    return true
  }
}

export function textsOf(record: Fields): readonly (string | null)[] {
  return Array.from({ length: record.count }, (_, i) => record.text(i))
}

/** `error,reference`, with or without the annotation column. */
function isErrorHeader(fields: readonly (string | null)[]): boolean {
  const names = fields[0] ? fields : fields.slice(1)
  return names.length === 2 && names[0] === 'error' && names[1] === 'reference'
}

function reported(message: string | null) {
  const words = message ? `: ${message.slice(0, messageCharacters)}` : ''
  return damaged(`InfluxDB reported an error instead of data${words}`)
}
