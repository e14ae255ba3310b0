import { expect, test } from 'vitest'
import { failed } from '../domain/failure.ts'
import { memoryHost } from './memory.ts'

test('what was saved can be read back, and is a copy', async () => {
  const host = memoryHost()
  const bytes = new Uint8Array([1, 2])
  expect(await host.save('a.png', bytes)).toEqual({ ok: true, value: 'saved' })
  bytes[0] = 9
  expect([...(host.saved.get('a.png') ?? [])]).toEqual([1, 2])
})

test('a failing save keeps nothing', async () => {
  const host = memoryHost(name => failed({ kind: 'not-saved', name, detail: 'disk full' }))
  expect((await host.save('a.png', new Uint8Array())).ok).toBe(false)
  expect(host.saved.size).toBe(0)
})

test('a chosen command reaches its listeners until they leave', () => {
  const host = memoryHost()
  const heard: string[] = []
  const leave = host.onCommand(id => heard.push(id))
  host.choose('undo')
  leave()
  host.choose('redo')
  expect(heard).toEqual(['undo'])
})
