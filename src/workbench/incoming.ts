import { type Failure, failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { Encoding, ReadOptions, ReadSummary } from '../domain/file.ts'
import { encodings } from '../domain/file.ts'
import { type DataPackage, type DataResource, readDataPackage } from '../formats/format.ts'

/** What a drop brings: loose files, or a data package with the files that its manifest names. */
export interface Incoming {
  readonly name: string
  readonly synthetic: boolean
  readonly asOf: string | null
  readonly files: readonly IncomingFile[]
  /** Names of files that lie beside a data package but are not in its manifest: not read. */
  readonly unlisted: readonly string[]
}

/** One file to read; `file` is null where a manifest names one that was not given. */
export interface IncomingFile {
  readonly name: string
  readonly file: Blob | null
  readonly readOptions: ReadOptions
  /** What the manifest promises of its bytes, `sha256:…` or bare; null without a manifest. */
  readonly hash: string | null
}

const manifestName = 'datapackage.json'

/** The path of a file below the dropped folder where the browser tells it, else its name. */
export function pathOf(file: File): string {
  return file.webkitRelativePath || file.name
}

/** Sorts what was dropped: with a manifest among the files, the manifest says what belongs. */
export async function sortIncoming(files: readonly File[]): Promise<Result<Incoming>> {
  const manifest = files.find(file => baseName(pathOf(file)) === manifestName)
  if (manifest === undefined) return success(looseFiles(files))
  const text = await manifest.text().catch((thrown: unknown) => thrown)
  if (typeof text !== 'string')
    return failed({
      kind: 'unreadable-file',
      file: manifest.name,
      format: 'datapackage',
      detail: messageOf(text),
    })
  const read = readDataPackage(text, manifest.name)
  return read.ok ? success(packageFiles(read.value, manifest, files)) : read
}

function looseFiles(files: readonly File[]): Incoming {
  const [first] = files
  const folder = first === undefined ? '' : (pathOf(first).split('/').at(-2) ?? '')
  const more = files.length === 1 ? '' : ` + ${files.length - 1}`
  const name = files.length === 1 || folder === '' ? `${first?.name ?? ''}${more}` : folder
  const incoming = files.map(file => ({ name: pathOf(file), file, readOptions: {}, hash: null }))
  return { name, synthetic: false, asOf: null, files: incoming, unlisted: [] }
}

function packageFiles(manifest: DataPackage, manifestFile: File, files: readonly File[]): Incoming {
  const root = pathOf(manifestFile).slice(0, -manifestName.length)
  const others = files.filter(file => file !== manifestFile)
  const taken = new Set<File>()
  const listed = manifest.resources.map(resource => {
    const file = others.find(candidate => pathOf(candidate) === root + resource.path) ?? null
    if (file !== null) taken.add(file)
    return { name: resource.path, file, readOptions: declaredOptions(resource), hash: resource.hash }
  })
  return {
    name: manifest.title ?? manifest.name,
    synthetic: manifest.assay?.synthetic ?? false,
    asOf: manifest.assay?.asOf ?? null,
    files: listed,
    unlisted: others.filter(file => !taken.has(file)).map(pathOf),
  }
}

function declaredOptions({ encoding, delimiter }: DataResource): ReadOptions {
  const known = encodings.find((candidate): candidate is Encoding => candidate === encoding?.toLowerCase())
  return {
    ...(known === undefined ? {} : { encoding: known }),
    ...(delimiter === null ? {} : { delimiter }),
  }
}

/** Whether the manifest's word holds: the file is there (`summary` null: before reading) and its hash agrees. */
export function manifestFailure(
  { name, file, hash }: IncomingFile,
  summary: ReadSummary | null,
): Failure | null {
  if (file === null)
    return { kind: 'manifest-mismatch', file: name, expected: 'a file of this name', actual: 'not given' }
  const expected = hash?.replace(/^sha-?256:/i, '').toLowerCase()
  if (summary === null || expected === undefined || !/^[0-9a-f]{64}$/.test(expected)) return null
  if (summary.sha256 === expected) return null
  return { kind: 'manifest-mismatch', file: name, expected, actual: summary.sha256 }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
