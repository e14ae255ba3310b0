import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isOwn } from './origin.ts'

/** Every path that the app serves, listed once at start: a request finds a file here or nowhere. */
export type Manifest = ReadonlyMap<string, string>

/** Files below `folder` as served paths under `prefix`; empty when the folder is not there. */
export function listFolder(folder: string, prefix: string): Manifest {
  const found = new Map<string, string>()
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return found
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    const served = `${prefix}${encodeURIComponent(entry.name)}`
    if (entry.isDirectory()) for (const below of listFolder(path, `${served}/`)) found.set(...below)
    if (entry.isFile()) found.set(served, path)
  }
  return found
}

/**
 * The file that a request means, or null. The path is compared as it was written: nothing is decoded, joined or
 * normalised, so no spelling of a path leads outside.
 */
export function lookUp(manifest: Manifest, url: string): string | null {
  if (!isOwn(url)) return null
  return manifest.get(new URL(url).pathname) ?? null
}
