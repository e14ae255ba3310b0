import { Fingerprint, snapshot } from '../bytes.ts'
import type { Unpacked, UnpackedFile } from '../format.ts'
import type { Input } from '../input.ts'
import { damaged } from '../refusal.ts'
import { type Entry, readDirectory } from './directory.ts'
import { located } from './entry.ts'
import { gunzippedName } from './entry-name.ts'
import { Allowance } from './gauge.ts'
import { gunzip, isGzip } from './gzip.ts'
import { onDisk } from './random-access.ts'
import { entriesOfArchive, expandEntry, isZip, safeFiles } from './zip.ts'

export type ArchiveKind = 'gzip' | 'zip'

/** What the first bytes say; a workbook counts as ZIP here. */
export async function archiveKind(file: Blob): Promise<ArchiveKind | null> {
  const head = await headOf(file)
  return isGzip(head) ? 'gzip' : isZip(head) ? 'zip' : null
}

/** null when a ZIP file is a document of its own, such as a workbook. Throws `Refusal`. */
export function unpackArchive(input: Input, name: string, kind: ArchiveKind): Promise<Unpacked | null> {
  return kind === 'gzip' ? unpackGzip(input, name) : unpackZip(input)
}

async function unpackGzip(input: Input, name: string): Promise<Unpacked> {
  const fingerprint = new Fingerprint()
  const { file, name: stated } = await gunzip(input, new Allowance(input.file.size), fingerprint)
  return { sha256: fingerprint.hex(), files: [{ name: gunzippedName(name, stated), file }] }
}

async function unpackZip(given: Input): Promise<Unpacked | null> {
  if ((await entriesOfArchive(given)) === null) return null
  const { input, sha256 } = await snapshot(given)
  const files = safeFiles(await readDirectory(onDisk(input), 'strict'))
  if (files.length === 0) throw damaged('the archive holds no file')
  const allowance = new Allowance(input.file.size)
  const taken = new Set(files.map(({ name }) => name))
  const unpacked: UnpackedFile[] = []
  let done = 0
  for (const entry of files) {
    const before = done
    const own = { ...input, progress: (bytes: number) => input.progress(before + bytes) }
    unpacked.push(await unpackEntry(own, entry, allowance, taken))
    done += entry.packedBytes
  }
  return { sha256: await sha256(), files: unpacked }
}

/** An entry that is a gzip file is expanded too; any other archive inside stays closed. */
async function unpackEntry(
  input: Input,
  entry: Entry,
  allowance: Allowance,
  taken: Set<string>,
): Promise<UnpackedFile> {
  const { name } = entry
  const file = await within(name, () => expandEntry(input, entry, allowance))
  if (!isGzip(await headOf(file))) return { name, file }
  const inner = await within(name, () => gunzip({ ...input, file, progress: () => {} }, allowance))
  const shorter = gunzippedName(name, inner.name)
  if (taken.has(shorter)) return { name, file: inner.file }
  taken.add(shorter)
  return { name: shorter, file: inner.file }
}

async function within<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw located(thrown, name)
  }
}

async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, 4).arrayBuffer())
}
