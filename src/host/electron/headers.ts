/** Where Chromium reports what it has refused by the policy. */
export const reportPath = '/.refused'

/**
 * What the pages and workers of the app may do. Stricter than `default-src 'self'`: each kind of resource that
 * the app has is named, and all others (frames, objects, media, manifests) are refused.
 *
 * - DuckDB-WASM and parquet-wasm compile WebAssembly: `wasm-unsafe-eval`, on the worker's own response too.
 * - Charts position their tooltips by style attributes. Style elements stay refused, but for the single one that
 *   react-aria (3.53, `usePress`) writes; its hash is checked against the installed library by a test.
 * - Exported PNGs are drawn from an SVG in a `blob:` image.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  `report-uri ${reportPath}`,
].join('; ')

/** On every response, workers and wasm included: a worker obeys the headers of its own script, not the page's. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
}

/** The media type of a file by its ending. */
export function contentType(name: string): string {
  return types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}
