import type { Merge } from '../grid/layout.ts'
import { damaged } from '../refusal.ts'
import type { Book } from './book.ts'
import { type Flaw, isRuined, numberText, type SheetRow } from './cell.ts'
import { isoText } from './serial.ts'
import { unescaped } from './shared-strings.ts'
import { attribute } from './xml.ts'

/** What Excel allows; beyond, the file is damaged or hostile. */
const mostRows = 1_048_576
const mostColumns = 16_384
const mostMerges = 1_000_000

const longInteger = /^-?[1-9]\d{15,38}$/

/** Turns the tags of one worksheet into rows (ECMA-376 part 1, 18.3.1). */
export class SheetVisitor {
  wantsText = false
  readonly merges: Merge[] = []
  private rows: SheetRow[] = []
  private row = -1
  private column = -1
  private cells: (string | null)[] = []
  private flaws: Flaw[] = []
  private type = 'n'
  private style = 0
  private value = ''
  private hasValue = false
  private hasFormula = false
  private phonetic = 0
  private readonly book: Book
  private readonly strings: readonly string[]
  private readonly wantsValues: () => boolean

  /** While `wantsValues` is false, numbers are marked as present instead of being written out. */
  constructor(book: Book, strings: readonly string[], wantsValues: () => boolean) {
    this.book = book
    this.strings = strings
    this.wantsValues = wantsValues
  }

  /** The rows that were finished since the last call. */
  take(): readonly SheetRow[] {
    const taken = this.rows
    this.rows = []
    return taken
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes)
    else if (name === 'v') this.wantsText = true
    else if (name === 't') this.wantsText = this.type === 'inlineStr' && this.phonetic === 0
    else if (name === 'row') this.openRow(attributes)
    else if (name === 'f') this.hasFormula = true
    else if (name === 'rPh') this.phonetic++
    else if (name === 'mergeCell') this.merge(attribute(attributes, 'ref') ?? '')
  }

  text(text: string): void {
    this.value += text
    this.hasValue = true
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.wantsText = false
    else if (name === 'c') this.closeCell()
    else if (name === 'row') this.closeRow()
    else if (name === 'rPh') this.phonetic--
  }

  private openRow(attributes: string): void {
    const given = attribute(attributes, 'r')
    const row = given === null ? this.row + 1 : Number(given) - 1
    if (!Number.isInteger(row) || row < 0 || row >= mostRows)
      throw damaged('a row number is out of range', `row ${given ?? row + 1}`)
    if (row <= this.row) throw damaged('the rows are not in order', `row ${row + 1}`)
    this.row = row
    this.column = -1
    this.cells = []
    this.flaws = []
  }

  private closeRow(): void {
    this.rows.push({ index: this.row, cells: this.cells, flaws: this.flaws })
  }

  private openCell(attributes: string): void {
    const { column, type, style } = cellAttributes(attributes)
    this.column = column ?? this.column + 1
    if (this.column < 0 || this.column >= mostColumns)
      throw damaged('a column is out of range', `row ${this.row + 1}`)
    this.type = type
    this.style = style
    this.value = ''
    this.hasValue = false
    this.hasFormula = false
  }

  private closeCell(): void {
    const { cells, column } = this
    const text = this.cellText()
    if (text === null || text === '') return
    while (cells.length < column) cells.push(null)
    cells[column] = text
  }

  private cellText(): string | null {
    if (this.type === 'e' || (this.hasFormula && !this.hasValue && this.type !== 'str')) {
      this.flaws.push({ column: this.column, kind: 'formula-errors' })
      return null
    }
    if (!this.hasValue) return null
    switch (this.type) {
      case 's':
        return this.shared()
      case 'str':
      case 'inlineStr':
        return unescaped(this.value)
      case 'b':
        return /^\s*(?:1|true)\s*$/.test(this.value) ? 'true' : 'false'
      case 'd':
        return isoText(this.value, this.book.formats[this.style] ?? null)
      default:
        return this.number()
    }
  }

  private shared(): string {
    const text = this.strings[Number(this.value)]
    if (text === undefined) throw damaged('a cell points to a text that is missing', `row ${this.row + 1}`)
    return text
  }

  private number(): string | null {
    const value = Number(this.value)
    if (this.value.trim() === '') return null
    if (!Number.isFinite(value)) throw damaged('a number is not readable', `row ${this.row + 1}`)
    const format = this.book.formats[this.style] ?? null
    if (format === null && isRuined(value))
      this.flaws.push({ column: this.column, kind: 'ruined-identifiers' })
    if (!this.wantsValues()) return '#'
    // Some programs (excelize) write every digit, also of integers that a double does not hold.
    if (format === null && longInteger.test(this.value)) return this.value
    return numberText(value, format, this.book.is1904)
  }

  private merge(reference: string): void {
    const [from = '', to = from] = reference.replaceAll('$', '').split(':')
    const merge = { top: rowOf(from), left: columnOf(from), bottom: rowOf(to), right: columnOf(to) }
    if (Object.values(merge).some(Number.isNaN) || merge.top < 0 || merge.left < 0)
      throw damaged('a merged cell has no place', reference.slice(0, 40))
    if (this.merges.length >= mostMerges) throw damaged('too many merged cells')
    this.merges.push(merge)
  }
}

/** ` r="B2" s="1" t="s"`; a loop, because it runs for every cell: `attribute` takes three times as long. */
function cellAttributes(text: string) {
  let column: number | null = null
  let type = 'n'
  let style = 0
  for (let at = 0; ; ) {
    const equals = text.indexOf('=', at)
    if (equals < 0) return { column, type, style }
    const start = quoteFrom(text, equals + 1)
    const end = start < 0 ? -1 : text.indexOf(text[start] ?? '"', start + 1)
    if (end < 0) return { column, type, style }
    const name = text.slice(at, equals).trim()
    if (name === 'r') column = columnOf(text, start + 1)
    else if (name === 't') type = text.slice(start + 1, end)
    else if (name === 's') style = Number(text.slice(start + 1, end))
    at = end + 1
  }
}

function quoteFrom(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34 || code === 39) return i
  }
  return -1
}

/** `AB12` -> 27; -1 where there are no letters. */
function columnOf(reference: string, from = 0): number {
  let column = 0
  for (let i = from; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0]) - 1
}
