import type { Dialect } from '../domain/file.ts'
import { type Sql, sql } from '../sql/sql.ts'

/*
 * Shapes are checked before every cast, because DuckDB's own also takes `1_000`, `inf` and `nan` and rounds `12.5`.
 * The plain shapes come first: what needs rewriting (thousands separators, full-width digits) costs only its own rows.
 */

const exponent = '([eE][+-]?[0-9]+)?'
const plainNumber = {
  '.': `[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)${exponent}`,
  ',': `[+-]?[0-9]+${exponent}`,
} as const
const plainInteger = { '.': '[+-]?[0-9]+([.]0*)?', ',': '[+-]?[0-9]+' } as const

/** Groups of three behind the first digits, which are not zero: `0,125` is no number of thousands. */
const grouped = (separator: string) => `[1-9][0-9]{0,2}(${separator}[0-9]{3})+`
const whole = {
  '.': `(${[',', ' ', "'"].map(grouped).join('|')}|[0-9]+)`,
  ',': `(${['[.]', ' ', "'"].map(grouped).join('|')}|[0-9]+)`,
} as const
const localNumber = {
  '.': `[+-]?(${whole['.']}[.]?[0-9]*|[.][0-9]+)${exponent}`,
  ',': `[+-]?(${whole[',']},?[0-9]*|,[0-9]+)${exponent}`,
} as const
const localInteger = { '.': `[+-]?${whole['.']}([.]0*)?`, ',': `[+-]?${whole[',']}(,0*)?` } as const

/** Full-width forms, the minus sign, and the blanks and apostrophes that part thousands, with what they stand for. */
const variants = '０１２３４５６７８９．，＋－−\u00a0\u2009\u202f\u3000’'
const standards = "0123456789.,+--    '"

/**
 * The finite double that a text says, null where it says none. Thousands may be parted in well-formed groups of three,
 * by a blank, an apostrophe, or whichever of point and comma is not the decimal mark: `1,234.5`, `1.234,56`, `1 234,5`.
 */
export function textToNumber(text: Sql, decimal: Dialect['decimal']): Sql {
  const local = standardised(text)
  return sql`case
    when regexp_full_match(${text}, ${plainNumber[decimal]}) then ${finite(text)}
    when regexp_full_match(${local}, ${localNumber[decimal]}) then ${finite(plain(local, decimal))}
  end`
}

/** The 64-bit integer that a text says, thousands parted as above; a fraction must be zero. */
export function textToInteger(text: Sql, decimal: Dialect['decimal']): Sql {
  const local = standardised(text)
  return sql`case
    when regexp_full_match(${text}, ${plainInteger[decimal]}) then ${integral(text)}
    when regexp_full_match(${local}, ${localInteger[decimal]}) then ${integral(plain(local, decimal))}
  end`
}

function standardised(text: Sql): Sql {
  return sql`trim(translate(${text}, ${variants}, ${standards}))`
}

/** Without separators of thousands, and with a decimal point. */
function plain(local: Sql, decimal: Dialect['decimal']): Sql {
  return decimal === '.' ? sql`translate(${local}, ${", '"}, '')` : sql`translate(${local}, ${",. '"}, '.')`
}

function finite(text: Sql): Sql {
  return sql`case when isfinite(try_cast(${text} as double)) then cast(${text} as double) end`
}

function integral(text: Sql): Sql {
  return sql`try_cast(split_part(${text}, '.', 1) as bigint)`
}
