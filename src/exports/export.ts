/** The door of the exports: figures, tables and reports become bytes with their provenance inside. */
export { type CsvChoices, tableCsv } from './csv.ts'
export { figurePng } from './figure-png.ts'
export { figureSvg } from './figure-svg.ts'
export { bundledFonts, type FontSource, type FontWeight } from './font-source.ts'
export { readPngProvenance } from './png-chunk.ts'
export { reportHtml } from './report.ts'
export type { ReportContent, ReportIndicator } from './report-content.ts'
export { readSvgProvenance } from './svg-provenance.ts'
