import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { refusalLog } from './refusals.ts'
import type { Sender } from './sender.ts'

const handlers = new Map<string, (event: Sender, ...args: unknown[]) => Promise<unknown>>()
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: never) => handlers.set(channel, handler) },
}))
const { call, handle } = await import('./wire.ts')

const frame = { url: 'app://assay/', processId: 1, routingId: 1 }
const own: Sender = { senderFrame: frame, sender: { id: 1, mainFrame: frame, isDestroyed: () => false } }
const forged: Sender = { ...own, senderFrame: null }

function connect() {
  const answer = vi.fn((text: string) => text.length)
  const log = refusalLog()
  handle('assay:length', call(z.tuple([z.string().max(5)]), answer), new Set([1]), log)
  return { answer, log, send: handlers.get('assay:length') ?? expect.unreachable() }
}

describe('a message', () => {
  test('that fits is answered', async () => {
    const { send, log } = connect()
    expect(await send(own, 'abc')).toBe(3)
    expect(log.read().count).toBe(0)
  })

  test.each<[string, Sender, unknown[]]>([
    ['from a forged sender', forged, ['abc']],
    ['with no argument', own, []],
    ['with one argument too many', own, ['abc', 'd']],
    ['with an argument of another type', own, [{ length: 3 }]],
    ['with an argument that is too long', own, ['abcdef']],
  ])('%s is refused and logged, and nothing runs', async (_, sender, args) => {
    const { send, log, answer } = connect()
    await expect(send(sender, ...args)).rejects.toThrow('assay:length was refused')
    expect(answer).not.toHaveBeenCalled()
    expect(log.read().count).toBe(1)
  })
})
