import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { languages } from '../domain/phrase.ts'
import type { State } from '../workbench/workbench.ts'
import { dataset, failedItem, fixtureState, fixtureSurroundings, loaded, readyItem } from './fixture.ts'
import { App, StartFailed } from './view.tsx'

type Change = Parameters<typeof fixtureState>[0]

const indicator = (id: string): Change => ({ ...loaded, session: { place: { kind: 'indicator', id } } })

const importing: State['importing'] = {
  name: 'export',
  synthetic: false,
  items: [readyItem, failedItem],
  unpacking: null,
  aliases: [],
  pace: { milliseconds: 0, since: null },
  busy: false,
}

const screens: Readonly<Record<string, Change>> = {
  'first run': {},
  'engine starting': { engine: { status: 'starting' } },
  import: { importing },
  board: loaded,
  'indicator computed': indicator('CON-17'),
  'indicator not computable': indicator('CON-03'),
  'indicator failed': indicator('CON-01'),
  'indicator waiting': indicator('CON-18'),
  plan: { ...loaded, session: { place: { kind: 'plan' } } },
  compare: { ...loaded, session: { place: { kind: 'compare' } } },
  dataset: { ...loaded, session: { place: { kind: 'dataset', id: dataset.id, table: null } } },
}

function html(change: Change, language: 'zh' | 'en'): string {
  const state = fixtureState({ ...change, session: { ...change.session, language } })
  return renderToString(<App {...fixtureSurroundings(state)} />)
}

/** What a person reads of a screen: markup gone, names of controls kept. */
function read(change: Change, language: 'zh' | 'en' = 'en'): string {
  return text(html(change, language))
}

/** The same without formulas, SQL, column names and the engine's own messages, which are of no language. */
function readWords(change: Change, language: 'zh' | 'en'): string {
  return text(html(change, language).replace(/<(pre|code|math)[ >].*?<\/\1>/gs, ' '))
}

function text(markup: string): string {
  return markup
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]*?(?:aria-label|title)="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe.each(Object.keys(screens))('%s', name => {
  const change = screens[name] ?? {}

  test('is drawn in both languages', () => {
    for (const language of languages) expect(read(change, language)).toContain('Assay')
  })

  test('has no word of the other language', () => {
    expect(readWords(change, 'en').replace('Switch to 中文', '')).not.toMatch(/\p{Script=Han}/u)
    expect(readWords(change, 'zh')).not.toMatch(/\b(the|of|and|with|rows|not|is)\b/)
  })
})

test('the first run says what is read, that nothing leaves, and offers the sample as synthetic', () => {
  const said = read({})
  expect(said).toContain('CSV (UTF-8, GB18030 and others), Excel workbooks, JSON')
  expect(said).toContain('Nothing leaves this machine')
  expect(said).toContain('Open the bundled sample (synthetic)')
})

test('an import shows the sum of its rows, dropped secrets by name, doubts and failures in words', () => {
  const said = read({ importing })
  expect(said).toContain('100 rows read = 97 accepted + 3 rejected')
  expect(said).toMatch(/dropped before storing: .*primaryKey/)
  expect(said).toContain('The encoding is a guess')
  expect(said).toContain('1 name stands for no known value')
  expect(said).toContain('1 could not be read')
})

test('an import that is being read says how far it is, and why it cannot be confirmed yet', () => {
  const reading = { stage: 'reading', bytes: 500, rows: 40 } as const
  const items = [readyItem, { ...readyItem, id: 'item_3', progress: reading, counts: null }]
  const said = read({ importing: importing && { ...importing, items, busy: true } })
  expect(said).toContain('Being read 1')
  expect(said).toContain('140 rows · 1 of 2 done')
  expect(said).toContain('Confirm once all is read')
})

test('an import says what is left out, and that nothing is left to take in', () => {
  const hidden = { id: 'Notes', kind: 'sheet', visibility: 'hidden', rows: 4 } as const
  const out = {
    ...readyItem,
    included: false,
    part: hidden,
    counts: null,
    progress: { stage: 'waiting' },
  } as const
  const said = read({ importing: importing && { ...importing, items: [out] } })
  expect(said).toMatch(/Left out 1 .*hub\.csv › Notes .*hidden sheet/)
  expect(said).toContain('There is nothing to take in')
})

test('a failed file says what it looks like and what to do', () => {
  const said = read({ importing: importing && { ...importing, items: [failedItem] } })
  expect(said).toContain('notes.docx (looks like ZIP)')
  expect(said).toContain('Export it as CSV')
})

test('the board shows values, reasons and failures, and never a zero for want of data', () => {
  const said = read(loaded)
  expect(said).toMatch(/Device concentration .*0\.58/)
  expect(said).toContain('Device snapshots (device_snapshot)')
  expect(said).toContain('The engine ran out of memory')
  expect(said).toContain('Synthetic')
})

test('the plan does not say that there are no targets while they are being computed', () => {
  const place = { session: { place: { kind: 'plan' } } } as const
  const waiting = { 'PLN-01': { computing: true, outcome: null } }
  expect(read({ ...loaded, ...place, results: {} })).toContain('No targets yet')
  const said = read({ ...loaded, ...place, results: waiting })
  expect(said).toContain('Computing the targets')
  expect(said).not.toContain('No targets yet')
})

test('an indicator says which filters it obeyed and which not', () => {
  const { history } = loaded
  const present = history && {
    ...history.present,
    filters: { ...history.present.filters, platforms: ['P1'], to: '2026-06-30' },
  }
  const said = read({
    ...indicator('CON-17'),
    ...(history && present && { history: { ...history, present } }),
  })
  expect(said).toContain('Filtered by platform')
  expect(said).toContain('Period filter does not reach all of this data')
})

test('a formula is typeset, carries its TeX, and says what its symbols stand for', () => {
  const page = html(indicator('CON-03'), 'zh')
  expect(page).toMatch(
    /<div class="formula scrolling"><math [^>]*aria-label="R = \\frac\{.*?<mfrac>.*?<\/math><\/div>/s,
  )
  expect(page).toMatch(
    /<ul class="formula-symbols"><li><math .*?<\/math>：已激活且启用的设备中在线的台数<\/li>/s,
  )
})

test('a dataset shows how each file was read, and its hash', () => {
  const said = read(screens.dataset ?? {})
  expect(said).toContain('NDJSON (JSON lines)')
  expect(said).toContain('SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')
})

test('the status bar warns of a runtime that does not ship', () => {
  expect(read({})).toContain('Development runtime, Electron 33.2.1')
})

test('an engine that cannot start is a failure in words', () => {
  const failure = { kind: 'engine-lost', detail: 'no WebAssembly' } as const
  const said = text(renderToString(<StartFailed failure={failure} language="en" />))
  expect(said).toContain('The engine could not start')
  expect(said).toContain('no WebAssembly')
})
