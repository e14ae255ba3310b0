import { type BrowserWindow, Menu, nativeTheme } from 'electron'
import { z } from '../../domain/schema.ts'
import type { MenuItem } from '../host.ts'
import { isPlainName } from './file-name.ts'
import { describeMachine } from './machine.ts'
import { menuTemplate } from './menu.ts'
import type { RefusalLog } from './refusals.ts'
import { writeOutput } from './report-output.ts'
import { describeRun, finish, type ReportRun, say } from './report-run.ts'
import { save } from './save.ts'
import { type Call, call } from './wire.ts'

const none = z.tuple([])
const bytes = z.instanceof(Uint8Array<ArrayBufferLike>)
const label = z.string().max(300)
const fileName = z.string().refine(isPlainName)
const menuItem: z.ZodType<MenuItem> = z.strictObject({
  id: z.string().max(100),
  label,
  accelerator: z.string().max(60).exactOptional(),
  enabled: z.boolean().exactOptional(),
  checked: z.boolean().exactOptional(),
  items: z
    .array(z.lazy(() => menuItem))
    .max(200)
    .exactOptional(),
  separatorBefore: z.boolean().exactOptional(),
})

/** Everything that the page can ask of the main process; the bridge's types are inferred from here. */
export function calls(window: BrowserWindow, run: ReportRun | null, log: RefusalLog) {
  return {
    describe: call(none, () => ({ machine: describeMachine(), report: run && describeRun(run) })),
    save: call(z.tuple([fileName, bytes]), (name, content) => save(window, name, content)),
    showMenu: call(z.tuple([z.array(menuItem).max(20), z.enum(['zh', 'en'])]), (menu, language) => {
      const choose = (id: string) => void tell(window, id).catch(console.error)
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menu, language, process.platform, choose)))
    }),
    showTheme: call(z.tuple([z.enum(['light', 'dark', 'system'])]), theme => {
      nativeTheme.themeSource = theme
    }),
    refusals: call(none, () => log.read()),
    ...reportCalls(run),
  }
}

/** Runs a command of the menu in the page. Choosing it is an act of the person, without which no file dialog opens. */
async function tell({ webContents }: BrowserWindow, id: string): Promise<void> {
  await webContents.executeJavaScript('undefined', true)
  webContents.send('assay:command', id)
}

function reportCalls(run: ReportRun | null) {
  const demand = (): ReportRun => {
    if (run === null) throw new Error('there is no report to write')
    return run
  }
  return {
    writeOutput: call(z.tuple([z.string().max(200), bytes]), (name, content) =>
      writeOutput(demand().job.out, name, content),
    ),
    say: call(z.tuple([z.string().max(10_000), z.enum(['stdout', 'stderr'])]), (line, stream) => {
      demand()
      say(line, stream)
    }),
    finish: call(z.tuple([z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])]), code => {
      demand()
      finish(code)
    }),
  }
}

type Calls = ReturnType<typeof calls>

/** What the preload lays into the page: one function for each call, and the menu's commands. */
export type Bridge = {
  readonly [Name in keyof Calls]: Calls[Name] extends Call<infer Arguments, infer Answer>
    ? (...args: Arguments) => Promise<Awaited<Answer>>
    : never
} & { onCommand(listener: (id: string) => void): () => void }
