import { messageOf, type Result } from '../../domain/failure.ts'
import type { ImportedFile } from '../../domain/file.ts'
import { bundledFonts, reportHtml, tableCsv } from '../../exports/export.ts'
import type { Host, ReportInput, ReportJob } from '../../host/host.ts'
import { catalogue } from '../../indicators/indicator.ts'
import { importedFile } from '../imported.ts'
import { itemLabel } from '../open-item.ts'
import { sampleExports } from '../sample.ts'
import type { Workbench } from '../workbench.ts'
import { reportContent } from './content.ts'
import { failureLine } from './failure-line.ts'
import { importsJson, type TakenExport } from './imports-json.ts'
import { indicatorsJson } from './indicators-json.ts'
import { runJson } from './run-json.ts'

type Parts = { readonly workbench: Workbench; readonly host: Host; readonly job: ReportJob }

/**
 * The main job without a screen: imports with the proposed mapping, computes every indicator, writes everything
 * below one folder. Ends with exit code 0, or 3 when a file could not be read (the others are done all the same).
 */
export async function runReport({ workbench, host, job }: Parts): Promise<0 | 3> {
  const started = performance.now()
  const taken = await takeInAll(workbench, job)
  const files = taken.flatMap(one => one.files)
  for (const { text, tone } of workbench.store.getState().notices)
    if (tone !== 'good') job.say(text[job.language], 'stderr')
  await workbench.settled()
  const broken = files.filter(file => file.failure !== null)
  for (const { failure } of broken) if (failure !== null) job.say(failureLine(failure), 'stderr')
  await write(job, 'imports.json', json(await importsJson(taken)))
  await write(job, 'indicators.json', json(indicatorsJson(workbench.store.getState())))
  await writeTables(workbench, job)
  const svgs = await writeFigures(workbench, job)
  const content = reportContent(workbench.store.getState(), host, files, svgs, new Date())
  await write(job, 'report.html', await reportHtml(content, bundledFonts()))
  const milliseconds = performance.now() - started
  await write(job, 'run.json', json(runJson(workbench.store.getState(), host, files, milliseconds)))
  job.say(closingLine(workbench, files), 'stdout')
  return broken.length > 0 ? 3 : 0
}

/** Every export is a dataset of its own. */
async function takeInAll(workbench: Workbench, job: ReportJob): Promise<readonly TakenExport[]> {
  const named = job.exports.map(inputs => ({
    inputs,
    // The workbench would take a file of a known name for a corrected one; here it is that of another export.
    open: async () => workbench.importFiles(await Promise.all(inputs.map(fetchInput)), 'beside'),
  }))
  const sample = sampleExports.map(name => ({ inputs: [], open: () => workbench.openSample(name) }))
  const taken = []
  for (const { inputs, open } of named.length > 0 ? named : sample) {
    await open()
    taken.push({ inputs, files: await confirmed(workbench, job) })
  }
  return taken
}

/** Confirms the open import as it is proposed; its files, also those that could not be read. */
async function confirmed(workbench: Workbench, job: ReportJob): Promise<readonly ImportedFile[]> {
  const items = workbench.store.getState().importing?.items ?? []
  for (const item of items.filter(({ included }) => !included))
    job.say(`left out (hidden or empty): ${itemLabel(item)}`, 'stderr')
  const files = items.filter(({ included }) => included).map(importedFile)
  await workbench.confirmImport()
  return files
}

async function fetchInput({ name, url }: ReportInput): Promise<File> {
  const blob = await (await fetch(url)).blob()
  const file = new File([blob], name.slice(name.lastIndexOf('/') + 1))
  Object.defineProperty(file, 'webkitRelativePath', { value: name.includes('/') ? name : '' })
  return file
}

async function writeTables(workbench: Workbench, job: ReportJob): Promise<void> {
  const { results } = workbench.store.getState()
  for (const { id } of catalogue) {
    const outcome = results[id]?.outcome
    if (outcome?.status !== 'ok') continue
    await write(job, `tables/${id}.csv`, tableCsv(outcome.table, { bom: true, neutralise: true }))
  }
}

/** Draws every figure twice; gives the SVG texts for the report page. */
async function writeFigures(workbench: Workbench, job: ReportJob): Promise<ReadonlyMap<string, string>> {
  const svgs = new Map<string, string>()
  const size = { unit: 'px', width: 960, height: 540, scale: 2 } as const
  for (const { id } of catalogue) {
    if (workbench.store.getState().results[id]?.outcome?.status !== 'ok') continue
    for (const format of ['svg', 'png'] as const) {
      const drawn = await workbench.drawFigure(id, { format, size, background: 'theme', theme: 'light' })
      const { bytes } = must(drawn)
      await write(job, `figures/${id}.${format}`, bytes)
      if (format === 'svg') svgs.set(id, new TextDecoder().decode(bytes))
    }
  }
  return svgs
}

/** A result that cannot be had here ends the run: half a report must not look like a whole one. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(failureLine(result.failure))
  return result.value
}

async function write(job: ReportJob, name: string, content: string | Uint8Array): Promise<void> {
  must(await job.write(name, typeof content === 'string' ? new TextEncoder().encode(content) : content))
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function closingLine(workbench: Workbench, files: readonly ImportedFile[]): string {
  const outcomes = Object.values(workbench.store.getState().results).map(({ outcome }) => outcome?.status)
  const computed = outcomes.filter(status => status === 'ok').length
  const rows = files.reduce((sum, file) => sum + file.rowsAccepted, 0)
  return `${files.length} files, ${rows} rows accepted, ${computed} of ${catalogue.length} indicators computed`
}

/** What a throw inside the run says on its way out. */
export function bugLine(thrown: unknown): string {
  return `assay: the report could not be finished: ${messageOf(thrown, 2000)}`
}
