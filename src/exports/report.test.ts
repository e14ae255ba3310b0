import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { row } from '../domain/table.ts'
import { bundledFonts, type ReportContent, reportHtml } from './export.ts'

const fonts = bundledFonts(async url => Uint8Array.from(await readFile(`.${url.split('?')[0]}`)).buffer)

const attack = '"><script>window.__x=1</script><img src=x onerror=1>'
const both = { zh: `中${attack}`, en: `en${attack}` }

const report: ReportContent = {
  language: 'zh',
  title: attack,
  subtitle: attack,
  synthetic: true,
  made: '2026-07-01T00:00:00Z',
  versions: [{ name: 'Assay', version: attack }],
  files: [
    {
      name: attack,
      part: attack,
      archive: { name: attack, sha256: 'cd'.repeat(32) },
      sha256: 'ab'.repeat(32),
      bytes: 10,
      format: 'csv',
      adapter: null,
      adapterVersion: null,
      encoding: 'gb18030',
      assumedZone: '+08:00',
      choices: { readOptions: {}, options: { platform_id: attack }, overrides: {}, savedMapping: null },
      rowsRead: 3,
      rowsAccepted: 1,
      rowsRejected: 2,
      rejectCounts: { 'not-a-time': 2 },
      rejects: [],
      droppedSecrets: [attack],
      doubts: [],
      unresolved: [{ table: 'device', column: 'province_code', value: attack, rows: 1, rejected: false }],
      failure: null,
    },
  ],
  indicators: ['CON-01', 'CON-17'].map(id => ({
    id,
    version: 1,
    name: both,
    headline: attack,
    certainty: [],
    status: id === 'CON-01' ? 'ok' : 'not-computable',
    missing: ['device', attack],
    svg: '<?xml version="1.0"?>\n<svg aria-labelledby="assay-title assay-description"><title id="assay-title">t</title><g id="chart-c0"/><path clip-path="url(#chart-c0)"/></svg>',
    explanation: { meaning: both, formula: attack, symbols: both, source: both, cautions: both },
    inputs: [{ name: attack, value: attack }],
    sql: attack,
    table: {
      columns: [{ name: attack, type: 'text' }],
      rows: Array.from({ length: 60 }, () => row([attack], [attack])),
    },
    columnNames: { [attack]: `named ${attack}` },
    totalRows: 1234,
  })),
}

test('no value becomes markup, and the page asks for nothing', async () => {
  const page = await reportHtml(report, fonts)
  expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+=(?!1&gt;)|href="(?!#)/i)
  expect(page).toContain("default-src 'none'")
  expect(page).toContain('&lt;script&gt;window.__x=1&lt;/script&gt;')
})

test('figures on one page keep their own ids', async () => {
  const page = await reportHtml(report, fonts)
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(page).toContain('clip-path="url(#indicator-CON-17-chart-c0)"')
  expect(page).not.toContain('<?xml')
})

test('fifty rows are set and the rest is counted; rejects carry their reasons', async () => {
  const page = await reportHtml(report, fonts)
  expect(page.split('<table class="data">')[1]?.match(/<tr><td/g)).toHaveLength(50)
  expect(page).toContain('前 50 行，共 1,234 行')
  expect(page).toContain('不是可识别的时间: 2')
  expect(page).toContain('无法计算 · 缺少: device')
})

test('the page carries the glyphs of its own words, and no other font is asked for', async () => {
  const page = await reportHtml({ ...report, title: '工业互联网' }, fonts)
  expect(page).toContain('font-src data:')
  for (const character of '工业互联网Assay') {
    const codePoint = `U+${character.codePointAt(0)?.toString(16)}`
    expect(page).toMatch(
      new RegExp(`@font-face[^}]*data:font/woff;base64,[^}]*${codePoint.replace('+', '\\+')}[,}]`),
    )
  }
  expect(page.match(/url\((?!data:|#)/g)).toBeNull()
})

test('formulas are MathML with their symbols, and the page carries their font', async () => {
  const [first] = report.indicators
  const formula = String.raw`\frac{a_1}{b}`
  const symbols = { zh: '$a_1$：台数', en: '$a_1$: devices' }
  const indicators = first ? [{ ...first, explanation: { ...first.explanation, formula, symbols } }] : []
  const page = await reportHtml({ ...report, indicators }, fonts)
  expect(page).toMatch(/<div class="formula"><math [^>]*display="block".*<mfrac>.*<\/math><\/div>/)
  expect(page).toMatch(/<ul class="formula-symbols"><li><math .*<\/math>：台数<\/li><\/ul>/)
  expect(
    page.match(/@font-face\{font-family:"STIX Two Math";src:url\(data:font\/woff;base64,/g),
  ).toHaveLength(1)
  expect(page).toContain('.formula math')
})

test('without formulas the page does without their font', async () => {
  const page = await reportHtml({ ...report, indicators: [] }, fonts)
  expect(page).not.toContain('font-family:"STIX Two Math";src')
})
