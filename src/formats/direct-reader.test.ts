import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { directReader } from './format.ts'

test('a reading that has ended no longer listens to its signal', async () => {
  const { signal } = new AbortController()
  const reading = directReader().read(new Blob(['a,b\n1,2\n']), 'test', {}, signal, () => {})
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  for await (const _ of reading.chunks) expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await reading.summary
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})
