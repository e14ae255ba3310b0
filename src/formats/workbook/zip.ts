import { type Entry, readDirectory } from '../archive/directory.ts'
import { expanded, located } from '../archive/entry.ts'
import { Allowance, Gauge } from '../archive/gauge.ts'
import { inMemory, type RandomAccess } from '../archive/random-access.ts'

/** The container of a workbook: its parts by their names. */
export interface Zip {
  readonly archive: RandomAccess
  readonly entries: readonly Entry[]
}

/** Some writers put backslashes into the names of parts, or a slash before them. */
export async function openZip(bytes: Uint8Array): Promise<Zip> {
  const archive = inMemory(bytes)
  const entries = await readDirectory(archive, 'lenient')
  const partName = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '')
  return { archive, entries: entries.map(entry => ({ ...entry, name: partName(entry.name) })) }
}

/** A part's content in pieces; its length is counted, not believed, and its CRC-32 is checked at the end. */
export async function* unpacked({ archive }: Zip, entry: Entry): AsyncGenerator<Uint8Array> {
  const gauge = new Gauge(new Allowance(entry.packedBytes))
  try {
    for await (const piece of expanded(archive, entry)) {
      gauge.add(piece)
      yield piece
    }
    gauge.verify(entry.crc)
  } catch (thrown) {
    throw located(thrown, entry.name)
  }
}
