import type { Doubt, FormatId, Inspection, Part, ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { bytesAt, Fingerprint } from '../bytes.ts'
import { type Format, type Input, limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { TextTable } from '../text/text-table.ts'
import type { FilledRow } from './merge-filler.ts'
import { MergeFiller } from './merge-filler.ts'
import { headRows, type Plan, planTable } from './plan.ts'
import type { Sheet, Workbook } from './source.ts'
import { hasContent, type Survey, survey } from './survey.ts'
import { openXls } from './xls.ts'
import { openXlsx } from './xlsx.ts'

export const xlsx: Format = workbook('xlsx', openXlsx)
export const xls: Format = workbook('xls', openXls)

type Open = (bytes: Uint8Array, signal: AbortSignal) => Promise<Workbook>

const shownRows = 12

function workbook(format: FormatId, open: Open): Format {
  return {
    inspect: input => inspect(format, open, input),
    read: input => read(open, input),
  }
}

async function inspect(format: FormatId, open: Open, input: Input): Promise<Inspection> {
  const book = await open(await held(input), input.signal)
  const chosen = await choose(book, input)
  const plan = planTable(chosen.sheet, chosen.survey, input.options)
  const data = chosen.survey.head.slice(plan.dataFrom, plan.dataFrom + limits.previewRows)
  return {
    format,
    encoding: null,
    encodingEvidence: null,
    dialect: null,
    layout: plan.layout,
    parts: await parts(book, chosen, input),
    part: chosen.sheet.name,
    head: chosen.survey.head.slice(0, shownRows).map(row => values(row, plan)),
    columns: plan.names,
    preview: data.map(row => values(row, plan)),
    declaredRows: null,
    droppedSecrets: plan.secrets.dropped,
    doubts: plan.doubts,
  }
}

async function* read(open: Open, input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const bytes = await held(input)
  const fingerprint = new Fingerprint()
  fingerprint.add(bytes)
  const { sheet, survey: seen } = await choose(await open(bytes, input.signal), input)
  const plan = planTable(sheet, seen, input.options)
  const filler = new MergeFiller(seen.merges, plan.layout.mergedCells)
  const account = new Account()
  const table = new TextTable(plan.names)
  let row = -plan.dataFrom
  const take = (filled: FilledRow) => {
    if (!hasContent(filled) || ++row < 1) return
    table.add(row, values(filled, plan))
    account.rowsSent++
  }
  for await (const batch of sheet.rows(
    input.signal,
    share => tell(input, 0.5 + share / 2),
    () => true,
  )) {
    for (const one of batch) for (const filled of filler.push(one)) take(filled)
    const chunk = table.ready()
    if (chunk !== null) yield chunk
  }
  for (const filled of filler.end()) take(filled)
  const rest = table.last()
  if (rest !== null) yield rest
  if (account.rowsSent !== seen.rows - plan.dataFrom)
    throw damaged('two readings of the sheet differ', sheet.name)
  const doubts: readonly Doubt[] = plan.doubts
  return account.close(fingerprint.hex(), bytes.length, { droppedSecrets: plan.secrets.dropped, doubts })
}

/** A workbook's directory stands at its end: the whole file is held in memory. */
async function held(input: Input): Promise<Uint8Array> {
  const { size } = input.file
  if (size > limits.workbookBytes) throw overLimit('workbook bytes', size, limits.workbookBytes)
  return bytesAt(input, 0, size)
}

interface Chosen {
  readonly sheet: Sheet
  readonly survey: Survey
}

/** The sheet that was asked for; else the first visible one with content, else the first with content. */
async function choose(book: Workbook, input: Input): Promise<Chosen> {
  const { part } = input.options
  const sheets = part === undefined ? byVisibility(book) : book.sheets.filter(({ name }) => name === part)
  if (sheets.length === 0)
    throw damaged(
      part === undefined ? 'the workbook has no worksheet' : 'the workbook has no such sheet',
      part,
    )
  for (const sheet of sheets) {
    const seen = await surveyed(sheet, input, share => tell(input, share / 2))
    if (seen.rows > 0) return { sheet, survey: seen }
  }
  throw damaged(part === undefined ? 'no sheet of the workbook has content' : 'the sheet is empty', part)
}

function byVisibility({ sheets }: Workbook): readonly Sheet[] {
  const isVisible = ({ visibility }: Sheet) => visibility === 'visible'
  return [...sheets.filter(isVisible), ...sheets.filter(sheet => !isVisible(sheet))]
}

function surveyed(
  sheet: Sheet,
  { options, signal }: Input,
  progress: (share: number) => void,
): Promise<Survey> {
  return survey(sheet, {
    headRows: headRows(options),
    mergedCells: options.mergedCells ?? 'repeat',
    signal,
    progress,
  })
}

async function parts({ sheets }: Workbook, chosen: Chosen, input: Input): Promise<readonly Part[]> {
  const found: Part[] = []
  for (const sheet of sheets) {
    const rows =
      sheet === chosen.sheet
        ? chosen.survey.rows
        : sheet.isSmall
          ? (await surveyed(sheet, input, () => {})).rows
          : null
    found.push({ id: sheet.name, kind: 'sheet', visibility: sheet.visibility, rows })
  }
  return found
}

function tell(input: Input, share: number): void {
  input.progress(Math.floor(input.file.size * share))
}

/** One row in the order of the sent columns; a loop, because it runs for every row of the file. */
function values({ cells }: FilledRow, { kept, names, secrets }: Plan): (string | null)[] {
  const row: (string | null)[] = []
  for (let i = 0; i < kept.length; i++) {
    const value = cells[kept[i] ?? 0] ?? null
    row.push(value === null ? null : secrets.scrub(names[i] ?? '', value))
  }
  return row
}
