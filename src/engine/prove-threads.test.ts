import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectWorker, type Link, usualPatience } from './link.ts'
import { proveThreads } from './prove-threads.ts'
import { attachStore } from './store.ts'
import { nodeBundle } from './testing.ts'

const trial = { heap: 50_000_000, rows: 20_000, rounds: 2, limit: 10_000 }

let link: Link
beforeAll(async () => {
  link = connectWorker(nodeBundle, usualPatience, () => {})
  await link.call(db => db.instantiate(nodeBundle.wasm))
  await link.call(db => db.open({ path: ':memory:' }))
  await attachStore(link)
})
afterAll(() => link.end('done'))

test('a sound build passes, twice, and leaves nothing behind', async () => {
  await proveThreads(link, trial)
  await proveThreads(link, trial)
})

test('a build that loses a batch of a result is found out', async () => {
  const lossy: Link = {
    ...link,
    call: async ask => {
      const answer = await link.call(ask)
      return answer instanceof Uint8Array && answer.length > 1500
        ? (new Uint8Array(0) as typeof answer)
        : answer
    },
  }
  await expect(proveThreads(lossy, trial)).rejects.toThrow('wrong answers')
})

test('a build that stops answering is given up in time', async () => {
  const silent: Link = { ...link, call: () => new Promise(() => {}) }
  await expect(proveThreads(silent, { ...trial, limit: 100 })).rejects.toThrow()
})
