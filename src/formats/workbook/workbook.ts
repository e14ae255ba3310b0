import type { Format } from '../input.ts'
import { unsupported } from '../refusal.ts'

export const xlsx: Format = {
  inspect: () => Promise.reject(unsupported('workbooks')),
  // biome-ignore lint/correctness/useYield: it refuses before the first chunk
  async *read() {
    throw unsupported('workbooks')
  },
}

export const xls: Format = xlsx
