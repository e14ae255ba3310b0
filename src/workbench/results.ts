import type { Failure } from '../domain/failure.ts'
import { catalogue } from '../indicators/indicator.ts'
import { type Calculator, type Evaluation, evaluate, evaluation, fingerprint } from './evaluation.ts'
import type { IndicatorState, Outcome, State } from './state.ts'
import type { Store } from './store.ts'
import { surroundings } from './surroundings.ts'

/**
 * Keeps the results in step with the workspace: what has no result yet is computed, one indicator after the
 * other, the one on the screen first; when the workspace changes, what is no longer wanted is cancelled.
 */
export interface Results {
  /** Settles when the present workspace has all its results. */
  settled(): Promise<void>
  /** Forgets every result (the engine was replaced) and computes again. */
  refresh(): void
  /** Stops computing; what is not there yet counts as cancelled until it is asked for again. */
  stop(): void
}

const cacheSize = 400

export function keepResults(calculator: Calculator, store: Store, tell: (failure: Failure) => void): Results {
  const cache = new Map<string, Outcome>()
  let running = new AbortController()
  let work: Promise<void> = Promise.resolve()
  let known = ''

  function restart(): void {
    running.abort()
    running = new AbortController()
    const { signal } = running
    work = work.then(() => computeAll(signal)).catch(reportBug)
  }

  async function computeAll(signal: AbortSignal): Promise<void> {
    if (signal.aborted || store.getState().engine.status !== 'ready') return
    if (!(await lookAround(signal))) return
    const wanted = wantedEvaluations(store.getState())
    store.setState({ results: startingStates(store.getState().results, wanted, cache) })
    for (const next of wanted) await computeOne(next, signal)
  }

  async function lookAround(signal: AbortSignal): Promise<boolean> {
    const { present } = store.getState().history
    if (fingerprint(present) === known) return true
    const found = await surroundings(calculator.engine, present, signal)
    if (!found.ok) {
      if (found.failure.kind !== 'cancelled') tell(found.failure)
      return false
    }
    known = fingerprint(present)
    store.setState(found.value)
    return true
  }

  async function computeOne(next: Evaluation, signal: AbortSignal): Promise<void> {
    if (signal.aborted || cache.has(next.key)) return
    const outcome = await evaluate(calculator, next, signal)
    if (outcome === null) return
    if (outcome.status !== 'failed') remember(cache, outcome)
    show(store, next.indicator.id, { computing: false, outcome })
  }

  store.subscribe((state, before) => {
    if (state.history.present !== before.history.present) restart()
    else if (state.engine.status === 'ready' && before.engine.status !== 'ready') restart()
  })

  return {
    async settled() {
      for (let last: Promise<void> | null = null; last !== work; ) {
        last = work
        await last
      }
    },
    refresh() {
      cache.clear()
      known = ''
      restart()
    },
    stop() {
      running.abort()
      store.setState(({ results }) => ({ results: withoutWaiting(results) }))
    },
  }
}

/** All indicators on the present workspace, that of the open page first. */
function wantedEvaluations(state: State): readonly Evaluation[] {
  const { history, session } = state
  if (history.present.datasets.length === 0) return []
  const all = catalogue.map(indicator => evaluation(indicator, history.present, state))
  const { place } = session
  const first = place.kind === 'indicator' ? all.filter(({ indicator }) => indicator.id === place.id) : []
  return [...first, ...all.filter(candidate => !first.includes(candidate))]
}

function startingStates(
  before: Readonly<Record<string, IndicatorState>>,
  wanted: readonly Evaluation[],
  cache: ReadonlyMap<string, Outcome>,
): Readonly<Record<string, IndicatorState>> {
  return Object.fromEntries(
    wanted.map(({ key, indicator }) => {
      const found = cache.get(key)
      const old = before[indicator.id]?.outcome ?? null
      return [
        indicator.id,
        found === undefined ? { computing: true, outcome: old } : { computing: false, outcome: found },
      ]
    }),
  )
}

function withoutWaiting(results: State['results']): State['results'] {
  const cancelledOutcome = { status: 'failed', failure: { kind: 'cancelled' }, key: '' } as const
  return Object.fromEntries(
    Object.entries(results).map(([id, state]) => [
      id,
      state.computing ? { computing: false, outcome: cancelledOutcome } : state,
    ]),
  )
}

function show(store: Store, id: string, state: IndicatorState): void {
  store.setState(({ results }) => ({ results: { ...results, [id]: state } }))
}

function remember(cache: Map<string, Outcome>, outcome: Outcome): void {
  cache.set(outcome.key, outcome)
  const [oldest] = cache.keys()
  if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
}

/** A throw in here is a bug: it must be seen, and must not stop later results. */
function reportBug(thrown: unknown): void {
  queueMicrotask(() => {
    throw thrown
  })
}
