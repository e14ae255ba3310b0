import { failed, messageOf, type Result } from '../../domain/failure.ts'
import type { Host, ReportJob } from '../host.ts'
import type { Bridge } from './calls.ts'
import { plainName } from './file-name.ts'

/** The host of a page that runs in Assay's own window. Throws anywhere else. */
export async function openHost(): Promise<Host> {
  const bridge = (globalThis as { readonly assay?: Bridge }).assay
  if (bridge === undefined) throw new Error('This page runs in the Assay app alone.')
  const { machine, report } = await bridge.describe()
  return {
    machine,
    save: (name, bytes) => bridge.save(plainName(name), bytes).catch(notSaved(name)),
    showMenu: menu => void bridge.showMenu([...menu], languageShown()).catch(console.error),
    onCommand: listener => bridge.onCommand(listener),
    showTheme: theme => void bridge.showTheme(theme).catch(console.error),
    refusals: () => bridge.refusals(),
    report: report && openReport(bridge, report),
  }
}

function openReport(bridge: Bridge, described: Pick<ReportJob, 'language' | 'exports'>): ReportJob {
  return {
    ...described,
    write: (name, bytes) => bridge.writeOutput(name, bytes).catch(notSaved(name)),
    say: (line, stream) => void bridge.say(line.slice(0, 10_000), stream).catch(console.error),
    finish: exitCode => void bridge.finish(exitCode).catch(console.error),
  }
}

function notSaved(name: string): (thrown: unknown) => Result<never> {
  return thrown => failed({ kind: 'not-saved', name, detail: messageOf(thrown) })
}

function languageShown(): 'zh' | 'en' {
  return document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'
}
