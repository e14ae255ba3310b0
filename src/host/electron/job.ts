import { readFileSync } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { z } from '../../domain/schema.ts'

/** What `scripts/report.mjs` asks for; paths are absolute. */
const jobSchema = z.strictObject({
  out: z.string().min(1),
  language: z.enum(['zh', 'en']),
  seconds: z.number().positive(),
  /** What was named for each export, the earlier ones first. */
  exports: z.array(z.array(z.string().min(1))),
})

export type Job = z.infer<typeof jobSchema>

export interface Input {
  /** Below what was named, with forward slashes. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** Throws when the file is missing or not a job. */
export function readJob(file: string): Job {
  return jobSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * The files that the named files and folders hold, folders in the order of their names, hidden files left out.
 * Links inside a folder that lead out of it, or to a folder, are left out and told. Throws on a missing name.
 */
export async function listInputs(
  named: readonly string[],
  tell: (line: string) => void,
): Promise<readonly Input[]> {
  const lists = []
  for (const path of named) lists.push(await listNamed(path, tell))
  return lists.flat()
}

async function listNamed(path: string, tell: (line: string) => void): Promise<readonly Input[]> {
  const status = await stat(path)
  if (!status.isDirectory()) return [{ name: basename(path), path, bytes: status.size }]
  return await listFolder({ top: path, realTop: await realpath(path), tell }, path)
}

interface Walk {
  readonly top: string
  readonly realTop: string
  readonly tell: (line: string) => void
}

async function listFolder(walk: Walk, folder: string): Promise<readonly Input[]> {
  const names = (await readdir(folder)).filter(name => !name.startsWith('.')).sort()
  const lists = []
  for (const name of names) lists.push(await listEntry(walk, join(folder, name)))
  return lists.flat()
}

async function listEntry(walk: Walk, path: string): Promise<readonly Input[]> {
  const status = await lstat(path)
  if (status.isDirectory()) return await listFolder(walk, path)
  const bytes = status.isSymbolicLink() ? await bytesBehind(walk, path) : status.isFile() ? status.size : null
  if (bytes !== null) return [{ name: relative(walk.top, path).split(sep).join('/'), path, bytes }]
  walk.tell(`left out: ${path} is not a file of the named folder`)
  return []
}

/** Size of the file that a link means, or null when it means nothing, a folder, or something outside. */
async function bytesBehind({ realTop }: Walk, link: string): Promise<number | null> {
  try {
    const target = await realpath(link)
    const status = await stat(target)
    return target.startsWith(realTop + sep) && status.isFile() ? status.size : null
  } catch {
    return null
  }
}
