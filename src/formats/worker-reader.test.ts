import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { serve } from './serve.ts'
import { tables, value } from './testing.ts'
import type { Port, Reply, Request } from './wire.ts'
import { type ReadingWorker, workerReader } from './worker-reader.ts'

/** A worker without a thread: the real service at the other end of a channel. */
function channelWorker(): ReadingWorker & { terminated: boolean } {
  const { port1, port2 } = new MessageChannel()
  serve(port2 as unknown as Port<Reply, Request>)
  const worker = {
    terminated: false,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message: unknown) => port1.postMessage(message),
    terminate: () => {
      worker.terminated = true
      port1.close()
      port2.close()
    },
  } as ReadingWorker & { terminated: boolean }
  port1.onmessage = event => worker.onmessage?.call(worker as unknown as Worker, event)
  return worker
}

/** A worker that never answers. */
function silentWorker(): ReadingWorker & { terminated: boolean } {
  const worker = {
    terminated: false,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: () => {},
    terminate: () => {
      worker.terminated = true
    },
  }
  return worker
}

const file = new Blob(['a,b\n1,2\n'])
/** Six chunks. */
const big = new Blob([`a\n${'0123456789\n'.repeat(1_500_000)}`])
const never = new AbortController().signal

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

describe('the reader of the page', () => {
  test('inspects and reads as the reader in the worker does, and ends its worker', async () => {
    const workers: ReturnType<typeof channelWorker>[] = []
    const reader = workerReader(() => {
      const worker = channelWorker()
      workers.push(worker)
      return worker
    })
    expect(value(await reader.inspect(file, 'x.csv', {}, never)).columns).toEqual(['a', 'b'])
    const seen: number[] = []
    const reading = reader.read(file, 'x.csv', {}, never, bytes => seen.push(bytes))
    const chunks = await drain(reading.chunks)
    expect(tables({ chunks, summary: await reading.summary })[0]?.numRows).toBe(1)
    expect(value(await reading.summary)).toMatchObject({ rowsRead: 1, bytes: 8 })
    expect(seen.at(-1)).toBe(8)
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true])
  })

  test('unpacks as the reader in the worker does, and ends its worker', async () => {
    const worker = channelWorker()
    const reader = workerReader(() => worker)
    const unpacked = value(await reader.unpack(new Blob([gzipSync('a\n')]), 'x.csv.gz', never, () => {}))
    expect(unpacked?.files.map(({ name }) => name)).toEqual(['x.csv'])
    expect(await unpacked?.files[0]?.file.text()).toBe('a\n')
    expect(worker.terminated).toBe(true)
    expect(value(await workerReader(channelWorker).unpack(file, 'x.csv', never, () => {}))).toBeNull()
  })

  test('sends no more than two chunks ahead', async () => {
    let posted = 0
    const reader = workerReader(() => {
      const worker = channelWorker()
      return new Proxy(worker, {
        set(target, key, set) {
          const counted = (event: MessageEvent) => {
            if (event.data.kind === 'chunk') posted++
            set(event)
          }
          return Reflect.set(target, key, key === 'onmessage' ? counted : set)
        },
      })
    })
    const reading = reader.read(big, 'x.csv', {}, never, () => {})
    const iterator = reading.chunks[Symbol.asyncIterator]()
    await iterator.next()
    await new Promise(resolve => setTimeout(resolve, 3000))
    expect(posted).toBe(3)
    while (!(await iterator.next()).done);
    expect(value(await reading.summary).rowsRead).toBe(1_500_000)
  })

  test('a worker that traps fails the reading', async () => {
    const worker = silentWorker()
    const reading = workerReader(() => worker).read(file, 'x.csv', {}, never, () => {})
    worker.onerror?.call(worker as unknown as Worker, { message: 'unreachable' } as ErrorEvent)
    expect(await drain(reading.chunks)).toEqual([])
    expect(await reading.summary).toMatchObject({
      ok: false,
      failure: { kind: 'unreadable-file', detail: 'unreachable' },
    })
    expect(worker.terminated).toBe(true)
  })

  test('a worker that is silent is given up', async () => {
    const worker = silentWorker()
    const inspected = await workerReader(() => worker, 20).inspect(file, 'x.csv', {}, never)
    expect(inspected).toMatchObject({ ok: false, failure: { kind: 'unreadable-file' } })
    expect(worker.terminated).toBe(true)
  })

  test('cancelling, closing and walking away settle everything', async () => {
    const control = new AbortController()
    const reader = workerReader(silentWorker)
    const cancelledReading = reader.read(file, 'x.csv', {}, control.signal, () => {})
    control.abort()
    expect(await cancelledReading.summary).toMatchObject({ failure: { kind: 'cancelled' } })
    const unpacking = new AbortController()
    const cancelledUnpacking = reader.unpack(file, 'x.gz', unpacking.signal, () => {})
    unpacking.abort()
    expect(await cancelledUnpacking).toMatchObject({ failure: { kind: 'cancelled' } })
    const closed = reader.read(file, 'x.csv', {}, never, () => {})
    reader.close()
    expect(await drain(closed.chunks)).toEqual([])
    expect(await closed.summary).toMatchObject({ failure: { kind: 'cancelled' } })
    const left = workerReader(channelWorker).read(big, 'x.csv', {}, never, () => {})
    for await (const _ of left.chunks) break
    expect(await left.summary).toMatchObject({ failure: { kind: 'cancelled' } })
  })
})
