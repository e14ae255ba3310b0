import { palettes } from '../charts/chart.ts'
import formulaStyle from '../formula/formula.css?raw'
import { embeddedFamily } from './embedded-fonts.ts'

const { ink, muted, grid, accent, ground } = palettes.light

/** The style sheet of the report; A4 pages on paper, one column of comfortable width on the screen. */
export const reportStyle = `
@page { size: A4; margin: 18mm 16mm 20mm; }
* { box-sizing: border-box; }
html { color: ${ink}; background: ${ground}; font: 15px/1.6 ${embeddedFamily}, sans-serif; font-variant-numeric: tabular-nums; }
body { margin: 0 auto; max-width: 900px; padding: 48px 32px 64px; }
header { border-top: 4px solid ${accent}; padding-top: 28px; margin-bottom: 40px; }
h1 { font-size: 34px; line-height: 1.2; font-weight: 600; letter-spacing: -.01em; margin: 0 0 10px; }
.lead { color: ${muted}; font-size: 17px; margin: 0; }
.notice { display: inline-block; margin: 20px 0 0; padding: 8px 14px; border-left: 3px solid #b35c00; background: #fdf3e7; color: #7a3e00; }
section { margin: 0 0 52px; }
h2 { font-size: 22px; line-height: 1.3; font-weight: 600; margin: 0 0 10px; }
h2 .id { color: ${accent}; font-size: 15px; font-weight: 600; margin-right: 6px; vertical-align: 1px; }
h3 { font-size: 14px; font-weight: 600; margin: 26px 0 8px; }
small { color: ${muted}; font-weight: 400; font-size: 12px; }
.certainty { margin: -12px 0 12px; color: ${muted}; font-size: 13px; }
.formula-symbols math { color: ${ink}; }
.headline { font-size: 17px; margin: 0 0 16px; }
.failed, .not-computable { color: #8a4700; }
figure { margin: 0 0 18px; border: 1px solid ${grid}; border-radius: 6px; overflow: hidden; }
figure svg { display: block; width: 100%; height: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 0; font-size: 14px; }
dt { color: ${muted}; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
${formulaStyle}
.formula { overflow-x: auto; padding: 2px 0 4px; }
.formula-symbols { list-style: none; margin: 4px 0 0; padding: 0; color: ${muted}; font-size: 13px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.45; }
th { text-align: left; font-weight: 600; color: ${muted}; border-bottom: 1.5px solid ${ink}; padding: 6px 14px 6px 0; vertical-align: bottom; }
td { border-bottom: 1px solid ${grid}; padding: 6px 14px 6px 0; vertical-align: top; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
.wide { overflow-x: auto; }
.data { font-size: 12px; }
.data td { overflow-wrap: normal; }
.id a { color: ${accent}; text-decoration: none; font-weight: 600; white-space: nowrap; }
code { color: ${muted}; font: 10.5px/1.4 ui-monospace, Consolas, monospace, ${embeddedFamily}; overflow-wrap: anywhere; }
pre { margin: 0; padding: 12px 14px; background: #f5f7f9; border-radius: 6px; font: 11.5px/1.5 ui-monospace, Consolas, monospace, ${embeddedFamily}; white-space: pre-wrap; overflow-wrap: anywhere; }
footer { border-top: 1px solid ${grid}; padding-top: 14px; color: ${muted}; font-size: 12.5px; }
footer p { margin: 0 0 4px; }
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  figure, tr, dd, .notice { break-inside: avoid; }
  .indicator { break-before: page; }
  thead { display: table-header-group; }
  pre { font-size: 8pt; }
  .wide, .formula { overflow: visible; }
  .data { font-size: 7pt; }
  .data td { overflow-wrap: anywhere; }
}
`
