import type { Doubt, Encoding, EncodingEvidence, FormatId } from '../../domain/file.ts'
import { type Phrase, same } from '../../domain/phrase.ts'

export const formatNames: Readonly<Record<FormatId, Phrase>> = {
  'arrow-file': { zh: 'Arrow 文件（Feather）', en: 'Arrow file (Feather)' },
  'arrow-stream': { zh: 'Arrow 流', en: 'Arrow stream' },
  parquet: same('Parquet'),
  csv: same('CSV'),
  'influx-csv': { zh: 'InfluxDB 带注解 CSV', en: 'InfluxDB annotated CSV' },
  'line-protocol': { zh: 'InfluxDB 行协议', en: 'InfluxDB line protocol' },
  ndjson: { zh: 'NDJSON（逐行 JSON）', en: 'NDJSON (JSON lines)' },
  json: same('JSON'),
  xlsx: { zh: 'Excel 工作簿（XLSX）', en: 'Excel workbook (XLSX)' },
  xls: { zh: 'Excel 97–2003 工作簿（XLS）', en: 'Excel 97–2003 workbook (XLS)' },
}

export const encodingNames: Readonly<Record<Encoding, Phrase>> = {
  'utf-8': same('UTF-8'),
  gb18030: { zh: 'GB18030（含 GBK、GB2312）', en: 'GB18030 (with GBK, GB2312)' },
  'utf-16le': same('UTF-16 LE'),
  'utf-16be': same('UTF-16 BE'),
  'windows-1252': { zh: 'Windows-1252（西欧）', en: 'Windows-1252 (Western)' },
}

export const evidenceWords: Readonly<Record<EncodingEvidence, Phrase>> = {
  'byte-order-mark': { zh: '由字节序标记确定', en: 'proved by its byte order mark' },
  strict: { zh: '通过严格的 UTF-8 校验', en: 'proved by strict UTF-8 decoding' },
  guess: { zh: '推测，请核对下方文字', en: 'a guess: check the words below' },
  chosen: { zh: '由您指定', en: 'chosen by you' },
}

const doubtNames: Readonly<Record<Doubt['kind'], Phrase>> = {
  'guessed-encoding': {
    zh: '编码为推测，请核对文字是否正常',
    en: 'The encoding is a guess; check that the words look right',
  },
  'one-wide-column': {
    zh: '只有一列且很宽，分隔符可能不对',
    en: 'A single wide column; the delimiter may be another',
  },
  'ragged-rows': { zh: '有的行字段数与表头不同', en: 'Some rows have more or fewer fields than the header' },
  'quote-inside-field': {
    zh: '字段中间出现引号，分列可能有误',
    en: 'A quote stands inside a field; columns may be cut wrongly',
  },
  'lines-inside-field': {
    zh: '带引号的字段中包含像是数据行的内容，可能缺少引号',
    en: 'A quoted field holds lines that look like rows; a quote may be missing',
  },
  'duplicate-header': { zh: '表头有重复的列名', en: 'A column name occurs more than once' },
  'empty-header': { zh: '表头有空的列名', en: 'A column has no name' },
  'ruined-identifiers': {
    zh: '编号像是被电子表格改写过（科学计数法或末位归零）',
    en: 'Identifiers look rewritten by a spreadsheet (exponents or trailing zeros)',
  },
  'title-rows': { zh: '表头之前有标题行', en: 'Title lines stand above the header' },
  'skipped-rows': { zh: '表头之前的行已跳过', en: 'Rows above the header were skipped' },
  'comment-lines': { zh: '注释行已跳过', en: 'Comment lines were skipped' },
  'no-header': { zh: '没有表头，列名由程序给出', en: 'There is no header; the columns were named for you' },
  'merged-cells': {
    zh: '合并单元格的值已填入它所覆盖的每一格',
    en: 'The value of a merged cell was put into every cell that it covers',
  },
  'decimal-comma': { zh: '数字以逗号为小数点', en: 'Numbers are written with a decimal comma' },
  'hidden-part': { zh: '该工作表在工作簿中是隐藏的', en: 'This sheet is hidden in the workbook' },
  'formula-errors': {
    zh: '有的公式没有结果（如 #N/A），按缺失处理',
    en: 'Some formulas have no result (such as #N/A); they are taken as absent',
  },
  'split-tables': {
    zh: '文件中有多张表，已合并为一张',
    en: 'The file holds several tables, united into one',
  },
  'day-within-month': {
    zh: '应为月份的日期不是当月首日，已按所在月份处理',
    en: 'Dates that stand for months are not first days; each is taken for its month',
  },
  'time-lost-precision': { zh: '时间精度只保留到微秒', en: 'Times are kept to the microsecond only' },
}

/** A doubt in words, with where it was seen. */
export function doubtWords({ kind, column, row, rows }: Doubt): Phrase {
  const name = doubtNames[kind]
  const zh = [column && `列“${column}”`, row && `首见于第 ${row} 行`, rows && `共 ${rows} 行`]
  const en = [
    column && `column ${column}`,
    row && `first in row ${row}`,
    rows && `${rows} ${rows === 1 ? 'row' : 'rows'} in all`,
  ]
  const said = (parts: readonly (string | number | undefined)[]) =>
    parts.filter(part => typeof part === 'string' && part !== '')
  const [placesZh, placesEn] = [said(zh), said(en)]
  if (placesZh.length === 0) return name
  return { zh: `${name.zh}（${placesZh.join('，')}）`, en: `${name.en} (${placesEn.join(', ')})` }
}
