import { open } from 'node:fs/promises'

const chunkBytes = 1 << 20

/** A file's bytes as a stream that reads only when asked, and its length. Throws where it cannot be opened. */
export async function openBody(
  path: string,
): Promise<{ body: ReadableStream<Uint8Array<ArrayBuffer>>; bytes: number }> {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(chunkBytes)
        const { bytesRead } = await file.read(buffer, 0, chunkBytes)
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead))
        await file.close()
        controller.close()
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 1 },
  )
  return { body, bytes: size }
}
