import type { Mutant } from './mutant.ts'
import { openFuzzed } from './session.ts'

/** The process under test: answers each mutant with a verdict, until its parent ends it. */
const fuzzed = await openFuzzed()
process.on('message', async (asked: Mutant | 'check') => {
  const answer =
    asked === 'check'
      ? { outcomes: [], milliseconds: 0, complaints: await fuzzed.check(), spent: false }
      : await fuzzed.try(asked)
  process.send?.(answer)
})
process.send?.('ready')
