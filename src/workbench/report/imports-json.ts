import type { ImportedFile, RejectReason } from '../../domain/file.ts'
import type { ReportInput } from '../../host/host.ts'
import { failureLine } from './failure-line.ts'

/** How the files of one export went, and where they came from; nothing is named where the sample was taken. */
export interface TakenExport {
  readonly files: readonly ImportedFile[]
  readonly inputs: readonly ReportInput[]
}

/** `imports.json`: how each file went, every row accounted for. A file that could not be read still has its hash. */
export async function importsJson(taken: readonly TakenExport[]): Promise<readonly unknown[]> {
  return (await Promise.all(taken.map(exportJson))).flat()
}

function exportJson({ files, inputs }: TakenExport): Promise<readonly unknown[]> {
  return Promise.all(
    files.map(async file => ({
      name: file.name,
      part: file.part,
      archive: file.archive,
      sha256: file.sha256 || (await hashOf(file.name, inputs)),
      format: file.format,
      adapter: file.adapter,
      adapterVersion: file.adapterVersion,
      encoding: file.encoding,
      assumedZone: file.assumedZone,
      choices: file.choices,
      rowsRead: file.rowsRead,
      rowsAccepted: file.rowsAccepted,
      rowsRejected: file.rowsRejected,
      rejects: Object.entries(file.rejectCounts).map(([reason, rows]) => ({
        reason: reason as RejectReason,
        rows,
      })),
      droppedSecrets: file.droppedSecrets,
      doubts: file.doubts,
      unknownNames: file.unresolved,
      ...(file.failure === null ? {} : { failure: { ...file.failure, line: failureLine(file.failure) } }),
    })),
  )
}

async function hashOf(name: string, inputs: readonly ReportInput[]): Promise<string | null> {
  const input = inputs.find(candidate => candidate.name === name || candidate.name.endsWith(`/${name}`))
  if (input === undefined) return null
  const bytes = await (await fetch(input.url)).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}
