import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { failed, messageOf, type Result, success } from '../../domain/failure.ts'
import { writeWhole } from './write-file.ts'

const allowed =
  /^(?:[a-z]+\.(?:json|html)|tables\/[A-Za-z0-9][A-Za-z0-9-]{0,63}\.csv|figures\/[A-Za-z0-9][A-Za-z0-9-]{0,63}\.(?:png|svg))$/

/** Whether a name is one that a report may write: `run.json`, `tables/CON-01.csv`, `figures/CON-01.png` and alike. */
export function isOutputName(name: string): boolean {
  return allowed.test(name)
}

/** Writes one result below the report's folder. A name of another form is refused as `not-saved`. */
export async function writeOutput(folder: string, name: string, bytes: Uint8Array): Promise<Result<void>> {
  if (!isOutputName(name)) return failed({ kind: 'not-saved', name, detail: 'not a name of a report file' })
  const path = join(folder, name)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(path, bytes)
    return success(undefined)
  } catch (thrown) {
    return failed({ kind: 'not-saved', name, detail: messageOf(thrown) })
  }
}
