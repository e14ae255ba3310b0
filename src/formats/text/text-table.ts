import { batchRows, ChunkWriter } from '../arrow/chunks.ts'
import { TextColumn } from '../arrow/text-column.ts'
import { int64Vector } from '../arrow/text-vector.ts'
import type { ArrowField, Vector } from '../arrow/type.ts'

/** Cells and bytes after which a batch is closed, whatever its rows. */
const batchCells = 4_000_000
const batchBytes = 16 * 2 ** 20

/** Rows of text on their way into chunks: `row_no` (int64), then one utf8 column per name. */
export class TextTable {
  /** Give each exactly one value, then `endRow`; or give all at once to `add`. */
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
    this.endRow(row, bytes)
  }

  /** `bytes`: about how much the row holds. */
  endRow(row: number, bytes: number): void {
    this.rowNumbers.push(row)
    this.bytes += bytes
    const rows = this.rowNumbers.length
    if (rows >= batchRows || rows * this.columns.length >= batchCells || this.bytes >= batchBytes)
      this.closeBatch()
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
