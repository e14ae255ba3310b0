import { serve } from '../../src/formats/serve.ts'
import type { Port, Reply, Request } from '../../src/formats/wire.ts'
import type { ReadingWorker } from '../../src/formats/worker-reader.ts'

/** A reading worker without a thread of its own: the real service at the other end of a channel. */
export function channelWorker(): ReadingWorker {
  const { port1, port2 } = new MessageChannel()
  serve(port2 as unknown as Port<Reply, Request>)
  const worker: ReadingWorker = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message: unknown) => port1.postMessage(message),
    terminate: () => {
      port1.close()
      port2.close()
    },
  }
  port1.onmessage = event => worker.onmessage?.call(worker as Worker, event)
  return worker
}
