import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody outside, on this machine: an HTTP and a UDP port that count whatever arrives. */
export interface Listener {
  readonly http: string
  readonly authority: string
  readonly udpPort: number
  /** One line for each TCP connection and each UDP packet. */
  readonly hits: readonly string[]
  close(): Promise<void>
}

export async function openListener(): Promise<Listener> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.end(request.url)
  })
  server.on('connection', () => hits.push('tcp'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = createSocket('udp4')
  socket.on('message', () => hits.push('udp'))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    http: `http://${authority}`,
    authority,
    udpPort: socket.address().port,
    hits,
    async close() {
      server.closeAllConnections()
      server.close()
      socket.close()
      await Promise.all([once(server, 'close'), once(socket, 'close')])
    },
  }
}
