import { directReader } from './direct-reader.ts'
import { type Port, type Reply, type Request, window } from './wire.ts'

/** Answers one job on the worker's side: reads as fast as the page takes, at most two chunks ahead. */
export function serve(port: Port<Reply, Request>): void {
  const never = new AbortController().signal
  const reader = directReader()
  let credit = window
  let wake: () => void = () => {}
  const say = (reply: Reply, transfer: Transferable[] = []) => port.postMessage(reply, transfer)

  async function read({ file, name, options }: Extract<Request, { kind: 'read' }>): Promise<void> {
    const reading = reader.read(file, name, options, never, bytes => say({ kind: 'progress', bytes }))
    for await (const bytes of reading.chunks) {
      while (credit === 0) await new Promise<void>(resolve => (wake = resolve))
      credit--
      say({ kind: 'chunk', bytes }, [bytes.buffer as ArrayBuffer])
    }
    say({ kind: 'summary', result: await reading.summary })
  }

  async function unpack({ file, name }: Extract<Request, { kind: 'unpack' }>): Promise<void> {
    const result = await reader.unpack(file, name, never, bytes => say({ kind: 'progress', bytes }))
    say({ kind: 'unpacked', result })
  }

  port.onmessage = async ({ data }) => {
    if (data.kind === 'taken') {
      credit++
      wake()
    } else if (data.kind === 'read') await read(data)
    else if (data.kind === 'unpack') await unpack(data)
    else say({ kind: 'inspected', result: await reader.inspect(data.file, data.name, data.options, never) })
  }
}
