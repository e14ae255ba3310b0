/**
 * A name as its archiver wrote it. Chinese Windows writes GBK without saying so, hence what is not UTF-8 is read as
 * GB18030; `isUtf8` says that the archive claims UTF-8.
 */
export function decodedName(bytes: Uint8Array, isUtf8: boolean): string {
  const encodings = isUtf8 ? ['utf-8'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {}
  }
  return new TextDecoder(isUtf8 ? 'utf-8' : 'windows-1252').decode(bytes)
}

/** What makes a name inside an archive unsafe, or null. Honest archivers write none of these. */
export function unsafety(name: string): string | null {
  if (name === '') return 'an empty name'
  if (/\p{Cc}/u.test(name)) return 'a control character in the name'
  if (name.includes('\\')) return 'a backslash in the name'
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'an absolute path'
  if (name.split('/').includes('..')) return 'a path that leads upwards'
  return null
}

/** Folders, and what macOS adds on its own. */
export function isNoFile(name: string): boolean {
  const steps = name.split('/')
  return name.endsWith('/') || steps.includes('__MACOSX') || steps.at(-1) === '.DS_Store'
}

/** The name of what a gzip file holds: its own without the ending, else the one that its header states. */
export function gunzippedName(name: string, stated: string | null): string {
  if (/.\.tgz$/i.test(name)) return name.replace(/\.tgz$/i, '.tar')
  const shorter = name.replace(/(?<=[^/])\.gz$/i, '')
  if (shorter !== name || stated === null || unsafety(stated) !== null) return shorter
  return `${name.slice(0, name.lastIndexOf('/') + 1)}${stated}`
}
