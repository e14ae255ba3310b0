import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The repository's own folder. */
export const root = resolve(import.meta.dirname, '..')

/** Where downloads and runtimes are kept between clones: outside git, safe to delete at any time. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay')
