import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem, ImportSession } from '../../workbench/workbench.ts'
import { grouped } from './groups.ts'

/** How far the reading of an import is. */
export interface Work {
  readonly bytes: number
  readonly bytesRead: number
  readonly rowsRead: number
  readonly files: number
  readonly filesDone: number
}

/** Of the files that are taken in. The tables of one file share its bytes. */
export function workOf({ items }: Pick<ImportSession, 'items'>): Work {
  const work = items.filter(({ included, progress }) => included && progress.stage !== 'failed')
  const tables = grouped(work, fileOf)
  const sum = (of: (item: ImportItem) => number) =>
    work.reduce((total, item) => total + of(item) / (tables.get(fileOf(item))?.length ?? 1), 0)
  return {
    bytes: sum(item => item.bytes),
    bytesRead: sum(bytesRead),
    rowsRead: work.reduce((total, item) => total + rowsRead(item), 0),
    files: work.length,
    filesDone: work.filter(isMapped).length,
  }
}

function fileOf({ name, archive }: ImportItem): string {
  return `${archive?.sha256 ?? ''} ${name}`
}

function isMapped({ progress }: ImportItem): boolean {
  return progress.stage === 'ready'
}

function bytesRead({ bytes, progress }: ImportItem): number {
  if (progress.stage === 'reading') return Math.min(progress.bytes, bytes)
  return progress.stage === 'mapping' || progress.stage === 'ready' ? bytes : 0
}

function rowsRead({ progress, counts }: ImportItem): number {
  if (progress.stage === 'reading' || progress.stage === 'mapping') return progress.rows
  return counts?.rowsRead ?? 0
}

/** A forecast no finer than it can be. */
export function remainingWords(seconds: number): Phrase {
  if (seconds < 10) return { zh: '还需几秒', en: 'a few seconds left' }
  if (seconds < 55) return { zh: '不到 1 分钟', en: 'less than a minute left' }
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return { zh: `约剩 ${minutes} 分钟`, en: `about ${minutes} min left` }
  const hours = Math.round(minutes / 60)
  return { zh: `约剩 ${hours} 小时`, en: `about ${hours} h left` }
}
