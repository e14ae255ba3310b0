import { type Sql, sql } from '../sql/sql.ts'
import { type Field, isRequired } from './field.ts'
import { accepted, type StagingTables } from './staging-tables.ts'

/*
 * Spreadsheets keep 15 digits: a longer identifier comes back as 8.68533E+14, or with zeros from its 16th digit on.
 * Different devices would fall together under one key.
 */

/** True for text columns of keys and other required identifiers. */
export function mayBeRuined({ declared, rawType }: Field): boolean {
  const wasNumber = rawType === 'text' || rawType === 'number'
  return declared.type === 'text' && wasNumber && isRequired(declared) && !declared.values
}

/** True for scientific notation, as spreadsheets write it (`E+`) and as double columns read (`e+`). */
export function isScientific(value: Sql): Sql {
  return sql`(contains(${value}, 'E+') or contains(${value}, 'e+'))
    and regexp_full_match(${value}, '[0-9]([.][0-9]+)?[Ee][+][0-9]+')`
}

/**
 * Statements that refuse the rows of an identifier column in which all values of 16 and more digits end in zeros after
 * the 15th: at least two different ones, or one that occurs again with three zeros (one in a thousand of real ones does).
 */
export function zeroTailRefusals(fields: readonly Field[], tables: StagingTables): readonly Sql[] {
  return fields
    .filter(field => mayBeRuined(field) && field.expression.from.length > 0)
    .map(({ column, expression, value, taken }) => {
      const long = sql`(select ordinal, row_no, ${value} as id from ${accepted(tables)}
        where ${taken} and strlen(${value}) >= 16 and regexp_full_match(${value}, '[0-9]+'))`
      return sql`insert into ${tables.refused}
        with long as not materialized ${long}, verdict as (
          select bool_and(regexp_full_match(id, '[1-9][0-9]{14}0+'))
            and (min(id) <> max(id) or (count(*) > 1 and min(strlen(id)) >= 18)) as ruined
          from long
        )
        select ordinal, row_no, 'ruined-identifier', ${expression.from[0] ?? column}, left(id, 80)
        from long, verdict where ruined`
    })
}
