import type { Refusals } from '../host.ts'
import { originOf } from './origin.ts'

export type Refused =
  | 'request'
  | 'policy'
  | 'navigation'
  | 'window'
  | 'webview'
  | 'permission'
  | 'download'
  | 'message'

/** Counts what was refused since start and keeps the last fifty, as kind and origin. */
export interface RefusalLog {
  note(kind: Refused, url: string, detail?: string): void
  read(): Refusals
}

const kept = 50

export function refusalLog(): RefusalLog {
  let count = 0
  let last: readonly string[] = []
  return {
    note(kind, url, detail) {
      count += 1
      const line = [kind, originOf(url), ...(detail === undefined ? [] : [detail])].join(' ')
      last = [...last, line].slice(-kept)
    },
    read: () => ({ count, last }),
  }
}
