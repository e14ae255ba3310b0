import type { Input } from '../input.ts'
import { damaged, Refusal } from '../refusal.ts'
import { Collector } from './collector.ts'
import { type Entry, readDirectory } from './directory.ts'
import { expanded, shown } from './entry.ts'
import { isNoFile, unsafety } from './entry-name.ts'
import type { Allowance } from './gauge.ts'
import { onDisk } from './random-access.ts'

const localHeaderBytes = 30
const symbolicLink = 0o120000

/** Begins with an entry, or with the end of an empty archive. */
export function isZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === (head[2] ?? 0) + 1
  )
}

/**
 * The entries of an archive; null for a workbook or another document that only is a ZIP file inside (Office Open XML,
 * OpenDocument). A damaged file counts as what its first entry belongs to.
 */
export async function entriesOfArchive(input: Input): Promise<readonly Entry[] | null> {
  try {
    const entries = await readDirectory(onDisk(input), 'strict')
    return isDocument(entries.map(({ name }) => name)) ? null : entries
  } catch (thrown) {
    if (thrown instanceof Refusal && (await beginsLikeDocument(input))) return null
    throw thrown
  }
}

function isDocument(names: readonly string[]): boolean {
  return names.includes('[Content_Types].xml') || names[0] === 'mimetype'
}

async function beginsLikeDocument(input: Input): Promise<boolean> {
  const head = new Uint8Array(await input.file.slice(0, localHeaderBytes + 64).arrayBuffer())
  const name = new TextDecoder('latin1').decode(head.subarray(localHeaderBytes))
  return /^(\[Content_Types\]\.xml|mimetypeapplication|_rels\/|docProps\/|xl\/)/.test(name)
}

/** Refuses the whole archive for one entry that no honest archiver writes; gives those that are files. */
export function safeFiles(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>()
  for (const { name, unixType } of entries) {
    const link = unixType === symbolicLink ? 'a symbolic link' : null
    const reason = unsafety(name) ?? link ?? (seen.has(name) ? 'a name given twice' : null)
    if (reason !== null) throw damaged(`refused: ${reason}`, `entry ${shown(name)}`)
    seen.add(name)
  }
  return entries.filter(({ name }) => !isNoFile(name))
}

/** One entry's content, checked against its length and CRC. The caller says which entry a refusal is about. */
export async function expandEntry(input: Input, entry: Entry, allowance: Allowance): Promise<Blob> {
  const collector = new Collector(allowance, input.signal)
  const { gauge } = collector
  for await (const piece of expanded(onDisk(input), entry)) {
    if (gauge.size + piece.length > entry.bytes) throw damaged('is longer than the archive states')
    await collector.add(piece)
  }
  if (gauge.size !== entry.bytes) throw damaged('is shorter than the archive states')
  gauge.verify(entry.crc)
  return collector.blob()
}
