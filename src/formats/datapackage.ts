import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import { z } from '../domain/schema.ts'

/** A manifest of several files (Data Package v1 or v2, `datapackage.json`). */
export interface DataPackage {
  readonly name: string
  readonly title: string | null
  readonly resources: readonly DataResource[]
  /** Assay's own property: the data was made up, and as of when. */
  readonly assay: { readonly synthetic: boolean; readonly asOf: string | null } | null
}

export interface DataResource {
  readonly name: string
  /** A relative path below the folder of the manifest. */
  readonly path: string
  readonly format: string | null
  readonly encoding: string | null
  readonly delimiter: string | null
  /** As in the manifest: MD5, or `sha256:…`. */
  readonly hash: string | null
  readonly bytes: number | null
}

const resource = z.object({
  name: z.string(),
  path: z.union([z.string(), z.array(z.string()).length(1)]),
  format: z.string().optional(),
  encoding: z.string().optional(),
  dialect: z.object({ delimiter: z.string().length(1).optional() }).optional(),
  hash: z.string().optional(),
  bytes: z.number().int().nonnegative().optional(),
})

const manifest = z.object({
  name: z.string().optional(),
  title: z.string().optional(),
  resources: z.array(resource).min(1),
  assay: z
    .object({ synthetic: z.boolean(), as_of: z.iso.datetime({ offset: true }).or(z.iso.date()).optional() })
    .optional(),
})

/**
 * The manifest in `text`; fails with `unreadable-file` when it is not one, and when a resource lies anywhere but
 * below the manifest's folder (an address, an absolute path, `..`) or carries its data inline.
 */
export function readDataPackage(text: string, fileName: string): Result<DataPackage> {
  const refuse = (detail: string, where: string) =>
    failed({ kind: 'unreadable-file', file: fileName, format: 'Data Package', detail, where })
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (thrown) {
    return refuse(messageOf(thrown), 'text')
  }
  const checked = manifest.safeParse(parsed)
  if (!checked.success) {
    const [issue] = checked.error.issues
    return refuse(issue?.message ?? 'not a Data Package', issue?.path.join('.') ?? '')
  }
  const resources = checked.data.resources.map(toResource)
  const outside = resources.find(({ path }) => !isBelow(path))
  if (outside !== undefined) return refuse('path leads outside the package', `resource ${outside.name}`)
  return success(toPackage(checked.data, resources))
}

function toPackage(data: z.infer<typeof manifest>, resources: readonly DataResource[]): DataPackage {
  const { assay } = data
  return {
    name: data.name ?? '',
    title: data.title ?? null,
    resources,
    assay: assay === undefined ? null : { synthetic: assay.synthetic, asOf: assay.as_of ?? null },
  }
}

function toResource(data: z.infer<typeof resource>): DataResource {
  return {
    name: data.name,
    path: (typeof data.path === 'string' ? data.path : (data.path[0] ?? '')).replace(/^(\.\/)+/, ''),
    format: data.format ?? null,
    encoding: data.encoding ?? null,
    delimiter: data.dialect?.delimiter ?? null,
    hash: data.hash ?? null,
    bytes: data.bytes ?? null,
  }
}

/** Every step is a plain name: no drive, no root, no scheme, no way up, no backslash. */
function isBelow(path: string): boolean {
  return path.split('/').every(step => step !== '' && step !== '.' && step !== '..' && !hasForbidden(step))
}

function hasForbidden(step: string): boolean {
  return /[\\:\0]/.test(step)
}
