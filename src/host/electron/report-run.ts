import { app, type WebContents } from 'electron'
import type { ReportJob } from '../host.ts'
import { type Input, type Job, listInputs, readJob } from './job.ts'
import type { Manifest } from './manifest.ts'
import { home } from './origin.ts'
import { onPageError } from './page-error.ts'

/** A run without a screen: what it reads, where it writes, and how it ends. */
export interface ReportRun {
  readonly job: Job
  /** The files of each export. */
  readonly exports: readonly (readonly Input[])[]
}

/** The run that `--report=FILE` asks for. Ends the process with 2 when it cannot be done at all. */
export async function prepareReport(file: string): Promise<ReportRun> {
  try {
    const job = readJob(file)
    const exports = []
    for (const named of job.exports) exports.push(await listInputs(named, line => say(line, 'stderr')))
    return { job, exports }
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown), 'stderr')
    process.exit(2)
  }
}

/** Where the page fetches each input. */
export function inputManifest({ exports }: ReportRun): Manifest {
  return new Map(
    exports.flatMap((inputs, which) => inputs.map(({ path }, index) => [inputPath(which, index), path])),
  )
}

/** The run as the page sees it: no path of this machine. */
export function describeRun({ job, exports }: ReportRun): Pick<ReportJob, 'language' | 'exports'> {
  const described = exports.map((inputs, which) =>
    inputs.map(({ name, bytes }, index) => ({
      name,
      bytes,
      url: new URL(inputPath(which, index), home).href,
    })),
  )
  return { language: job.language, exports: described }
}

/** Ends the process with 1 when the page dies, cannot be loaded, or takes longer than the job allows. */
export function superviseReport(contents: WebContents, seconds: number): void {
  const fail = (reason: string) => {
    if (!ending) say(reason, 'stderr')
    finish(1)
  }
  contents.on('render-process-gone', (_, { reason }) => fail(`The report's page died: ${reason}.`))
  contents.on('did-fail-load', (_, code, text) => fail(`The report's page did not load: ${text || code}.`))
  contents.on('destroyed', () => fail('The report was closed before it had finished.'))
  // The page answers for its failures itself; an error that nobody caught means that it never will.
  onPageError(contents, message => {
    if (message.startsWith('Uncaught')) fail('The report broke off.')
  })
  setTimeout(() => fail(`The report has not finished after ${seconds} s.`), seconds * 1000)
}

/** One line, with control characters made visible: file names come from elsewhere. */
export function say(line: string, stream: 'stdout' | 'stderr'): void {
  const safe = line.replace(/(?![\t\n])\p{Cc}/gu, '\ufffd')
  process[stream].write(`${safe}\n`)
}

let ending = false

/** Ends the process once everything said has been taken. */
export function finish(exitCode: number): void {
  if (ending) return
  ending = true
  process.stdout.write('', () => process.stderr.write('', () => app.exit(exitCode)))
}

function inputPath(which: number, index: number): string {
  return `/.report/${which}/${index}`
}
