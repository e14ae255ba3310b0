import type { Format } from '../input.ts'
import { unsupported } from '../refusal.ts'

export const lineProtocol: Format = {
  inspect: () => Promise.reject(unsupported('InfluxDB line protocol')),
  // biome-ignore lint/correctness/useYield: it refuses before the first chunk
  async *read() {
    throw unsupported('InfluxDB line protocol')
  },
}
