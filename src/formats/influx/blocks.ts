import { type CsvRecord, isBlank } from '../csv/scanner.ts'
import { damaged, unsupported } from '../refusal.ts'

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
  isRow(record: CsvRecord): boolean {
    const isBehindBlank = this.isBehindBlank
    this.isBehindBlank = isBlank(record)
    if (this.isBehindBlank) return false
    if (!record.unpaired && this.isAnnotation(record.fields)) return false
    if (this.isError) throw reported(record.fields[this.block?.first ?? 0] ?? null)
    if (this.isHeader(record, isBehindBlank)) {
      this.open(record)
      return false
    }
    return !this.isRepeated(record) && !this.isComment(record)
  }

  /** To be called behind the last record. */
  close(): void {
    if (this.isError) throw reported(null)
    if (this.block === null) throw damaged('has no header row')
  }

  private isAnnotation(fields: readonly (string | null)[]): boolean {
    const [, kind, tail] = annotation.exec(fields[0] ?? '') ?? []
    if (kind === undefined) return false
    if (unread.includes(kind)) throw unsupported(`#${kind} annotation`)
    const values = new Map(this.annotations?.values)
    values.set(kind, tail === undefined ? fields.slice(1) : [tail, ...fields.slice(1)])
    this.annotations = { isInline: tail !== undefined, values }
    return true
  }

  private isHeader({ fields, unpaired }: CsvRecord, isBehindBlank: boolean): boolean {
    if (this.annotations !== null && !(fields[0] ?? '').startsWith('#')) return true
    if (unpaired || this.isSameAsHeader(fields)) return false
    const [before, first, second] = fields
    return (!before && first === 'result' && second === 'table') || (isBehindBlank && isErrorHeader(fields))
  }

  private open({ fields, unpaired }: CsvRecord): void {
    if (unpaired) throw damaged('has a header row with a quote that is never closed')
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

  private isRepeated({ fields, unpaired }: CsvRecord): boolean {
    return !unpaired && this.isSameAsHeader(fields)
  }

  private isSameAsHeader(fields: readonly (string | null)[]): boolean {
    return fields.length === this.header.length && fields.every((field, i) => field === this.header[i])
  }

  /** Among annotations, and in a table with an annotation column. */
  private isComment({ fields }: CsvRecord): boolean {
    const isColumn = this.block?.first === 0 && this.annotations === null
    if (!fields[0]?.startsWith('#') || isColumn) return false
    this.comments++
    return true
  }
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
