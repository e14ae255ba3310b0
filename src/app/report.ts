import { openEngine } from '../engine/engine.ts'
import { type Host, openHost, type ReportJob } from '../host/host.ts'
import { bugLine, openStore, openWorkbench, runReport } from '../workbench/workbench.ts'
import { openParts } from './parts.ts'

/** The run without a screen: the same parts as the window, and the report in place of the views. */
async function run(host: Host, job: ReportJob): Promise<0 | 1 | 3> {
  const engine = await openEngine()
  if (!engine.ok) throw new Error(`the engine did not start: ${JSON.stringify(engine.failure)}`)
  const store = openStore(job.language, 'light')
  const parts = openParts(store, engine.value, host)
  return runReport({ workbench: await openWorkbench(parts), host, job })
}

async function openPage(): Promise<void> {
  const host = await openHost()
  const { report } = host
  if (report === null) return
  try {
    report.finish(await run(host, report))
  } catch (thrown) {
    report.say(bugLine(thrown), 'stderr')
    report.finish(1)
  }
}

void openPage()
