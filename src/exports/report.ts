import { absentNames, type ImportedFile, type RejectReason, rejectReasons } from '../domain/file.ts'
import { type Language, locale } from '../domain/phrase.ts'
import type { Table } from '../domain/table.ts'
import { formulaMarkup, symbolsMarkup } from '../formula/formula.ts'
import { embeddedFonts, embeddedMathFont } from './embedded-fonts.ts'
import type { FontSource } from './font-source.ts'
import { Html, html, trustedSvg } from './html.ts'
import type { ReportContent, ReportIndicator } from './report-content.ts'
import { reportStyle } from './report-style.ts'
import { reportWords } from './report-words.ts'
import { valueText } from './value-text.ts'

const mostRows = 50

type Say = (word: keyof typeof reportWords) => string

/** The report as one HTML page that needs nothing else: no script, no request; made for the screen and for paper. */
export async function reportHtml(report: ReportContent, fonts: FontSource): Promise<string> {
  const { language } = report
  const say: Say = word => reportWords[word][language]
  const body = html`${cover(report, say)}
<main>
${overview(report, say)}
${report.indicators.map(indicator => section(indicator, language, say))}
${files(report, say)}
${colophon(report, say)}
</main>`
  const faces = await embeddedFonts(shownText(report.title + body.markup), fonts)
  const mathFace = body.markup.includes('<math') ? await embeddedMathFont(fonts) : ''
  const page = html`<!doctype html>
<html lang="${locale(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Assay">
<title>${report.title}</title>
<style>${new Html(faces + mathFace + reportStyle)}</style>
</head>
<body>
${body}
</body>
</html>
`
  return page.markup
}

/** The words of a page without its drawings, whose text is paths already, and its formulas, which have a font of their own. */
function shownText(markup: string): string {
  return markup.replace(/<(svg|math)[\s\S]*?<\/\1>|<[^>]*>/g, '')
}

function cover(report: ReportContent, say: Say): Html {
  return html`<header>
<h1>${report.title}</h1>
<p class="lead">${report.subtitle}</p>
${report.synthetic ? html`<p class="notice">${say('synthetic')}</p>` : null}
</header>`
}

function overview({ indicators, language }: ReportContent, say: Say): Html {
  const rows = indicators.map(
    indicator => html`<tr>
<td class="id"><a href="#${anchor(indicator)}">${indicator.id}</a></td>
<td>${indicator.name[language]}</td>
<td class="${indicator.status}">${resultWords(indicator, say)}</td>
</tr>`,
  )
  return html`<section>
<h2>${say('overview')}</h2>
<table><thead><tr><th>${say('indicator')}</th><th></th><th>${say('value')}</th></tr></thead>
<tbody>${rows}</tbody></table>
</section>`
}

function resultWords(indicator: ReportIndicator, say: Say): string {
  if (indicator.status === 'ok') return indicator.headline
  const state = indicator.status === 'failed' ? say('failed') : say('notComputable')
  return indicator.missing.length > 0
    ? `${state} · ${say('missing')}: ${indicator.missing.join(', ')}`
    : state
}

function section(indicator: ReportIndicator, language: Language, say: Say): Html {
  const { explanation, svg, table } = indicator
  return html`<section class="indicator" id="${anchor(indicator)}">
<h2><span class="id">${indicator.id}</span> ${indicator.name[language]}</h2>
<p class="headline ${indicator.status}">${resultWords(indicator, say)}</p>
${indicator.certainty.map(text => html`<p class="certainty">${text}</p>`)}
${svg === null ? null : html`<figure>${trustedSvg(svg, anchor(indicator))}</figure>`}
<dl>
<dt>${say('meaning')}</dt><dd>${explanation.meaning[language]}</dd>
<dt>${say('formula')}</dt><dd>${formula(explanation, language)}</dd>
<dt>${say('source')}</dt><dd>${explanation.source[language]}</dd>
<dt>${say('cautions')}</dt><dd>${explanation.cautions[language]}</dd>
${indicator.inputs.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
${table === null || table.rows.length === 0 ? null : dataTable(table, indicator, language, say)}
${indicator.sql === '' ? null : html`<h3>${say('sql')}</h3><pre>${indicator.sql}</pre>`}
</section>`
}

