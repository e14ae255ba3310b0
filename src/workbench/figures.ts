import type { Background, Figure, FigureSize } from '../domain/figure.ts'
import { onlyFilters } from '../domain/filter.ts'
import { formatDate, iso } from '../domain/format.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import type { Provenance } from '../domain/provenance.ts'
import type { Dataset, Workspace } from '../domain/workspace.ts'
import type { EngineInfo } from '../engine/engine.ts'
import { certaintyTexts, headlineText, type Indicator } from '../indicators/indicator.ts'
import { filterWords, ignoredWords } from './filter-words.ts'
import type { Computed } from './state.ts'

export type { Background, Figure, FigureSize }

/** What a figure is made of; everything that ends up in its words and its provenance. */
export interface FigureContext {
  readonly indicator: Indicator
  readonly computed: Computed
  readonly workspace: Workspace
  readonly language: Language
  readonly theme: 'light' | 'dark'
  readonly appVersion: string
  readonly engine: EngineInfo
  readonly made: Date
}

/** The figure of a computed indicator, ready to be drawn, shown or exported. */
export function makeFigure(context: FigureContext): Figure {
  const { indicator, computed, language, theme } = context
  return {
    title: indicator.name[language],
    subtitle: subtitle(context),
    sourceLine: sourceLine(context),
    chart: indicator.chart(computed.table.rows, computed.inputs),
    language,
    theme,
    provenance: provenance(context),
  }
}

function subtitle({ indicator, computed, language }: FigureContext): string {
  const value = headlineText(computed.headline, indicator.unit, language)
  const day = formatDate(computed.asOf)
  const [certainty] = certaintyTexts(computed.headline, indicator.unit, language)
  if (language === 'zh') return `${value}，数据时点 ${day}${certainty === undefined ? '' : `；${certainty}`}`
  return `${value} (data as of ${day})${certainty === undefined ? '' : `; ${certainty}`}`
}

function sourceLine({ workspace, indicator, computed, language, appVersion }: FigureContext): string {
  const names = workspace.datasets
    .map(dataset => datasetName(dataset, language))
    .join(language === 'zh' ? '、' : ', ')
  const recipe = `${indicator.id} v${indicator.version} · Assay ${appVersion}`
  const filters = [
    ...filterWords(workspace.filters, computed.obeyed, language),
    ...ignoredWords(computed.ignored, language),
  ]
  const parts =
    language === 'zh' ? [`数据来源：${names}`, ...filters, recipe] : [`Source: ${names}`, ...filters, recipe]
  return parts.join(language === 'zh' ? '；' : '; ')
}

function datasetName({ name, synthetic }: Dataset, language: Language): string {
  const mark: Phrase = { zh: '（合成数据）', en: ' (synthetic data)' }
  return synthetic ? `${name}${mark[language]}` : name
}

function provenance({ indicator, computed, workspace, appVersion, engine, made }: FigureContext): Provenance {
  return {
    app: { name: 'Assay', version: appVersion },
    engine: { name: engine.engine, version: engine.version, bundle: engine.bundle },
    recipe: { id: indicator.id, version: indicator.version },
    inputs: computed.inputs,
    filters: onlyFilters(workspace.filters, computed.obeyed),
    asOf: iso(computed.asOf),
    sql: computed.sql,
    datasets: workspace.datasets.map(provenanceDataset),
    made: made.toISOString(),
  }
}

function provenanceDataset({ name, synthetic, files }: Dataset): Provenance['datasets'][number] {
  return {
    name,
    synthetic,
    files: files
      .filter(file => file.failure === null)
      .map(({ name: fileName, sha256, adapter, adapterVersion, rowsAccepted, rowsRejected }) => ({
        name: fileName,
        sha256,
        adapter,
        adapterVersion,
        rowsAccepted,
        rowsRejected,
      })),
  }
}
