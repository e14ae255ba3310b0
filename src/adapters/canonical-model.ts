import {
  type CanonicalColumn,
  type CanonicalName,
  canonicalNames,
  canonicalTable,
  keyColumns,
  type Reference,
} from '../domain/canonical.ts'

/** The canonical model as a page of Markdown in both languages, made from its declaration. */
export function canonicalModel(): string {
  return `# Canonical model

What every export is turned into before anything is computed. Made from \`src/domain/canonical.ts\`; renew it with
\`npx vitest run src/adapters/canonical-model.test.ts -u\`.

- Every stored row also carries \`file_id\` (the file it came from) and \`row_no\` (1 = first data row of that file).
- Identifiers are text, always. Times are UTC with microseconds; money is in 元.
- A coded value may be given as the value itself or as either of its names, in any case, and as any name that a person
  or the table \`alias\` gave a value.
- A province may be given as a code of 2, 6 or 12 digits, as \`CN-GD\`, or as a short or official name in Chinese, English
  or pinyin, also at the beginning of a Chinese address. \`shanxi\` is 山西 or 陕西: a person decides.
- An industry may be given as a code of GB/T 4754-2017 (\`38\`, \`C38\`, \`3812\`) or as a name; its division is stored.
- In columns marked "unknown: absent" a name that is not known becomes absent and is counted as unresolved, because it
  must not lose a device; in other coded columns it rejects the row.
- A time is read as ISO 8601 (\`-\` or \`/\` between date parts, \`T\` or a blank before the time), as \`YYYYMMDD\` or
  \`YYYYMMDDhhmmss\`, or as an epoch number: 9 to 11 digits are seconds, 12 to 14 milliseconds, 15 to 17 microseconds,
  more are nanoseconds; also as \`2026年6月3日 8时5分\`, \`2026.6.3\` or \`Wed, 03 Jun 2026 08:05:06 GMT\`, never as
  \`03/06/2026\`. Without an offset it is in the zone assumed for the file. Digits beyond the microsecond are cut.
- A month is stored as its first day, whatever day of it is given: \`2026-06\`, \`2026-06-17\` and \`2026-06-30\` are one month, and
  rows of it with the same key are duplicates. Days that were not the first are counted and said.
- 0001-01-01, 9999-12-31 and 1970-01-01 00:00:00, also as epoch numbers in any unit, stand for "no time" and become absent.
- Numbers are decimals (\`1234.5\`, \`1.2e3\`; counts without a fraction) with the decimal mark of the file. Thousands may be
  parted in groups of three by a blank, an apostrophe or the other mark (\`1,234.5\`, \`1.234,5\`); full-width digits count.
  Booleans are true/false, 1/0, yes/no, 是/否.
- An identifier that a spreadsheet has ruined is no key: \`8.68533E+14\`, or a column in which all identifiers of 16 and
  more digits end in zeros after the 15th.
- Of rows with the same key the first sound one stays. What a row refers to (→) may be missing: that is counted, not
  refused.
- A row that breaks a rule is a reject with its reason. Rows read = rows accepted + rows rejected.
${canonicalNames.map(section).join('')}`
}

function section(table: CanonicalName): string {
  const { name, grain, columns, references = [] } = canonicalTable(table)
  const keys = keyColumns(table).map(code)
  return `
## ${table}: ${name.en} / ${name.zh}

One row is ${grain.en} / ${grain.zh}. Key: ${keys.length > 0 ? keys.join(', ') : '`file_id`, `row_no`'}.${references.map(reference).join('')}

| column | name | type | rules |
|---|---|---|---|
${Object.entries(columns).map(row).join('\n')}
`
}

function reference({ table, columns, where = {} }: Reference): string {
  const own = Object.keys(columns).map(code).join(', ')
  const only = Object.entries(where).map(([column, value]) => ` (where ${code(column)} is ${code(value)})`)
  return ` ${own}${only.join('')} → ${table}.`
}

function row([column, declared]: readonly [string, CanonicalColumn]): string {
  const { name, unit } = declared
  const type = declared.monthly ? 'month' : declared.type
  const typed = unit ? `${type}, ${unit}` : type
  return `| ${code(column)} | ${name.en} / ${name.zh} | ${typed} | ${rules(declared).join('; ')} |`
}

function rules({ key, required, range, values, soft }: CanonicalColumn): readonly string[] {
  const named = Object.entries(values ?? {}).map(([value, { en, zh }]) => `${code(value)} ${en} / ${zh}`)
  return [
    ...(key ? ['key'] : required ? ['required'] : []),
    ...(range?.min === undefined ? [] : [`≥ ${range.min}`]),
    ...(range?.max === undefined ? [] : [`≤ ${range.max}`]),
    ...(named.length > 0 ? [`one of ${named.join(', ')}`] : []),
    ...(soft ? ['unknown: absent'] : []),
  ]
}

function code(text: string): string {
  return `\`${text}\``
}
