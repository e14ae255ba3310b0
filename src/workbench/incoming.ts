import { type Failure, failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { Archive, Encoding, ReadOptions, ReadSummary } from '../domain/file.ts'
import { baseName, encodings } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { type DataPackage, type DataResource, readDataPackage } from '../formats/format.ts'
import { isMappingName, readSavedMapping } from './saved-mapping.ts'
import type { Source } from './sources.ts'

/** What a drop brings: loose files, or a data package with the files that its manifest names. */
export interface Incoming {
  readonly name: string
  readonly synthetic: boolean
  readonly asOf: string | null
  readonly files: readonly IncomingFile[]
  /** Names of files that lie beside a data package but are not in its manifest: not read. */
  readonly unlisted: readonly string[]
  /** Saved mappings that lay among the files. */
  readonly mappings: readonly SavedMapping[]
}

/** One file to read; `file` is null where a manifest names one that was not given. */
export interface IncomingFile {
  readonly name: string
  readonly file: Blob | null
  readonly readOptions: ReadOptions
  /** What the manifest promises of its bytes, `sha256:…` or bare; null without a manifest. */
  readonly hash: string | null
  readonly archive: Archive | null
  /** Why it cannot be read at all: an archive that does not open. */
  readonly failure: Failure | null
}

const manifestName = 'datapackage.json'

/** The path of a file below the dropped folder where the browser tells it, else its name. */
export function pathOf(file: File): string {
  return file.webkitRelativePath || file.name
}

/** Sorts what was dropped: with a manifest among the files, the manifest says what belongs. */
export async function sortIncoming(sources: readonly Source[]): Promise<Result<Incoming>> {
  const mappings: SavedMapping[] = []
  for (const source of sources.filter(({ path }) => isMappingName(path))) {
    const read = await textOf(source)
    const mapping = read.ok ? readSavedMapping(read.value, source.path) : read
    if (!mapping.ok) return mapping
    mappings.push(mapping.value)
  }
  const data = sources.filter(({ path }) => !isMappingName(path))
  const manifest = data.find(({ path }) => baseName(path) === manifestName)
  if (manifest === undefined) return success({ ...looseFiles(data), mappings })
  const text = await textOf(manifest)
  if (!text.ok) return text
  const read = readDataPackage(text.value, manifest.path)
  return read.ok ? success({ ...packageFiles(read.value, manifest, data), mappings }) : read
}

async function textOf({ file, path }: Source): Promise<Result<string>> {
  try {
    return success(await file.text())
  } catch (thrown) {
    const detail = messageOf(thrown)
    return failed({ kind: 'unreadable-file', file: path, format: 'JSON', detail })
  }
}

type Sorted = Omit<Incoming, 'mappings'>

function looseFiles(sources: readonly Source[]): Sorted {
  const files = sources.map(source => ({ ...incomingFile(source.path, source), readOptions: {}, hash: null }))
  return { name: nameOf(sources), synthetic: false, asOf: null, files, unlisted: [] }
}

/** The folder or archive that they came in together, else the first file and how many more. */
function nameOf(sources: readonly Source[]): string {
  const [first] = sources
  if (first === undefined) return ''
  const steps = first.path.split('/')
  if (sources.length === 1) return first.archive?.name ?? steps.at(-1) ?? ''
  const folder = steps.at(-2) ?? ''
  return folder === '' ? `${first.path} + ${sources.length - 1}` : folder
}

function incomingFile(name: string, source: Source | null) {
  return {
    name,
    file: source?.file ?? null,
    archive: source?.archive ?? null,
    failure: source?.failure ?? null,
  }
}

function packageFiles(manifest: DataPackage, manifestFile: Source, sources: readonly Source[]): Sorted {
  const root = manifestFile.path.slice(0, -manifestName.length)
  const others = sources.filter(source => source !== manifestFile)
  const taken = new Set<Source>()
  const listed = manifest.resources.map(resource => {
    const source = others.find(({ path }) => path === root + resource.path) ?? null
    if (source !== null) taken.add(source)
    return {
      ...incomingFile(resource.path, source),
      readOptions: declaredOptions(resource),
      hash: resource.hash,
    }
  })
  return {
    name: manifest.title ?? manifest.name,
    synthetic: manifest.assay?.synthetic ?? false,
    asOf: manifest.assay?.asOf ?? null,
    files: listed,
    unlisted: others.filter(source => !taken.has(source)).map(({ path }) => path),
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
