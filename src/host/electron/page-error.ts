import type { WebContents } from 'electron'

/** Tells what the page (or Chromium for it) writes to its console as an error. */
export function onPageError(contents: WebContents, listener: (message: string) => void): void {
  contents.on('console-message', (event: Partial<Message>, level?: unknown, message?: unknown) => {
    // Until Electron 34 level (3 = error) and message are arguments, since 35 fields of the event.
    if (event.level === 'error' || level === 3) listener(String(event.message ?? message))
  })
}

interface Message {
  readonly level: unknown
  readonly message: unknown
}
