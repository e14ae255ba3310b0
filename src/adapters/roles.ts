import type { RawTable } from './adapter.ts'
import { eventWords, isWord, stateWords, truthWords } from './connection-words.ts'
import { previewValues } from './raw-table.ts'
import { type Role, roleNames } from './role-names.ts'

export type { Role } from './role-names.ts'

/**
 * The columns of any table by what they are, told by their headers and, where values can speak against a header, by
 * the values of the preview: a `time` of words or of small numbers is no time. One header per role and one role per
 * header, the surest names first.
 */
export function rolesOf(raw: RawTable): ReadonlyMap<Role, string> {
  const found = new Map<Role, string>()
  const taken = new Set<string>()
  for (const { role, header } of candidates(raw)) {
    if (found.has(role) || taken.has(header) || !valuesFit(role, raw, header)) continue
    if (role === 'kind' && !isEventKind(raw, header, found.has('time'))) continue
    found.set(role, header)
    taken.add(header)
  }
  return found
}

/** A header without case, separators and the unit in its brackets. */
export function plainHeader(header: string): string {
  return splitUnit(header)
    .label.toLowerCase()
    .replaceAll(/[\s_\-./:：]+/g, '')
}

/** `温度(℃)`, `Pressure [kPa]`: what is measured, and in which unit; null where the header gives none. */
export function splitUnit(header: string): { readonly label: string; readonly unit: string | null } {
  const [, label = '', round, square, full, corner] =
    /^(.+?)\s*(?:\(([^()]*)\)|\[([^[\]]*)\]|（([^（）]*)）|【([^【】]*)】)\s*$/.exec(header) ?? []
  const unit = (round ?? square ?? full ?? corner)?.trim()
  return label === '' ? { label: header.trim(), unit: null } : { label: label.trim(), unit: unit || null }
}

/** True for a text that the import reads as a time: ISO 8601 and its Chinese forms, or an epoch number by magnitude. */
export function looksLikeTime(value: string): boolean {
  const text = value.trim()
  return (
    /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|UTC|[+-]\d{2}(:?\d{2})?)?)?$/i.test(
      text,
    ) ||
    /^\d{4}年\d{1,2}月\d{1,2}日(\s*\d{1,2}[时:]\d{1,2}([分:](\d{1,2}秒?)?)?)?$/.test(text) ||
    /^(19|20)\d{6}(\d{6})?$/.test(text) ||
    /^[1-9]\d{8,18}(\.\d+)?$/.test(text)
  )
}

/** True for a text that reads as a number, with either decimal sign. */
export function looksLikeNumber(value: string): boolean {
  return /^[+-]?(\d[\d,. {2}]*|[.,]\d+)([eE][+-]?\d+)?$/.test(value.trim())
}

/** The share of the values that the test holds for; 0 when there are none. */
export function share(values: readonly string[], holds: (value: string) => boolean): number {
  const given = values.filter(value => value.trim() !== '')
  return given.length === 0 ? 0 : given.filter(holds).length / given.length
}

/** Every pair of a role and a header that names it, the surest name of each role first. */
function candidates(raw: RawTable): readonly { readonly role: Role; readonly header: string }[] {
  const plain = raw.columns.map(header => ({ header, word: plainHeader(header) }))
  const roles = Object.keys(roleNames) as Role[]
  return roles
    .flatMap(role =>
      roleNames[role].flatMap((word, rank) =>
        plain.flatMap(known => (known.word === word ? [{ role, header: known.header, rank }] : [])),
      ),
    )
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.rank - b.rank)
}

/** Who chooses first: roles whose values prove them, before those that take any text. */
const order: readonly Role[] = [
  ...(['device', 'platform', 'time', 'ingest', 'lastSeen', 'created', 'activated', 'retired'] as const),
  ...([
    'kind',
    'nodeType',
    'state',
    'unit',
    'quality',
    'session',
    'seq',
    'reason',
    'metric',
    'value',
  ] as const),
  ...(['parent', 'product', 'protocol', 'province', 'industry', 'organisation', 'name'] as const),
]

