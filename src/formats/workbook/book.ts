import type { Part } from '../../domain/file.ts'
import type { Entry } from '../archive/directory.ts'
import { damaged, Refusal } from '../refusal.ts'
import { builtInFormat, type TimeFormat, timeFormat } from './number-format.ts'
import { partText } from './part-text.ts'
import { attribute, type XmlVisitor, xmlParser } from './xml.ts'
import type { Zip } from './zip.ts'

/** A worksheet and the part it stands in. */
export interface BookSheet {
  readonly name: string
  readonly visibility: Part['visibility']
  readonly entry: Entry
}

/** What a workbook says of itself before any sheet is read. */
export interface Book {
  readonly sheets: readonly BookSheet[]
  readonly is1904: boolean
  /** By a cell's style index. */
  readonly formats: readonly (TimeFormat | null)[]
  readonly sharedStrings: Entry | null
}

interface Relation {
  readonly id: string
  /** The last step of the relation's type, such as `worksheet`. */
  readonly type: string
  /** A part's name, lower-case. */
  readonly target: string
}

type Visit = Partial<Pick<XmlVisitor, 'open' | 'close'>>

export async function openBook(zip: Zip, signal: AbortSignal): Promise<Book> {
  const parts = new Map(zip.entries.map(entry => [entry.name.toLowerCase(), entry]))
  const main = await mainPart(zip, parts, signal)
  const relations = await relationsOf(zip, parts, main.name, signal)
  const partOf = (type: string) => {
    const relation = relations.find(one => one.type === type)
    return relation === undefined ? null : (parts.get(relation.target) ?? null)
  }
  const { is1904, listed } = await readWorkbook(zip, main, signal)
  const styles = partOf('styles')
  return {
    sheets: listed.flatMap(sheet => worksheet(sheet, relations, parts)),
    is1904,
    formats: styles === null ? [] : await readFormats(zip, styles, signal),
    sharedStrings: partOf('sharedStrings'),
  }
}

type Parts = ReadonlyMap<string, Entry>

async function mainPart(zip: Zip, parts: Parts, signal: AbortSignal): Promise<Entry> {
  const relations = await relationsOf(zip, parts, '', signal)
  const target = relations.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const main = parts.get(target) ?? parts.get('xl/workbook.xml')
  const found = main?.name.toLowerCase() ?? target
  const looksLike = foreign.find(([pattern]) => pattern.test(found))?.[1]
  if (looksLike !== undefined) throw new Refusal({ kind: 'unknown-format', looksLike })
  if (main === undefined) throw damaged('the workbook has no list of sheets')
  return main
}

const foreign: readonly (readonly [RegExp, string])[] = [
  [/workbook\.bin$/, 'XLSB workbook'],
  [/^word\//, 'Word document'],
  [/^ppt\//, 'PowerPoint presentation'],
  [/^visio\//, 'Visio drawing'],
]

async function walk(zip: Zip, entry: Entry, signal: AbortSignal, visit: Visit): Promise<void> {
  const nothing = () => {}
  const parser = xmlParser({ open: nothing, close: nothing, ...visit, text: nothing, wantsText: false })
  for await (const text of partText(zip, entry, signal)) parser.push(text)
  parser.end()
}

async function relationsOf(
  zip: Zip,
  parts: Parts,
  part: string,
  signal: AbortSignal,
): Promise<readonly Relation[]> {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const entry = parts.get(`${folder}_rels/${part.slice(slash)}.rels`.toLowerCase())
  const relations: Relation[] = []
  if (entry === undefined) return relations
  await walk(zip, entry, signal, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      relations.push({
        id: attribute(attributes, 'Id') ?? '',
        type: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
        target: targetOf(folder, attribute(attributes, 'Target') ?? ''),
      })
    },
  })
  return relations
}

/** `../a.xml` and `/xl/a.xml` as part names. */
function targetOf(folder: string, target: string): string {
  const plain = target.replaceAll('\\', '/')
  return new URL(plain, `part:/${folder}`).pathname.slice(1).toLowerCase()
}

interface ListedSheet {
  readonly name: string
  readonly state: string
  readonly relation: string
}

async function readWorkbook(zip: Zip, main: Entry, signal: AbortSignal) {
  const listed: ListedSheet[] = []
  let is1904 = false
  await walk(zip, main, signal, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true|on)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name === 'sheet')
        listed.push({
          name: attribute(attributes, 'name') ?? '',
          state: attribute(attributes, 'state') ?? '',
          relation: attribute(attributes, 'id') ?? '',
        })
    },
  })
  return { is1904, listed }
}

/** Chart sheets, dialog sheets and macro sheets hold no table. */
function worksheet(
  { name, state, relation }: ListedSheet,
  relations: readonly Relation[],
  parts: Parts,
): readonly BookSheet[] {
  const found = relations.find(({ id }) => id === relation)
  if (found?.type !== 'worksheet') return []
  const entry = parts.get(found.target)
  if (entry === undefined) throw damaged('a sheet is missing', name)
  const visibility = state === 'veryHidden' ? 'very-hidden' : state === 'hidden' ? 'hidden' : 'visible'
  return [{ name, visibility, entry }]
}

async function readFormats(zip: Zip, entry: Entry, signal: AbortSignal) {
  const codes = new Map<number, TimeFormat | null>()
  const formats: (TimeFormat | null)[] = []
  let isInside = false
  await walk(zip, entry, signal, {
    open(name, attributes) {
      if (name === 'cellXfs') isInside = true
      if (name === 'numFmt')
        codes.set(
          Number(attribute(attributes, 'numFmtId')),
          timeFormat(attribute(attributes, 'formatCode') ?? ''),
        )
      if (name !== 'xf' || !isInside) return
      const id = Number(attribute(attributes, 'numFmtId') ?? 0)
      formats.push(codes.get(id) ?? (codes.has(id) ? null : builtInFormat(id)))
    },
    close(name) {
      if (name === 'cellXfs') isInside = false
    },
  })
  return formats
}
