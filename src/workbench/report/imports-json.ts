import type { ImportedFile, RejectReason } from '../../domain/file.ts'
import type { ReportJob } from '../../host/host.ts'
import { failureLine } from './failure-line.ts'

/** `imports.json`: how each file went, every row accounted for. A file that could not be read still has its hash. */
export async function importsJson(
  files: readonly ImportedFile[],
  job: ReportJob,
): Promise<readonly unknown[]> {
  return Promise.all(
    files.map(async file => ({
      name: file.name,
      part: file.part,
      archive: file.archive,
      sha256: file.sha256 || (await hashOf(file.name, job)),
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
      ...(file.failure === null ? {} : { failure: { ...file.failure, line: failureLine(file.failure) } }),
    })),
  )
}

async function hashOf(name: string, job: ReportJob): Promise<string | null> {
  const input = job.inputs.find(candidate => candidate.name === name || candidate.name.endsWith(`/${name}`))
  if (input === undefined) return null
  const bytes = await (await fetch(input.url)).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}
