import { type CanonicalName, canonicalNames, canonicalTable } from '../../domain/canonical.ts'
import type { Adapter, AdapterOption, RawTable } from '../adapter.ts'
import { zoneOption } from '../options.ts'
import { column } from '../raw-table.ts'

/** Columns that Assay itself adds to a table: no part of what the table says. */
const bookkeeping = new Set(['file_id', 'row_no'])

const tableOption: AdapterOption = {
  name: { zh: '规范表', en: 'Canonical table' },
  help: {
    zh: '按列名识别；列名可用规范名称或其中英文名称。',
    en: 'Recognised by the column names, canonical or in either language.',
  },
  proposal: raw => bestMatch(raw)?.table ?? 'device',
  choices: canonicalNames.map(value => ({ value, name: canonicalTable(value).name })),
}

/** Tables that are canonical already, in any format: headers are column names or their names in either language. */
const canonicalTables: Adapter = {
  id: 'canonical-table',
  version: 1,
  name: { zh: '规范表', en: 'Canonical table' },
  source: 'docs/canonical-model.md',
  options: {
    table: tableOption,
    zone: zoneOption(raw => (/\p{Script=Han}/u.test(raw.columns.join()) ? '+08:00' : '+00:00')),
  },
  recognise: raw => bestMatch(raw)?.share ?? 0,
  map(raw, options) {
    const table = canonicalNames.find(known => known === options.table) ?? 'device'
    const columns = Object.fromEntries(
      [...headers(raw, table)].map(([canonical, header]) => [canonical, column(header)]),
    )
    return { targets: [{ table, columns }], refusals: [] }
  },
}

export default canonicalTables

interface Match {
  readonly table: CanonicalName
  /** Share of the raw columns that the table knows. */
  readonly share: number
}

/** The table that knows most of the columns and finds all it requires; the name of the file decides between equals. */
function bestMatch(raw: RawTable): Match | null {
  const matches = canonicalNames.flatMap(table => matchOf(raw, table) ?? [])
  const named = ({ table }: Match) => (raw.fileName.toLowerCase().includes(table) ? 1 : 0)
  return matches.toSorted((a, b) => b.share - a.share || named(b) - named(a))[0] ?? null
}

function matchOf(raw: RawTable, table: CanonicalName): Match | null {
  const found = headers(raw, table)
  const complete = Object.entries(canonicalTable(table).columns).every(
    ([canonical, { key, required }]) => !(key || required) || found.has(canonical),
  )
  const share = found.size / raw.columns.filter(header => !bookkeeping.has(header)).length
  return complete && share > 0.5 ? { table, share } : null
}

/** Canonical column -> the raw header that names it; the first header wins. */
function headers(raw: RawTable, table: CanonicalName): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [canonical, { name }] of Object.entries(canonicalTable(table).columns)) {
    const spellings = [canonical, name.zh, name.en].map(spelling => spelling.toLowerCase())
    const header = raw.columns.find(candidate => spellings.includes(candidate.trim().toLowerCase()))
    if (header !== undefined) found.set(canonical, header)
  }
  return found
}
