import { type CanonicalName, canonicalTable, importedNames } from '../../domain/canonical.ts'
import type { Adapter, AdapterOption, RawTable } from '../adapter.ts'
import { counterKindOf } from '../counter-kind.ts'
import { zoneOption } from '../options.ts'
import { column, constant } from '../raw-table.ts'

/** Columns that Assay itself adds to a table: no part of what the table says. */
const bookkeeping = new Set(['file_id', 'row_no'])

const counterKinds = canonicalTable('ingest_batch').columns.counter_kind?.values ?? {}

const tableOption: AdapterOption = {
  name: { zh: '规范表', en: 'Canonical table' },
  help: {
    zh: '按列名识别；列名可用规范名称或其中英文名称。',
    en: 'Recognised by the column names, canonical or in either language.',
  },
  proposal: raw => bestMatch(raw)?.table ?? 'device',
  choices: importedNames.map(value => ({ value, name: canonicalTable(value).name })),
}

/** Asked once, because summing cumulative counts counts everything many times. */
const counterKindOption: AdapterOption = {
  name: { zh: '计数方式', en: 'Counter kind' },
  help: {
    zh: '仅用于没有“计数方式”列的汇聚批次：记录数和字节数是每个窗口各自的量（增量），还是从开始累加到当前的总量（累计）？不确定时请询问导出方。',
    en: 'Only for ingest batches without a counter kind column: are records and bytes the amount of each window (delta), or the total from the beginning up to it (cumulative)?',
  },
  asked: (raw, { table }) =>
    asksCounterKind(
      raw,
      importedNames.find(known => known === table),
    ),
  proposal: raw =>
    asksCounterKind(raw, bestMatch(raw)?.table) ? counterKindOf(raw, headers(raw, 'ingest_batch')) : '',
  choices: [
    { value: '', name: { zh: '未说明', en: 'Not said' } },
    ...Object.entries(counterKinds).map(([value, name]) => ({ value, name })),
  ],
}

function asksCounterKind(raw: RawTable, table: CanonicalName | undefined): boolean {
  return table === 'ingest_batch' && !headers(raw, table).has('counter_kind')
}

/** Tables that are canonical already, in any format: headers are column names or their names in either language. */
const canonicalTables: Adapter = {
  id: 'canonical-table',
  version: 2,
  name: { zh: '规范表', en: 'Canonical table' },
  source: 'docs/canonical-model.md',
  options: {
    table: tableOption,
    counter_kind: counterKindOption,
    zone: zoneOption(raw => (/\p{Script=Han}/u.test(raw.columns.join()) ? '+08:00' : '+00:00')),
  },
  recognise: raw => bestMatch(raw)?.share ?? 0,
  map(raw, options) {
    const table = importedNames.find(known => known === options.table) ?? 'device'
    const columns = Object.fromEntries(
      [...headers(raw, table)].map(([canonical, header]) => [canonical, column(header)]),
    )
    const said = asksCounterKind(raw, table) && options.counter_kind
    const counter = said ? { counter_kind: constant(said) } : {}
    return { targets: [{ table, columns: { ...columns, ...counter } }], refusals: [] }
  },
}

export default canonicalTables

interface Match {
  readonly table: CanonicalName
  /** Share of the raw columns that the table knows. */
  readonly share: number
}

/** The table that knows most of the columns and finds all it requires; the name of sheet or file decides between equals. */
function bestMatch(raw: RawTable): Match | null {
  const matches = importedNames.flatMap(table => matchOf(raw, table) ?? [])
  const named = ({ table }: Match) => 1000 * nameIn(raw.part, table) + nameIn(raw.fileName, table)
  return matches.toSorted((a, b) => b.share - a.share || named(b) - named(a))[0] ?? null
}

/** How much of the name of a sheet or file is the table's, canonical or in either language: `device_snapshot` is no `device`. */
function nameIn(given: string | null, table: CanonicalName): number {
  const { zh, en } = canonicalTable(table).name
  const found = [table, zh, en].filter(spelling => given?.toLowerCase().includes(spelling.toLowerCase()))
  return Math.max(0, ...found.map(spelling => spelling.length))
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
