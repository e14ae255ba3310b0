import type { Figure } from '../domain/figure.ts'
import { noFilters } from '../domain/filter.ts'
import type { Provenance } from '../domain/provenance.ts'
import { row } from '../domain/table.ts'
import { addDataset, type Dataset, emptyWorkspace } from '../domain/workspace.ts'
import { resolveInputs } from '../indicators/indicator.ts'
import {
  type Computed,
  emptyHistory,
  type ImportItem,
  type IndicatorState,
  type State,
  type Workbench,
} from '../workbench/workbench.ts'
import { findIndicator } from './recipes.ts'
import type { Surroundings } from './surroundings.ts'

/** Fixed states for tests: every screen can be drawn from them, and nothing in them computes. */

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const dataset: Dataset = {
  id: 'dataset_1',
  name: 'hub.ndjson',
  synthetic: true,
  asOf: null,
  files: [
    {
      name: 'hub.ndjson',
      part: null,
      archive: null,
      sha256,
      bytes: 812_331,
      format: 'ndjson',
      adapter: null,
      adapterVersion: null,
      encoding: 'utf-8',
      assumedZone: '+08:00',
      choices: { readOptions: {}, options: {}, overrides: {}, savedMapping: null },
      rowsRead: 1257,
      rowsAccepted: 1240,
      rowsRejected: 17,
      rejectCounts: { 'not-a-device': 14, 'not-json': 3 },
      rejects: [{ row: 5, reason: 'not-a-device', column: 'moduleId', value: '$edgeHub' }],
      droppedSecrets: ['authentication.symmetricKey.primaryKey'],
      doubts: [{ kind: 'ragged-rows', row: 14, rows: 3 }],
      unresolved: [
        { table: 'device', column: 'province_code', value: 'shanxi', rows: 214, rejected: false },
        { table: 'device', column: 'industry_code', value: 'MFG', rows: 1, rejected: false },
      ],
      failure: null,
    },
  ],
  leftOut: [],
  tables: [{ table: 'device_1', canonical: 'device', file: 'hub.ndjson', rows: 1240, columns: [] }],
}

const names = [
  'group',
  'platform_name',
  'devices',
  'share',
  'hhi',
  'hhi_normalised',
  'effective_number',
] as const

export const concentration: Computed = {
  status: 'ok',
  key: 'k',
  headline: {
    value: 0.58,
    beside: [{ name: { zh: '首位占比', en: 'Share of the first' }, value: 0.7, format: 'percent' }],
  },
  table: {
    columns: names.map((name, at) => ({ name, type: at < 2 ? 'text' : 'number' })),
    rows: [
      row(names, ['P1', null, 70, 0.7, 0.58, 0.16, 1.72]),
      row(names, ['P2', null, 30, 0.3, 0.58, 0.16, 1.72]),
    ],
  },
  truncated: false,
  sql: 'select 1 as hhi',
  inputs: {},
  asOf: 1_782_777_600_000_000,
  milliseconds: 12,
  obeyed: ['platform'],
  ignored: ['period'],
}

/** One indicator in each state that a card can be in. */
export const results: Readonly<Record<string, IndicatorState>> = {
  'CON-17': { computing: false, outcome: concentration },
  'CON-18': { computing: true, outcome: null },
  'CON-03': {
    computing: false,
    outcome: { status: 'not-computable', missing: ['device_snapshot'], key: 'k' },
  },
  'CON-01': {
    computing: false,
    outcome: {
      status: 'failed',
      failure: { kind: 'out-of-memory', detail: 'Out of Memory Error' },
      key: 'k',
    },
  },
}

export const readyItem: ImportItem = {
  id: 'item_1',
  name: 'export/hub.csv',
  part: null,
  archive: null,
  dataPackage: null,
  included: true,
  replaces: null,
  savedMapping: null,
  overrides: {},
  asks: [],
  after: {},
  bytes: 1000,
  progress: { stage: 'ready' },
  readOptions: {},
  inspection: {
    format: 'csv',
    encoding: 'gb18030',
    encodingEvidence: 'guess',
    dialect: { delimiter: ',', quote: '"', escape: 'doubled', comment: '', trim: false, decimal: '.' },
    layout: { skipRows: 0, headerRows: 1, mergedCells: 'repeat' },
    parts: [],
    part: null,
    head: [['id', 'status']],
    columns: ['id', 'status'],
    preview: [['press-1', null]],
    declaredRows: null,
    droppedSecrets: ['primaryKey'],
    doubts: [{ kind: 'guessed-encoding' }],
  },
  raw: null,
  adapter: null,
  confidence: 0,
  options: {},
  mapping: null,
  counts: {
    rowsRead: 100,
    rowsAccepted: 97,
    rowsRejected: 3,
    rejectCounts: { 'not-a-time': 3 },
    rejects: [],
    doubts: [{ kind: 'guessed-encoding' }],
    droppedSecrets: ['primaryKey'],
    unresolved: [{ table: 'device', column: 'province_code', value: 'shanxi', rows: 2, rejected: false }],
    sha256,
  },
  failure: null,
}

