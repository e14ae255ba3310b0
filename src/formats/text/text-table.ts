import { batchRows, ChunkWriter } from '../arrow/chunks.ts'
import { type Ranges, TextColumn } from '../arrow/text-column.ts'
import { int64Vector } from '../arrow/text-vector.ts'
import type { ArrowField, Vector } from '../arrow/type.ts'

/** Cells and bytes after which a batch is closed, whatever its rows. */
const batchCells = 4_000_000
const batchBytes = 16 * 2 ** 20

/** Rows of text on their way into chunks: `row_no` (int64), then one utf8 column per name. */
export class TextTable {
  readonly columns: readonly TextColumn[]
  private readonly writer: ChunkWriter
  private rowNumbers: number[] = []
  private bytes = 0
  private sent = false

  constructor(names: readonly string[]) {
    this.writer = new ChunkWriter([rowNumber, ...names.map(textField)], noDictionary)
    this.columns = names.map(() => new TextColumn())
  }

  /** `values` in column order; a column without a value is null. */
  add(row: number, values: readonly (string | null | undefined)[]): void {
    let bytes = 0
    for (let i = 0; i < this.columns.length; i++) {
      const value = values[i] ?? null
      if (value === null) this.columns[i]?.addNull()
      else {
        this.columns[i]?.addText(value)
        bytes += value.length
      }
    }
    this.rowNumbers.push(row)
    this.bytes += bytes
    this.closeFull()
  }

  /** How many rows the batch that is open still takes. */
  get room(): number {
    return Math.min(batchRows, Math.ceil(batchCells / this.columns.length)) - this.rowNumbers.length
  }

  /** At most `room` rows: their fields in row order. */
  addRanges(rows: readonly number[], ranges: Ranges): void {
    let bytes = 0
    for (const [i, column] of this.columns.entries()) {
      column.addRanges(ranges, i, this.columns.length, rows.length)
      bytes += column.bytes
    }
    for (const row of rows) this.rowNumbers.push(row)
    this.bytes = bytes
    this.closeFull()
  }

  private closeFull(): void {
    if (this.room <= 0 || this.bytes >= batchBytes) this.closeBatch()
  }

  /** A chunk once enough rows are there, else null. */
  ready(): Uint8Array | null {
    return this.writer.isFull ? this.take() : null
  }

  /** What is left; a table without rows gives one chunk with the schema. */
  last(): Uint8Array | null {
    if (this.rowNumbers.length > 0 || !(this.sent || this.writer.pending)) this.closeBatch()
    return this.writer.pending ? this.take() : null
  }

  private take(): Uint8Array {
    this.sent = true
    return this.writer.take()
  }

  private closeBatch(): void {
    const vectors = [int64Vector(this.rowNumbers), ...this.columns.map(column => column.take())]
    this.writer.add({ rows: this.rowNumbers.length, vectors })
    this.rowNumbers = []
    this.bytes = 0
  }
}

const rowNumber: ArrowField = {
  name: 'row_no',
  nullable: false,
  type: { kind: 'int', bits: 64, signed: true },
  children: [],
  dictionary: null,
}

function textField(name: string): ArrowField {
  return { name, nullable: true, type: { kind: 'utf8' }, children: [], dictionary: null }
}

function noDictionary(id: bigint): Vector {
  throw new Error(`text columns have no dictionary ${id}`)
}
