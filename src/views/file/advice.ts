import type { RejectReason } from '../../domain/file.ts'
import type { Phrase } from '../../domain/phrase.ts'

/** The parts of the import screen where a reject can be healed. */
export type RemedyPlace = 'reading' | 'mapping' | 'names'

export interface Advice {
  readonly words: Phrase
  /** Null where nothing in Assay heals it: the export itself must be mended. */
  readonly place: RemedyPlace | null
}

export const placeWords: Readonly<Record<RemedyPlace, Phrase>> = {
  reading: { zh: '查看读取方式', en: 'Show how the file is read' },
  mapping: { zh: '查看对应关系', en: 'Show the mapping' },
  names: { zh: '查看名称', en: 'Show the names' },
}

const advice: Readonly<Record<RejectReason, Advice>> = {
  'missing-required': {
    words: {
      zh: '为这个规范列换一个来源，或给出每行同一个值。',
      en: 'Let this canonical column come from another column, or give it the same value in every row.',
    },
    place: 'mapping',
  },
  'not-a-time': {
    words: {
      zh: '核对这个规范列的来源是否是时间列；可识别的写法有 ISO 8601、常见的年月日写法和 Unix 时间。',
      en: 'Check that this canonical column comes from a column of times: ISO 8601, usual dates or Unix times can be read.',
    },
    place: 'mapping',
  },
  'not-a-number': {
    words: {
      zh: '核对来源列；若小数点写作逗号，请在读取方式中更改。',
      en: 'Check the column it comes from; where decimals are written with a comma, say so under how the file is read.',
    },
    place: 'mapping',
  },
  'not-a-boolean': {
    words: {
      zh: '核对这个规范列的来源：应为是/否、true/false 或 1/0。',
      en: 'Check the column it comes from: yes/no, true/false or 1/0 can be read.',
    },
    place: 'mapping',
  },
  'not-allowed': {
    words: { zh: '说明这个名称代表哪个规范取值。', en: 'Say which known value this name stands for.' },
    place: 'names',
  },
  'out-of-range': {
    words: {
      zh: '核对来源列和单位：数值超出了该列允许的范围。',
      en: 'Check the column it comes from and its unit: the value lies outside what the column allows.',
    },
    place: 'mapping',
  },
  'duplicate-key': {
    words: {
      zh: '同一主键已在本文件、其他文件或工作区中出现；保留第一行。若主键列选错了，请更改。',
      en: 'The key is already in this file, another one or the workspace; the first row is kept. Change the key columns if they are the wrong ones.',
    },
    place: 'mapping',
  },
  'wrong-field-count': {
    words: {
      zh: '核对分隔符、引号和表头位置。',
      en: 'Check the delimiter, the quote and where the header stands.',
    },
    place: 'reading',
  },
  'unpaired-quote': {
    words: {
      zh: '核对引号字符；文件本身也可能有误。',
      en: 'Check the quote character; the file itself may be damaged.',
    },
    place: 'reading',
  },
  'not-json': {
    words: {
      zh: '该行不是合法的 JSON，请重新导出。',
      en: 'The line is not valid JSON: export the file again.',
    },
    place: null,
  },
  'not-an-object': {
    words: { zh: '核对各行在文档中的路径。', en: 'Check the path to the rows in the document.' },
    place: 'reading',
  },
  'not-a-device': {
    words: {
      zh: '设备上的模块不计为设备，这是预期的。',
      en: 'Modules of a device are not counted as devices: this is as it should be.',
    },
    place: null,
  },
  'ruined-identifier': {
    words: {
      zh: '电子表格改写了编号，原值无法恢复：请从平台重新导出，勿用 Excel 打开后另存。',
      en: 'A spreadsheet rewrote the identifier and its digits are lost: export again from the platform, without saving it in Excel.',
    },
    place: null,
  },
  'not-line-protocol': {
    words: {
      zh: '该行不是合法的行协议，请重新导出。',
      en: 'The line is not valid line protocol: export the file again.',
    },
    place: null,
  },
}

/** What a person can change so that rows with this reason are taken over. */
export function adviceFor(reason: RejectReason): Advice {
  return advice[reason]
}
