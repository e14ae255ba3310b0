import { dirname, extname, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { failed, messageOf, type Result, success } from '../../domain/failure.ts'
import { writeWhole } from './write-file.ts'

let lastFolder: string | null = null

/** Asks the person where the bytes shall go and writes them there. */
export async function save(
  window: BrowserWindow,
  name: string,
  bytes: Uint8Array,
): Promise<Result<'saved' | 'dismissed'>> {
  const path = journeyPath(name) ?? (await askForPath(window, name))
  if (path === null) return success('dismissed')
  try {
    await writeWhole(path, bytes)
    lastFolder = dirname(path)
    return success('saved')
  } catch (thrown) {
    return failed({ kind: 'not-saved', name, detail: messageOf(thrown) })
  }
}

/** Journeys cannot press the buttons of a system dialog: unpackaged, they name a folder instead. */
function journeyPath(name: string): string | null {
  const folder = app.isPackaged ? undefined : process.env.ASSAY_E2E_SAVE_DIR
  return folder === undefined ? null : join(folder, name)
}

async function askForPath(window: BrowserWindow, name: string): Promise<string | null> {
  const ending = extname(name).slice(1)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(lastFolder ?? app.getPath('downloads'), name),
    filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
  })
  return canceled || filePath === '' ? null : filePath
}
