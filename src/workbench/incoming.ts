import { type Failure, failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { Archive, Encoding, ReadOptions, ReadSummary } from '../domain/file.ts'
import { baseName, encodings } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { type DataPackage, type DataResource, readDataPackage } from '../formats/format.ts'
import { isMappingName, readSavedMapping } from './saved-mapping.ts'
import type { Source } from './sources.ts'

/** The export that a file belongs to: a data package, or all that was dropped. It becomes a dataset of its own. */
export interface Origin {
  readonly isPackage: boolean
  readonly name: string
  readonly synthetic: boolean
  readonly asOf: string | null
}

/** What a drop brings: loose files, or data packages with the files that their manifests name. */
export interface Incoming {
  /** One, or the data packages by the order of their folders. */
  readonly origins: readonly Origin[]
  readonly files: readonly IncomingFile[]
  /** Names of files that lie beside or below data packages but are in no manifest: not read. */
  readonly unlisted: readonly string[]
  /** Saved mappings that lay among the files. */
  readonly mappings: readonly SavedMapping[]
}

/** One file to read; `file` is null where a manifest names one that was not given. */
export interface IncomingFile {
  readonly origin: Origin
  /** Below the folder of its data package; with that folder where there are several packages. */
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

/** Sorts what was dropped: with manifests among the files, each says what belongs of the files below its folder. */
export async function sortIncoming(sources: readonly Source[]): Promise<Result<Incoming>> {
  const mappings: SavedMapping[] = []
  for (const source of sources.filter(({ path }) => isMappingName(path))) {
    const read = await textOf(source)
    const mapping = read.ok ? readSavedMapping(read.value, source.path) : read
    if (!mapping.ok) return mapping
    mappings.push(mapping.value)
  }
  const data = sources.filter(({ path }) => !isMappingName(path))
  const manifests = data.filter(({ path }) => baseName(path) === manifestName)
  if (manifests.length === 0) return success({ ...looseFiles(data), mappings })
  const packages = await readPackages(manifests)
  return packages.ok ? success({ ...packageFiles(packages.value, data), mappings }) : packages
}

/** A data package with its folder: empty, or with a slash at its end. */
interface Package {
  readonly root: string
  readonly manifest: DataPackage
}

/** Of two manifests with the same path nobody can tell which files are whose: refused. */
async function readPackages(manifests: readonly Source[]): Promise<Result<readonly Package[]>> {
  const packages: Package[] = []
  for (const source of manifests) {
    const { path } = source
    const root = path.slice(0, -manifestName.length)
    if (packages.some(known => known.root === root)) return failed(twoManifests(path))
    const text = await textOf(source)
    if (!text.ok) return text
    const read = readDataPackage(text.value, path)
    if (!read.ok) return read
    packages.push({ root, manifest: read.value })
  }
  return success(packages)
}

function twoManifests(path: string): Failure {
  const detail = 'two data packages have the same path; import them one after the other'
  return { kind: 'unreadable-file', file: path, format: 'Data Package', detail }
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
  const origin = { isPackage: false, name: nameOf(sources), synthetic: false, asOf: null }
  const files = sources.map(source => ({
    ...incomingFile(origin, source.path, source),
    readOptions: {},
    hash: null,
  }))
  return { origins: [origin], files, unlisted: [] }
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

function incomingFile(origin: Origin, name: string, source: Source | null) {
  return {
    origin,
    name,
    file: source?.file ?? null,
    archive: source?.archive ?? null,
    failure: source?.failure ?? null,
  }
}

/** A file belongs to the nearest package above it that lists it, and to no other. */
function packageFiles(packages: readonly Package[], sources: readonly Source[]): Sorted {
  const byPath = new Map(sources.map(source => [source.path, source]))
  const owners = ownersOf(packages)
  const isAlone = packages.length === 1
  const inOrder = packages.toSorted((a, b) => (a.root < b.root ? -1 : 1))
  const exported = inOrder.map(one => {
    const { title, name, assay } = one.manifest
    const origin = {
      isPackage: true,
      name: title ?? (name || one.root.slice(0, -1)),
      synthetic: assay?.synthetic ?? false,
      asOf: assay?.asOf ?? null,
    }
    const own = one.manifest.resources.filter(({ path }) => owners.get(one.root + path) === one)
    const files = own.map(resource => ({
      ...incomingFile(
        origin,
        isAlone ? resource.path : one.root + resource.path,
        byPath.get(one.root + resource.path) ?? null,
      ),
      readOptions: declaredOptions(resource),
      hash: resource.hash,
    }))
    return { origin, files }
  })
  return {
    origins: exported.flatMap(({ origin, files }) => (files.length > 0 ? [origin] : [])),
    files: exported.flatMap(({ files }) => files),
    unlisted: sources.flatMap(({ path }) =>
      owners.has(path) || packages.some(({ root }) => path === root + manifestName) ? [] : [path],
    ),
  }
}

/** Path -> the package that lists it; the deepest, where several do. */
function ownersOf(packages: readonly Package[]): ReadonlyMap<string, Package> {
  const outermostFirst = packages.toSorted((a, b) => a.root.length - b.root.length)
  return new Map(
    outermostFirst.flatMap(one => one.manifest.resources.map(({ path }) => [one.root + path, one] as const)),
  )
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