function formula({ formula: tex, symbols }: ReportIndicator['explanation'], language: Language): Html {
  const meanings = symbols === undefined ? null : new Html(symbolsMarkup(symbols[language]))
  return html`<div class="formula">${new Html(formulaMarkup(tex))}</div>${meanings}`
}

function dataTable(
  table: Table,
  { totalRows, columnNames }: ReportIndicator,
  language: Language,
  say: Say,
): Html {
  const shown = table.rows.slice(0, mostRows)
  const numeric = table.columns.map(({ type }) => (type === 'integer' || type === 'number' ? 'number' : ''))
  const head = table.columns.map(
    ({ name }, i) => html`<th class="${numeric[i] ?? ''}">${columnNames[name] ?? name}</th>`,
  )
  const body = shown.map(row => {
    const cells = table.columns.map(({ name, type }, i) => {
      return html`<td class="${numeric[i] ?? ''}">${valueText(row[name] ?? null, type)}</td>`
    })
    return html`<tr>${cells}</tr>`
  })
  const count = new Intl.NumberFormat(locale(language))
  const [part, whole] = [count.format(shown.length), count.format(totalRows)]
  const extent = language === 'zh' ? `前 ${part} 行，共 ${whole} 行` : `first ${part} of ${whole} rows`
  return html`<h3>${say('data')}${totalRows > shown.length ? html` <small>${extent}</small>` : null}</h3>
<div class="wide"><table class="data"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function files({ files: imported, language }: ReportContent, say: Say): Html {
  const rows = imported.map(
    file => html`<tr>
<td><b>${file.name}</b><br><code>${file.sha256}</code>${fileRemarks(file, say, language)}</td>
<td>${[file.format, file.encoding].filter(part => part !== null).join(', ')}</td>
<td>${file.adapter === null ? '' : `${file.adapter} v${file.adapterVersion ?? '?'}`}</td>
<td class="number">${file.rowsRead}</td>
<td class="number">${file.rowsAccepted}</td>
<td class="number">${file.rowsRejected}${rejectList(file, language)}</td>
</tr>`,
  )
  const heads = (['format', 'adapter'] as const).map(word => html`<th>${say(word)}</th>`)
  const counts = (['read', 'accepted', 'rejected'] as const).map(
    word => html`<th class="number">${say(word)}</th>`,
  )
  return html`<section>
<h2>${say('files')}</h2>
<table><thead><tr><th>${say('file')}</th>${heads}${counts}</tr></thead>
<tbody>${rows}</tbody></table>
</section>`
}

function fileRemarks(file: ImportedFile, say: Say, language: Language): Html {
  const absent = absentNames(file.unresolved)
  const failure =
    file.failure === null
      ? null
      : html`<br><span class="failed">${say('unreadable')}: ${file.failure.kind}</span>`
  const secrets = file.droppedSecrets.join(', ')
  return html`${failure}${secrets === '' ? null : html`<br><small>${say('secrets')}: ${secrets}</small>`}${
    absent === null ? null : html`<br><small>${say('absentNames')}: ${absent[language]}</small>`
  }`
}

function rejectList({ rejectCounts }: ImportedFile, language: Language): Html {
  const reasons = Object.entries(rejectCounts).map(
    ([reason, rows]) => html`<br><small>${rejectReasons[reason as RejectReason][language]}: ${rows}</small>`,
  )
  return html`${reasons}`
}

function colophon({ versions, made }: ReportContent, say: Say): Html {
  const software = versions.map(({ name, version }) => `${name} ${version}`).join(' · ')
  return html`<footer><p>${say('versions')}: ${software}</p><p>${say('made')}: ${made}</p></footer>`
}

function anchor({ id }: ReportIndicator): string {
  return `indicator-${id.replace(/[^\w-]/g, '')}`
}
