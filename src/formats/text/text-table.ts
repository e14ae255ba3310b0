import { batchRows, ChunkWriter } from '../arrow/chunks.ts'
import { int64Vector, textVector } from '../arrow/text-vector.ts'
import type { ArrowField, Vector } from '../arrow/type.ts'

/** Cells and characters after which a batch is closed, whatever its rows. */
const batchCells = 4_000_000
const batchCharacters = 16 * 2 ** 20

/** Rows of text on their way into chunks: `row_no` (int64), then one utf8 column per name. */
export class TextTable {
  private readonly writer: ChunkWriter
  private readonly columns: (string | null)[][]
  private rowNumbers: number[] = []
  private characters = 0
  private sent = false

  constructor(names: readonly string[]) {
    this.writer = new ChunkWriter([rowNumber, ...names.map(textField)], noDictionary)
    this.columns = names.map(() => [])
  }

  /** `values` in column order; a column without a value is null. */
  add(row: number, values: readonly (string | null | undefined)[]): void {
    this.rowNumbers.push(row)
    for (let i = 0; i < this.columns.length; i++) {
      const value = values[i] ?? null
      this.columns[i]?.push(value)
      if (value !== null) this.characters += value.length
    }
    if (this.isFull()) this.closeBatch()
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

  private isFull(): boolean {
    const rows = this.rowNumbers.length
    return rows >= batchRows || rows * this.columns.length >= batchCells || this.characters >= batchCharacters
  }

  private closeBatch(): void {
    const vectors = [int64Vector(this.rowNumbers), ...this.columns.map(textVector)]
    this.writer.add({ rows: this.rowNumbers.length, vectors })
    this.rowNumbers = []
    this.characters = 0
    for (const column of this.columns) column.length = 0
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
