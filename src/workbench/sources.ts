import type { Failure } from '../domain/failure.ts'
import type { Archive } from '../domain/file.ts'
import type { Reader } from '../formats/format.ts'
import { pathOf } from './incoming.ts'

/** A file that came in, with its path below what was dropped; archives are opened already. */
export interface Source {
  readonly path: string
  readonly file: Blob
  readonly archive: Archive | null
  /** Why an archive could not be opened; its bytes are then not looked at. */
  readonly failure: Failure | null
}

export type Unpacking = (archive: { readonly name: string; readonly bytes: number } | null) => void

/** Opens the archives among the files, one after the other; everything else passes through. */
export async function openSources(
  reader: Reader,
  files: readonly File[],
  signal: AbortSignal,
  say: Unpacking,
): Promise<readonly Source[]> {
  const sources: Source[] = []
  for (const file of files) sources.push(...(await sourcesOf(reader, file, signal, say)))
  say(null)
  return sources
}

async function sourcesOf(
  reader: Reader,
  file: File,
  signal: AbortSignal,
  say: Unpacking,
): Promise<readonly Source[]> {
  const path = pathOf(file)
  const alone = { path, file, archive: null, failure: null }
  if (!(await mayBePacked(file))) return [alone]
  say({ name: path, bytes: 0 })
  const unpacked = await reader.unpack(file, path, signal, bytes => say({ name: path, bytes }))
  if (!unpacked.ok) return [{ ...alone, failure: unpacked.failure }]
  if (unpacked.value === null) return [alone]
  const { sha256, files } = unpacked.value
  const archive = { name: path, sha256 }
  return files.map(inner => ({
    path: `${path}/${inner.name}`,
    file: inner.file,
    archive,
    failure: null,
  }))
}

/** By the first bytes, so that no worker is started for a file that is surely none. */
async function mayBePacked(file: File): Promise<boolean> {
  const head = await file
    .slice(0, 4)
    .arrayBuffer()
    .catch(() => null)
  if (head === null || head.byteLength < 4) return false
  const [first, second] = new Uint8Array(head)
  return (first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b)
}
