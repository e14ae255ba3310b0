import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import { readDataPackage } from '../formats/format.ts'

const manifestName = 'datapackage.json'

/** The bundled sample as files, fetched from the app itself at `base` (`/sample/`). */
export async function sampleFiles(base: string): Promise<Result<readonly File[]>> {
  try {
    const manifest = await fetchFile(base, manifestName)
    const read = readDataPackage(await manifest.text(), manifestName)
    if (!read.ok) return read
    const resources = await Promise.all(read.value.resources.map(({ path }) => fetchFile(base, path)))
    return success([manifest, ...resources])
  } catch (thrown) {
    return failed({ kind: 'unreadable-file', file: base, format: 'datapackage', detail: messageOf(thrown) })
  }
}

async function fetchFile(base: string, path: string): Promise<File> {
  const response = await fetch(base + path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return new File([await response.blob()], path)
}
