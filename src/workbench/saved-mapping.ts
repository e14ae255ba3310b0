import { failed, messageOf, type Result, success } from '../domain/failure.ts'
import { baseName, encodings, formatIds, type ReadOptions } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { z } from '../domain/schema.ts'
import type { ImportItem } from './state.ts'

const ending = '.assay-mapping.json'
const maxCharacters = 4_000_000

/** True for files that `writeSavedMapping` names so; they may lie among the exports that they are for. */
export function isMappingName(path: string): boolean {
  return path.toLowerCase().endsWith(ending)
}

const texts = z.record(z.string(), z.string())
const override = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('column'), column: z.string() }),
  z.strictObject({ from: z.literal('constant'), value: z.string() }),
  z.strictObject({ from: z.literal('nothing') }),
])
const alias = z.strictObject({
  kind: z.string(),
  raw: z.string(),
  canonical: z.string(),
  approvedBy: z.string(),
})
const readOptions = z.strictObject({
  encoding: z.enum(encodings).optional(),
  part: z.string().optional(),
  delimiter: z.string().optional(),
  quote: z.string().optional(),
  escape: z.enum(['doubled', 'backslash']).optional(),
  comment: z.string().optional(),
  trim: z.boolean().optional(),
  decimal: z.enum(['.', ',']).optional(),
  skipRows: z.int().min(0).optional(),
  headerRows: z.int().min(0).optional(),
  mergedCells: z.enum(['repeat', 'first']).optional(),
})
const schema = z.strictObject({
  kind: z.literal('assay-mapping'),
  version: z.literal(1),
  name: z.string(),
  format: z.enum(formatIds),
  columns: z.array(z.string()),
  readOptions,
  adapter: z.string().nullable(),
  adapterVersion: z.number().nullable(),
  options: texts,
  overrides: z.record(z.string(), override),
  aliases: z.array(alias),
})

/** Reads a saved mapping; what is not exactly one is refused with the place that is wrong. */
export function readSavedMapping(text: string, file: string): Result<SavedMapping> {
  if (text.length > maxCharacters)
    return failed({
      kind: 'over-limit',
      file,
      limit: 'characters in a saved mapping',
      actual: text.length,
      allowed: maxCharacters,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return refused(file, messageOf(thrown))
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refused(file, issue?.message ?? 'not a saved mapping', issue?.path.join('.'))
  }
  return success({ ...parsed.data, readOptions: defined(parsed.data.readOptions) })
}

function refused(file: string, detail: string, where?: string): Result<never> {
  const place = where === undefined || where === '' ? {} : { where }
  return failed({ kind: 'unreadable-file', file, format: 'saved mapping', detail, ...place })
}

/** Without the keys that zod leaves there as undefined. */
function defined(options: z.infer<typeof readOptions>): ReadOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/**
 * What was chosen for a file, for the next export of its kind. The time of the export is left out: it is another
 * one next time, and the old one would date the new rows wrongly.
 */
export function savedMappingOf(
  item: ImportItem,
  aliases: SavedMapping['aliases'],
  adapterVersion: number | null,
): SavedMapping | null {
  const { inspection, raw } = item
  if (inspection === null || raw === null) return null
  const { as_of: _notNextTime, ...options } = item.options
  const kinds = new Set(item.mapping?.targets.flatMap(target => Object.keys(target.columns)) ?? [])
  return {
    kind: 'assay-mapping',
    version: 1,
    name: baseName(item.name),
    format: inspection.format,
    columns: raw.columns,
    readOptions: item.readOptions,
    adapter: item.adapter,
    adapterVersion,
    options,
    overrides: item.overrides,
    aliases: aliases.filter(({ kind }) => kinds.has(kind)),
  }
}

/** The file that a saved mapping goes into: its name and its bytes. */
export function writeSavedMapping(mapping: SavedMapping): {
  readonly name: string
  readonly bytes: Uint8Array
} {
  const stem = mapping.name.replace(/(?<=.)\.[^.]*$/, '')
  const text = `${JSON.stringify(mapping, null, 2)}\n`
  return { name: `${stem}${ending}`, bytes: new TextEncoder().encode(text) }
}
