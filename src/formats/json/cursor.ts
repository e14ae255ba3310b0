/** A JSON value with its scalars as they stand in the file: no digit is lost, no key touches a prototype. */
export type JsonNode =
  | { readonly kind: 'string'; readonly text: string }
  /** A number, `true` or `false`, as written. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonNode> }

/** Where and why a text is not JSON; the words hold nothing of the text itself. */
export class JsonFault extends Error {
  constructor(what: string, at: number) {
    super(`${what} at character ${at + 1}`)
  }
}

/**
 * The keys of one object or line in the order they came. The next one mostly has the same, and then none of them has
 * to be cut out of the text and hashed again.
 */
export class KeyGuess {
  private readonly keys: (string | null)[] = []
  private at = 0

  restart(): void {
    this.at = 0
  }

  /** The key that begins behind the quote at `at` if it is the expected one; null where it is another. */
  match(text: string, at: number): string | null {
    const key = this.keys[this.at]
    if (key == null || !text.startsWith(key, at + 1)) return null
    if (text.charCodeAt(at + 1 + key.length) !== 34) return null
    this.at++
    return key
  }

  /** `key` stood where another was expected; null where it is not written as it reads. */
  correct(key: string | null): void {
    if (this.at < guessedKeys) this.keys[this.at++] = key
  }
}

const guessedKeys = 1000
const deepest = 64
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Reads JSON (RFC 8259) from left to right. Our own, because `JSON.parse` rounds numbers and overwrites repeated
 * keys, and the lossless parsers on npm build a whole document at once on objects with a prototype; this one
 * hands out the elements of a large array one by one.
 */
export class JsonCursor {
  private readonly text: string
  private readonly guess: KeyGuess
  private at = 0

  constructor(text: string, guess = new KeyGuess()) {
    this.text = text
    this.guess = guess
    guess.restart()
  }

  /** The one value that the text is. */
  whole(): JsonNode {
    const value = this.value(0)
    this.end()
    return value
  }

  /** Nothing but space may follow. */
  end(): void {
    this.space()
    if (this.at < this.text.length) throw new JsonFault('text behind the value', this.at)
  }

  /** The next character that is not space, without taking it; '' at the end. */
  peek(): string {
    this.space()
    return this.text.charAt(this.at)
  }

  value(depth: number): JsonNode {
    if (depth > deepest) throw new JsonFault(`more than ${deepest} levels`, this.at)
    switch (this.peek()) {
      case '{':
        return { kind: 'object', members: this.object(depth) }
      case '[':
        return { kind: 'array', items: this.array(depth) }
      case '"':
        return { kind: 'string', text: this.string() }
      case 't':
        return this.word('true', { kind: 'literal', text: 'true' })
      case 'f':
        return this.word('false', { kind: 'literal', text: 'false' })
      case 'n':
        return this.word('null', { kind: 'null' })
      default:
        return this.number()
    }
  }

  /** The elements of the array that begins here, one by one. */
  *items(depth: number): Generator<JsonNode> {
    this.expect('[')
    if (this.take(']')) return
    do {
      this.guess.restart()
      yield this.value(depth + 1)
    } while (this.take(','))
    this.expect(']')
  }

  /** The keys of the object that begins here; the caller reads each value before it asks for the next key. */
  *keys(): Generator<string> {
    this.expect('{')
    if (this.take('}')) return
    do yield this.key()
    while (this.take(','))
    this.expect('}')
  }

  private object(depth: number): ReadonlyMap<string, JsonNode> {
    const members = new Map<string, JsonNode>()
    this.expect('{')
    if (this.take('}')) return members
    let count = 0
    do {
      members.set(this.key(), this.value(depth + 1))
      if (members.size === count++) throw new JsonFault('a key given twice', this.at)
    } while (this.take(','))
    this.expect('}')
    return members
  }

  private array(depth: number): readonly JsonNode[] {
    const items: JsonNode[] = []
    this.expect('[')
    if (this.take(']')) return items
    do items.push(this.value(depth + 1))
    while (this.take(','))
    this.expect(']')
    return items
  }

  private key(): string {
    if (this.peek() !== '"') throw new JsonFault('a key is missing', this.at)
    const expected = this.guess.match(this.text, this.at)
    if (expected === null) return this.otherKey()
    this.at += expected.length + 2
    this.expect(':')
    return expected
  }

  private otherKey(): string {
    const start = this.at
    const key = this.string()
    const isPlain = this.at - start === key.length + 2
    this.guess.correct(isPlain ? key : null)
    this.expect(':')
    return key
  }

  private word(word: string, node: JsonNode): JsonNode {
    if (!this.text.startsWith(word, this.at)) throw new JsonFault('no value', this.at)
    this.at += word.length
    return node
  }

  private number(): JsonNode {
    number.lastIndex = this.at
    const [digits] = number.exec(this.text) ?? []
    if (digits === undefined) throw new JsonFault('no value', this.at)
    this.at += digits.length
    return { kind: 'literal', text: digits }
  }

  private string(): string {
    const start = this.at
    let escaped = false
    for (let i = start + 1; ; i++) {
      const code = this.text.charCodeAt(i)
      if (code === 34) {
        this.at = i + 1
        return escaped ? this.unescape(start) : this.text.slice(start + 1, i)
      }
      if (code === 92) {
        escaped = true
        i++
      } else if (!(code >= 32)) throw new JsonFault('a text that is not closed', i)
    }
  }

  private unescape(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string
    } catch {
      throw new JsonFault('an unknown escape', start)
    }
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.at++
    }
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false
    this.at++
    return true
  }

  private expect(character: string): void {
    if (!this.take(character)) throw new JsonFault(`${character} is missing`, this.at)
  }
}
