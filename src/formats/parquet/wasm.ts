import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url'
import { damaged } from '../refusal.ts'

type Parquet = typeof import('parquet-wasm')

let loaded: Promise<Parquet> | null = null

/**
 * parquet-wasm, started once. The package resolves to its browser build in the page, which is given its wasm by
 * URL, and to its Node build in tests, which has started by itself. After a trap the instance is unusable: the
 * page's reader throws its whole worker away after each file.
 */
export function parquetWasm(): Promise<Parquet> {
  loaded ??= start()
  return loaded
}

async function start(): Promise<Parquet> {
  const parquet = await import('parquet-wasm')
  if (typeof parquet.default === 'function') await parquet.default({ module_or_path: wasmUrl })
  return parquet
}

/**
 * `work`, or a failure once the wasm has trapped. The library's futures run outside any promise of ours: a trap
 * in one of them is a global error of the worker, and what was awaited never settles.
 */
export function orTrap<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onTrap = (event: Event & { readonly message?: string }) => {
      // Otherwise the page hears of the error first, and knows less about it.
      event.preventDefault()
      reject(damaged(`the Parquet library gave up: ${event.message ?? 'trap'}`))
    }
    globalThis.addEventListener?.('error', onTrap)
    work.then(resolve, reject).finally(() => globalThis.removeEventListener?.('error', onTrap))
  })
}
