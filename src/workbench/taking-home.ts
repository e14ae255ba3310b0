import { failed, type Result, success } from '../domain/failure.ts'
import type { Figure } from '../domain/figure.ts'
import type { Table } from '../domain/table.ts'
import { bundledFonts, figurePng, figureSvg, tableCsv, tableXlsx } from '../exports/export.ts'
import type { FigureExport, TableExport } from './workbench.ts'

/** A file to be saved: its proposed name and its bytes. */
export interface HomeTaken {
  readonly name: string
  readonly bytes: Uint8Array
}

/** One for the session: it keeps the fonts that it has parsed. */
const fonts = bundledFonts()

/** Draws a figure as the bytes of a PNG or SVG file. */
export async function drawFigure(
  figure: Figure,
  stem: string,
  wanted: FigureExport,
): Promise<Result<HomeTaken>> {
  if (wanted.format === 'png') {
    const png = await figurePng(figure, wanted.size, wanted.background, fonts)
    return png.ok ? success({ name: `${stem}.png`, bytes: png.value }) : png
  }
  const svg = await figureSvg(figure, wanted.size, wanted.background, fonts)
  return svg.ok ? success({ name: `${stem}.svg`, bytes: utf8(svg.value) }) : svg
}

/** Writes a result table as the bytes of a CSV or XLSX file, or fetches it as Arrow. */
export async function writeTable(
  table: Table,
  stem: string,
  wanted: TableExport,
  arrow: () => Promise<Result<Uint8Array>>,
): Promise<Result<HomeTaken>> {
  if (wanted.format === 'csv') return success({ name: `${stem}.csv`, bytes: utf8(tableCsv(table, wanted)) })
  const { format } = wanted
  const bytes = format === 'xlsx' ? await tableXlsx(table, stem) : await arrow()
  return bytes.ok ? success({ name: `${stem}.${format}`, bytes: bytes.value }) : failed(bytes.failure)
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
