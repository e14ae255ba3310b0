import type { ImportedFile } from '../../domain/file.ts'
import { formatDate } from '../../domain/format.ts'
import type { Language } from '../../domain/phrase.ts'
import type { ReportContent, ReportIndicator } from '../../exports/export.ts'
import type { Host } from '../../host/host.ts'
import {
  catalogue,
  certaintyTexts,
  columnName,
  headlineText,
  type Indicator,
  type InputDeclaration,
  resolveInputs,
} from '../../indicators/indicator.ts'
import { laterRowsWords } from '../data-time.ts'
import type { State } from '../state.ts'
import { failureLine } from './failure-line.ts'

/** What `report.html` says, from the state at the end of a run. */
export function reportContent(
  state: State,
  host: Host,
  files: readonly ImportedFile[],
  svgs: ReadonlyMap<string, string>,
  made: Date,
): ReportContent {
  const { language } = state.session
  const { datasets } = state.history.present
  return {
    language,
    title: language === 'zh' ? '工业互联网平台数据报告' : 'Industrial Internet platform data report',
    subtitle: subtitle(state, language),
    synthetic: datasets.some(dataset => dataset.synthetic),
    made: made.toISOString(),
    versions: versions(state, host),
    files,
    indicators: catalogue.map(indicator => reportIndicator(indicator, state, svgs.get(indicator.id) ?? null)),
  }
}

function subtitle({ history, asOf, laterRows }: State, language: Language): string {
  const names = history.present.datasets.map(dataset => dataset.name).join(language === 'zh' ? '、' : ', ')
  if (asOf === null) return names
  if (laterRows !== null)
    return `${names}${language === 'zh' ? '。' : '. '}${laterRowsWords(laterRows, asOf)[language]}`
  return language === 'zh'
    ? `${names}（数据时点 ${formatDate(asOf)}）`
    : `${names} (data as of ${formatDate(asOf)})`
}

function versions({ engine }: State, { machine }: Host): ReportContent['versions'] {
  const duckdb = engine.status === 'ready' ? `${engine.info.version} (${engine.info.bundle})` : '–'
  return [
    { name: 'Assay', version: machine.app },
    { name: 'DuckDB-WASM', version: duckdb },
    { name: 'Electron', version: machine.electron },
    { name: 'Chromium', version: machine.chromium },
  ]
}

function reportIndicator(indicator: Indicator, state: State, svg: string | null): ReportIndicator {
  const { language } = state.session
  const outcome = state.results[indicator.id]?.outcome ?? null
  const base = {
    id: indicator.id,
    version: indicator.version,
    name: indicator.name,
    svg,
    explanation: indicator.explanation,
    inputs: inputWords(indicator, state),
    columnNames: Object.fromEntries(
      Object.keys(indicator.result).map(name => [name, columnName(name)[language]]),
    ),
  }
  if (outcome?.status === 'ok') {
    const headline = headlineText(outcome.headline, indicator.unit, language)
    const { table, sql } = outcome
    const certainty = certaintyTexts(outcome.headline, indicator.unit, language)
    return {
      ...base,
      headline,
      certainty,
      status: 'ok',
      missing: [],
      sql,
      table,
      totalRows: table.rows.length,
    }
  }
  const nothing = { ...base, headline: '', certainty: [], sql: '', table: null, totalRows: 0 }
  if (outcome?.status === 'failed')
    return { ...nothing, status: 'failed', missing: [failureLine(outcome.failure)] }
  return { ...nothing, status: 'not-computable', missing: outcome?.missing ?? indicator.needs }
}

function inputWords(indicator: Indicator, { history, session }: State): ReportIndicator['inputs'] {
  const values = resolveInputs(indicator.inputs, history.present.inputs[indicator.id] ?? {})
  return Object.entries(indicator.inputs).map(([key, declared]) => ({
    name: declared.name[session.language],
    value: inputWord(declared, values[key], session.language),
  }))
}

function inputWord(
  declared: InputDeclaration,
  value: string | number | undefined,
  language: Language,
): string {
  if (declared.kind === 'choice') return declared.choices[String(value)]?.[language] ?? String(value)
  const unit = declared.unit?.[language]
  return unit === undefined ? String(value) : `${value} ${unit}`
}