export const failedItem: ImportItem = {
  ...readyItem,
  id: 'item_2',
  name: 'export/notes.docx',
  progress: { stage: 'failed' },
  inspection: null,
  counts: null,
  failure: { kind: 'unknown-format', file: 'notes.docx', looksLike: 'ZIP' },
}

const empty: State = {
  history: emptyHistory,
  session: {
    language: 'en',
    theme: 'light',
    place: { kind: 'board' },
    paletteOpen: false,
    shortcutsOpen: false,
    exportOpen: false,
  },
  engine: {
    status: 'ready',
    info: { engine: 'DuckDB-WASM', version: '1.4.3', bundle: 'eh', threads: 1 },
    isolated: true,
    memory: 134_000_000,
  },
  importing: null,
  results: {},
  asOf: null,
  laterRows: null,
  overlapping: [],
  filterChoices: {
    platforms: [],
    provinces: [],
    industries: [],
    tiers: [],
    ownerships: [],
    sizes: [],
    from: null,
    to: null,
  },
  notices: [],
}

/** A workspace with one dataset and one indicator of each outcome. */
export const loaded: Partial<State> = {
  history: { ...emptyHistory, present: addDataset(dataset)({ ...emptyWorkspace, filters: noFilters }) },
  results,
  asOf: concentration.asOf,
}

/** A state that is `empty` but for `change`; `session` is merged. */
export function fixtureState(
  change: Omit<Partial<State>, 'session'> & { session?: Partial<State['session']> },
): State {
  return { ...empty, ...change, session: { ...empty.session, ...change.session } }
}

function figureOf(id: string, { results, session }: State): Figure | null {
  const [outcome, indicator] = [results[id]?.outcome, findIndicator(id)]
  if (outcome?.status !== 'ok' || indicator === undefined) return null
  const { rows } = outcome.table
  const chart = indicator.chart(rows, resolveInputs(indicator.inputs, {}))
  const words = { title: indicator.name[session.language], subtitle: '', sourceLine: '' }
  return { ...words, chart, language: session.language, theme: 'light', provenance }
}

const provenance: Provenance = {
  app: { name: 'Assay', version: '0.1.0' },
  engine: { name: 'DuckDB-WASM', version: '1.4.3', bundle: 'eh' },
  recipe: { id: 'CON-17', version: 1 },
  inputs: {},
  filters: noFilters,
  asOf: null,
  sql: 'select 1',
  datasets: [],
  made: '2026-07-01T00:00:00.000Z',
}

/** Surroundings that show a state and do nothing. */
export function fixtureSurroundings(state: State): Surroundings {
  const still = () => state
  const store: Workbench['store'] = {
    getState: still,
    getInitialState: still,
    setState: () => {},
    subscribe: () => () => {},
  }
  const settled = async () => {}
  const nothing = () => {}
  const cancelled = async () => ({ ok: false as const, failure: { kind: 'cancelled' as const } })
  const workbench: Workbench = {
    store,
    commands: [],
    adapters: [],
    run: settled,
    importFiles: settled,
    openSample: settled,
    chooseFiles: settled,
    reviseImport: settled,
    confirmImport: settled,
    cancelImport: settled,
    removeDataset: nothing,
    setExportTime: nothing,
    forgetName: nothing,
    setFilters: nothing,
    setInput: nothing,
    setTargets: nothing,
    removeTarget: nothing,
    undo: nothing,
    redo: nothing,
    recompute: nothing,
    stopComputing: nothing,
    settled,
    setSession: nothing,
    dismissNotice: nothing,
    notify: nothing,
    peek: cancelled,
    brokenReferences: cancelled,
    detail: cancelled,
    comparing: {
      peerIndicators: () => [],
      peers: cancelled,
      periodIndicators: () => [],
      periods: cancelled,
      exports: cancelled,
      exportRows: cancelled,
    },
    exportRows: settled,
    figure: indicator => figureOf(indicator, state),
    exportFigure: settled,
    exportTable: settled,
    decideName: settled,
    suggestNames: () => [],
    saveMapping: settled,
    loadMapping: settled,
    exportRejects: settled,
    drawFigure: cancelled,
  }
  const machine = {
    app: '0.1.0',
    electron: '33.2.1',
    chromium: '130',
    platform: 'linux',
    shippingRuntime: false,
    shippedElectron: '45.4.1',
  }
  return { workbench, machine, refusals: async () => ({ count: 0, last: [] }) }
}
