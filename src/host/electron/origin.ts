/** The one scheme and host from which everything in the app is served. */
export const scheme = 'app'
export const host = 'assay'
export const home = `${scheme}://${host}/`

/**
 * Whether a URL belongs to the app: exactly its scheme and host, without credentials or port.
 * `URL.origin` is "null" for schemes that the standard does not list, so the parts are compared.
 */
export function isOwn(url: string): boolean {
  const parsed = parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${scheme}:` &&
    parsed.host === host &&
    parsed.username === '' &&
    parsed.password === ''
  )
}

/** Scheme and host of a URL, all that a log may hold of it: paths and queries can carry data. */
export function originOf(url: string): string {
  const parsed = parse(url)
  return parsed === null ? 'unreadable address' : `${parsed.protocol}//${parsed.host}`
}

/** `URL.parse` is missing in Node 20, which Electron 33 carries. */
function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}