function valuesFit(role: Role, raw: RawTable, header: string): boolean {
  const values = previewValues(raw, header)
  switch (role) {
    case 'time':
      return share(values, looksLikeTime) >= 0.8
    case 'ingest':
    case 'lastSeen':
    case 'created':
    case 'activated':
    case 'retired':
      return mostlyBlank(values) || share(values, value => looksLikeTime(value) || isNoTime(value)) >= 0.8
    case 'device':
      return share(values, value => !looksLikeDecimal(value)) >= 0.95
    case 'kind':
      return share(values, value => isWord(eventVocabulary, value)) >= 0.8
    case 'state':
      return isState(raw, header)
    case 'unit':
      return splitUnit(header).unit === null && share(values, looksLikeUnit) >= 0.8
    case 'quality':
      return splitUnit(header).unit === null && share(values, value => !looksLikeDecimal(value)) === 1
    case 'seq':
      return share(values, value => /^\d+$/.test(value)) === 1
    case 'value':
      return true
    case 'nodeType':
      return share(values, value => isWord(nodeWords, value)) >= 0.8
    case 'metric':
      return share(values, value => !looksLikeDecimal(value) && !looksLikeTime(value)) >= 0.8
    case 'organisation':
      return splitUnit(header).unit === null && share(values, looksLikeUnit) < 0.8
    case 'product':
    case 'protocol':
    case 'province':
      return share(values, looksLikeDecimal) === 0
    default:
      return splitUnit(header).unit === null
  }
}

const eventVocabulary: readonly string[] = Object.values(eventWords).flat()

/** Words for a state that may also be read as what happened. */
const stateLike = [
  '在线',
  '离线',
  '连接',
  '活跃',
  'online',
  'offline',
  'connected',
  'disconnected',
  'active',
  'up',
  'down',
]

/** Under a header such as `状态`, only what happened at a time is an event; `在线` there may be a list's or a poll's. */
function isEventKind(raw: RawTable, header: string, hasTime: boolean): boolean {
  if (!/^(状态|类型|status|state|type)$/.test(plainHeader(header))) return true
  return hasTime && share(previewValues(raw, header), value => !isWord(stateLike, value)) >= 0.8
}

const nodeWords: readonly string[] = [
  ...[
    'direct',
    'gateway',
    'child',
    '直连设备',
    '网关',
    '网关子设备',
    '网关设备',
    '子设备',
    '直连',
    'endpoint',
    'edge',
  ],
]

/** A list may have a column of times that is empty so far. */
function mostlyBlank(values: readonly string[]): boolean {
  return values.every(value => value.trim() === '')
}

/** What lists write where there is no time. */
function isNoTime(value: string): boolean {
  return /^(0+|-+|\/|null|none|nan|n\/a|无|从未|never|0000-00-00.*)$/i.test(value.trim())
}

function looksLikeDecimal(value: string): boolean {
  return /^[+-]?\d+[.,]\d+$/.test(value.trim())
}

/** Units are short: `℃`, `kWh`, `m³/h`, `转/分`, `百分比`; the names of organisations are not. */
function looksLikeUnit(value: string): boolean {
  const text = value.trim()
  return text.length <= 8 && !/公司|集团|工厂|厂$|局$|院$|所$|中心$/.test(text) && !/^\d+$/.test(text)
}

const booleanHeaders = /^(是否.*|is(online|connected|active|enabled)|online|connected|active|enabled)$/

function isState(raw: RawTable, header: string): boolean {
  const values = previewValues(raw, header)
  const known: readonly string[] = Object.values(stateWords).flat()
  const truths: readonly string[] = Object.values(truthWords).flat()
  if (booleanHeaders.test(plainHeader(header)) && share(values, value => isWord(truths, value)) === 1)
    return true
  return share(values, value => isWord(known, value)) >= 0.5
}
