/** The type of a field, in the words of InfluxDB's `#datatype`. */
export type FieldType = 'double' | 'long' | 'unsignedLong' | 'boolean' | 'string'

export interface Field {
  readonly key: string
  /** As written, without the suffix of an integer and without quotes and escapes of a text. */
  readonly value: string
  readonly type: FieldType
}

/** One line of line protocol. */
export interface Point {
  readonly measurement: string
  readonly tags: ReadonlyMap<string, string>
  readonly fields: readonly Field[]
  /** Digits as written; null where the line has none. */
  readonly time: string | null
}

/** Where and why a line is no line protocol; the words hold nothing of the line itself. */
export class PointFault extends Error {
  /** Where reading stopped. */
  readonly at: number
  constructor(what: string, at: number) {
    super(what)
    this.at = at
  }
}

const code = { lineFeed: 10, carriageReturn: 13, space: 32, quote: 34, comma: 44, equals: 61, backslash: 92 }
const numbers: readonly (readonly [RegExp, FieldType])[] = [
  [/^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/, 'double'],
  [/^-?\d+i$/, 'long'],
  [/^\d+u$/, 'unsignedLong'],
  [/^([tT]|true|True|TRUE|[fF]|false|False|FALSE)$/, 'boolean'],
]

/**
 * Reads points of line protocol by InfluxData's grammar (line-protocol.ebnf) and the server's rules of escaping: a
 * backslash stands for nothing but before a comma, space or equals sign (in a measurement: comma or space; in a
 * text: quote or backslash), elsewhere it is a character like any other.
 */
export class PointCursor {
  at: number
  private readonly text: string

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  /** The point that begins here; leaves `at` behind its line end. A text may go over several lines. */
  point(): Point {
    this.spaces()
    const measurement = this.name('measurement', false).replaceAll(/\\([, ])/g, '$1')
    const tags = this.tags()
    if (this.spaces() === 0) throw this.fault('a space before the fields is missing')
    const fields = this.fields()
    const time = this.spaces() === 0 ? null : this.time()
    this.lineEnd()
    return { measurement, tags, fields, time }
  }

  private tags(): ReadonlyMap<string, string> {
    const tags = new Map<string, string>()
    while (this.take(code.comma)) {
      const key = this.key('tag')
      if (tags.has(key)) throw this.fault('a tag given twice')
      tags.set(key, unescaped(this.name('tag value', true)))
    }
    return tags
  }

  private fields(): readonly Field[] {
    const fields: Field[] = []
    const keys = new Set<string>()
    do {
      const key = this.key('field')
      if (keys.has(key)) throw this.fault('a field given twice')
      keys.add(key)
      fields.push({ key, ...this.value() })
    } while (this.take(code.comma))
    return fields
  }

  private key(what: string): string {
    const key = unescaped(this.name(`${what} key`, true))
    if (!this.take(code.equals)) throw this.fault(`an equals sign behind a ${what} key is missing`)
    return key
  }

  /** Characters up to a comma, a space, a control character or, in tags and fields, an equals sign. */
  private name(what: string, endsAtEquals: boolean): string {
    const start = this.at
    for (;;) {
      const next = this.text.charCodeAt(this.at)
      if (next === code.backslash) this.escape()
      else if (isNameEnd(next) || (endsAtEquals && next === code.equals)) break
      else this.at++
    }
    if (this.at === start) throw this.fault(`a ${what} is missing`)
    return this.text.slice(start, this.at)
  }

  /** Backslashes and the character that they stand before, whatever it is. */
  private escape(): void {
    while (this.text.charCodeAt(this.at) === code.backslash) this.at++
    if (isControl(this.text.charCodeAt(this.at))) throw this.fault('a name ends in a backslash')
    this.at++
  }

  private value(): Omit<Field, 'key'> {
    if (this.text.charCodeAt(this.at) === code.quote) return { value: this.string(), type: 'string' }
    const start = this.at
    while (!isNameEnd(this.text.charCodeAt(this.at))) this.at++
    const written = this.text.slice(start, this.at)
    const type = numbers.find(([pattern]) => pattern.test(written))?.[1]
    if (type === undefined) throw this.fault('a field value of no known type')
    return { value: type.endsWith('ong') ? written.slice(0, -1) : written, type }
  }

  private string(): string {
    const start = this.at + 1
    for (this.at = start; this.at < this.text.length; this.at++) {
      const next = this.text.charCodeAt(this.at)
      if (next === code.backslash) this.at++
      else if (next === code.quote) {
        const content = this.text.slice(start, this.at++)
        return content.includes('\\') ? content.replaceAll(/\\(["\\])/g, '$1') : content
      }
    }
    this.at = this.text.length
    throw this.fault('a text is not closed')
  }

  private time(): string | null {
    const start = this.at
    while (!isNameEnd(this.text.charCodeAt(this.at))) this.at++
    const written = this.text.slice(start, this.at)
    if (written !== '' && !/^-?\d+$/.test(written)) throw this.fault('a time that is not a whole number')
    this.spaces()
    return written === '' ? null : written
  }

  private lineEnd(): void {
    this.take(code.carriageReturn)
    if (this.at < this.text.length && !this.take(code.lineFeed))
      throw this.fault('more than a point on one line')
  }

  /** How many there are. */
  private spaces(): number {
    const start = this.at
    while (this.text.charCodeAt(this.at) === code.space) this.at++
    return this.at - start
  }

  private take(character: number): boolean {
    if (this.text.charCodeAt(this.at) !== character) return false
    this.at++
    return true
  }

  private fault(what: string): PointFault {
    return new PointFault(what, this.at)
  }
}

function unescaped(name: string): string {
  return name.includes('\\') ? name.replaceAll(/\\([, =])/g, '$1') : name
}

function isNameEnd(character: number): boolean {
  return character === code.comma || character === code.space || isControl(character)
}

/** Also true at the end of the text. */
function isControl(character: number): boolean {
  return !(character >= 32) || character === 127
}
