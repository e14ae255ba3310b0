import coiPthread from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.pthread.worker.js?url'
import coiWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-coi.worker.js?url'
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
import coiWasm from '@duckdb/duckdb-wasm/dist/duckdb-coi.wasm?url'
import ehWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import type { Bundle } from './bundle.ts'
import { proveThreads } from './prove-threads.ts'

/** The builds that the page carries among its own files, the preferred one first. */
export function pageBundles(threads: 'auto' | 'off'): readonly Bundle[] {
  return threads === 'auto' && crossOriginIsolated ? [threaded(), singleThreaded()] : [singleThreaded()]
}

function singleThreaded(): Bundle {
  return { name: 'eh', threads: 1, wasm: absolute(ehWasm), spawn: () => new Worker(absolute(ehWorker)) }
}

function threaded(): Bundle {
  return {
    name: 'coi',
    threads: Math.min(navigator.hardwareConcurrency, 4),
    wasm: absolute(coiWasm),
    pthread: absolute(coiPthread),
    prove: proveThreads,
    spawn: () => new Worker(absolute(coiWorker)),
  }
}

/** The worker resolves what it fetches against its own address, not the page's. */
function absolute(url: string): string {
  return new URL(url, document.baseURI).href
}
