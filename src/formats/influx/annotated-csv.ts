import type { Format } from '../input.ts'
import { unsupported } from '../refusal.ts'

export const annotatedCsv: Format = {
  inspect: () => Promise.reject(unsupported('InfluxDB annotated CSV')),
  // biome-ignore lint/correctness/useYield: it refuses before the first chunk
  async *read() {
    throw unsupported('InfluxDB annotated CSV')
  },
}
