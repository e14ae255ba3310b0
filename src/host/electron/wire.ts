import { ipcMain } from 'electron'
import type { z } from '../../domain/schema.ts'
import type { RefusalLog } from './refusals.ts'
import { trusts } from './sender.ts'

/** A question that the page may put to the machine. */
export interface Call<Arguments extends readonly unknown[], Answer> {
  readonly answer: (...args: Arguments) => Answer | Promise<Answer>
  /** Answers when the arguments fit the call's schema, else gives null and does nothing. */
  receive(args: readonly unknown[]): { readonly answer: Answer | Promise<Answer> } | null
}

export function call<Arguments extends readonly unknown[], Answer>(
  schema: z.ZodType<Arguments>,
  answer: (...args: Arguments) => Answer | Promise<Answer>,
): Call<Arguments, Answer> {
  return {
    answer,
    receive(args) {
      const parsed = schema.safeParse(args)
      return parsed.success ? { answer: answer(...parsed.data) } : null
    },
  }
}

/**
 * The only place where messages of a page are received. A message from anywhere but the main frame of a known
 * window on the app's own origin, or with arguments that do not fit, is refused by a rejection and logged.
 */
export function handle(
  channel: string,
  { receive }: Pick<Call<never, unknown>, 'receive'>,
  windows: ReadonlySet<number>,
  log: RefusalLog,
): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]) => {
    const received = trusts(event, windows) ? receive(args) : null
    if (received !== null) return await received.answer
    log.note('message', event.senderFrame?.url ?? '', channel)
    throw new Error(`${channel} was refused`)
  })
}
