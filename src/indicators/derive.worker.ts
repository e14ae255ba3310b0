import type { Derivation } from './deriver.ts'
import { type Answer, answer } from './worker-deriver.ts'

const page = self as unknown as {
  onmessage: (event: MessageEvent<Derivation>) => void
  postMessage(answer: Answer): void
}

page.onmessage = ({ data }) => page.postMessage(answer(data))
