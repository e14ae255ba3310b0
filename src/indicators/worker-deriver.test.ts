import { expect, test } from 'vitest'
import { row } from '../domain/table.ts'
import { catalogue } from './catalogue.ts'
import { type Derivation, directDeriver } from './deriver.ts'
import { resolveInputs } from './recipe.ts'
import { answer, type DerivingWorker, workerDeriver } from './worker-deriver.ts'

const recipe = catalogue.find(({ id }) => id === 'VAL-06')
if (recipe === undefined) throw new Error('VAL-06 is not in the catalogue')

/** One row of revenue; the recipe's arithmetic makes a row of each of its five inputs. */
const derivation: Derivation = {
  indicator: 'VAL-06',
  detail: null,
  rows: [row(Object.keys(recipe.queried ?? {}), [1000, 4, 4])],
  inputs: resolveInputs(recipe.inputs, {}),
  context: { asOf: 0 },
}
const never = new AbortController().signal

/** Workers without a thread. They take what is posted as a worker does, by structured clone; a deaf one never answers. */
function workers(...kinds: readonly ('sound' | 'deaf' | 'broken')[]) {
  const made: { terminated: boolean }[] = []
  const spawn = (): DerivingWorker => {
    const kind = kinds[made.length] ?? 'sound'
    const worker = {
      terminated: false,
      onmessage: null as ((event: MessageEvent) => void) | null,
      onerror: null as ((event: ErrorEvent) => void) | null,
      onmessageerror: null,
      postMessage: (message: unknown) =>
        void setTimeout(() => {
          if (worker.terminated || kind === 'deaf') return
          if (kind === 'broken') worker.onerror?.({ message: 'no such script' } as ErrorEvent)
          else
            worker.onmessage?.({
              data: structuredClone(answer(structuredClone(message) as Derivation)),
            } as MessageEvent)
        }),
      terminate: () => {
        worker.terminated = true
      },
    }
    made.push(worker)
    return worker as unknown as DerivingWorker
  }
  return { spawn, made }
}

test('a worker derives what is derived directly, one after the other in one worker', async () => {
  const { spawn, made } = workers()
  const deriver = workerDeriver(spawn)
  const direct = await directDeriver().derive(derivation, never)
  expect(direct.length).toBeGreaterThan(0)
  const both = await Promise.all([deriver.derive(derivation, never), deriver.derive(derivation, never)])
  // A clone has the prototype that a row does not have.
  expect(both).toEqual([direct, direct].map(rows => rows.map(one => ({ ...one }))))
  expect(made).toHaveLength(1)
  deriver.close()
  expect(made[0]?.terminated).toBe(true)
})

test('an abort ends the work at once, and the next goes on in a new worker', async () => {
  const { spawn, made } = workers('deaf')
  const deriver = workerDeriver(spawn)
  const stop = new AbortController()
  const stopped = deriver.derive(derivation, stop.signal)
  const next = deriver.derive(derivation, never)
  setTimeout(() => stop.abort(new Error('stopped')), 5)
  await expect(stopped).rejects.toThrow('stopped')
  expect((await next).length).toBeGreaterThan(0)
  expect(made.map(({ terminated }) => terminated)).toEqual([true, false])
  await expect(deriver.derive(derivation, stop.signal)).rejects.toThrow('stopped')
})

test('a worker that cannot start, and a recipe that throws, fail with their words', async () => {
  const { spawn } = workers('broken')
  const deriver = workerDeriver(spawn)
  await expect(deriver.derive(derivation, never)).rejects.toThrow('no such script')
  const unknown = { ...derivation, detail: 'nothing' }
  await expect(deriver.derive(unknown, never)).rejects.toThrow('VAL-06 has no detail nothing')
  await expect(deriver.derive({ ...derivation, indicator: 'X' }, never)).rejects.toThrow('no indicator X')
  expect((await deriver.derive(derivation, never)).length).toBeGreaterThan(0)
})
