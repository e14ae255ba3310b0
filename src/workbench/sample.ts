import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import { readDataPackage } from '../formats/format.ts'

/** The exports of the bundled sample, the earlier first: folders beside the page. */
export const sampleExports = ['sample-2025', 'sample'] as const

export type SampleExport = (typeof sampleExports)[number]

const manifestName = 'datapackage.json'

/** An export of the bundled sample as files, fetched from the app itself. */
export async function sampleFiles(name: SampleExport): Promise<Result<readonly File[]>> {
  const base = `/${name}/`
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
