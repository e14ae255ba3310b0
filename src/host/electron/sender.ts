import { isOwn } from './origin.ts'

/** What is looked at in an IPC event; Electron's own event fits. */
export interface Sender {
  readonly senderFrame: Frame | null
  readonly sender: { readonly id: number; readonly mainFrame: Frame; isDestroyed(): boolean }
}

interface Frame {
  readonly url: string
  readonly processId: number
  readonly routingId: number
}

/** Whether a message comes from the main frame of a known, living window that shows the app's own origin. */
export function trusts({ sender, senderFrame }: Sender, windows: ReadonlySet<number>): boolean {
  if (senderFrame === null || sender.isDestroyed() || !windows.has(sender.id)) return false
  const { mainFrame } = sender
  const isMain =
    mainFrame.processId === senderFrame.processId && mainFrame.routingId === senderFrame.routingId
  return isMain && isOwn(senderFrame.url)
}
