/**
 * SQL as values. Text can only come from the source code of Assay, names are quoted, values become literals in
 * one place. Literals and not bound parameters, because in DuckDB-WASM only a plain statement run through
 * `send()` can be cancelled, and because the statement an auditor is shown is then complete as it stands.
 */
export class Sql {
  readonly text: string
  /** Only this file makes instances: everything else goes through the tag or `name`. */
  constructor(text: string) {
    this.text = text
  }
}

/** A value that may be spliced into a statement; arrays become `(a, b, c)` for `in`. */
export type SqlValue = string | number | bigint | boolean | null | readonly (string | number | bigint)[]

/** `sql\`select ${1} from ${name('t')}\`` */
export function sql(parts: TemplateStringsArray, ...values: readonly (Sql | SqlValue)[]): Sql {
  let text = parts[0] ?? ''
  values.forEach((value, i) => {
    text += (value instanceof Sql ? value.text : literal(value)) + (parts[i + 1] ?? '')
  })
  return new Sql(text)
}

/** A quoted identifier: table, column or `schema.table` given as several parts. */
export function name(...parts: readonly string[]): Sql {
  return new Sql(parts.map(part => `"${withoutNul(part).replaceAll('"', '""')}"`).join('.'))
}

/** Joins fragments, by default with a comma. */
export function join(
  fragments: readonly Sql[],
  separator: ', ' | ' and ' | ' or ' | ' union all by name ' | ' ' = ', ',
): Sql {
  return new Sql(fragments.map(fragment => fragment.text).join(separator))
}

export const empty = new Sql('')

function literal(value: SqlValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `'${withoutNul(value).replaceAll("'", "''")}'`
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'bigint') return value < 0n ? `(${value})` : value.toString()
  if (typeof value === 'number') return numeric(value)
  return value.length === 0 ? '(null)' : `(${value.map(literal).join(', ')})`
}

/** Negative numbers stand in brackets, so that `a -${-1}` never becomes a comment. */
function numeric(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`)
  const whole = Number.isInteger(value) && Math.abs(value) < 1e15
  const text = whole ? value.toString() : `${value.toExponential()}::double`
  return value < 0 ? `(${text})` : text
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw new RangeError('SQL text cannot hold the NUL character')
  return text
}
