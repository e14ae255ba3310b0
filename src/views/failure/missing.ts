import { canonicalNames, canonicalTable } from '../../domain/canonical.ts'
import type { Phrase } from '../../domain/phrase.ts'

/** What recipes ask of a table beyond its being there. */
const wants: Readonly<Record<string, Phrase>> = {
  'a stock that was there before, and changed': {
    zh: '观察期之前已有、且有变化的存量',
    en: 'a stock that was there before, and changed',
  },
  'an export that tells its time, with tier': {
    zh: '注明时间、且有平台梯度（tier）的导出',
    en: 'an export that tells its time, with tier',
  },
  'an export that tells its time, with is_influential': {
    zh: '注明时间、且注明是否具有一定影响力（is_influential）的导出',
    en: 'an export that tells its time, with is_influential',
  },
  'a second export with another date': {
    zh: '另一日期的第二份导出',
    en: 'a second export with another date',
  },
  'a second export with another date and is_influential': {
    zh: '另一日期的第二份导出，且注明是否具有一定影响力（is_influential）',
    en: 'a second export with another date and is_influential',
  },
}

/** `device` or `device.is_industrial` by the names of the canonical table and column; anything else as it is. */
export function missingName(missing: string): Phrase {
  const [subject = '', wanted] = missing.split(': ')
  if (wanted !== undefined && Object.hasOwn(wants, wanted)) {
    const [of, want] = [missingName(subject), wants[wanted] ?? { zh: wanted, en: wanted }]
    return { zh: `${of.zh}：${want.zh}`, en: `${of.en}: ${want.en}` }
  }
  const [tableName = '', columnName] = missing.split('.')
  const known = canonicalNames.find(name => name === tableName)
  if (known === undefined) return { zh: missing, en: missing }
  const table = canonicalTable(known)
  if (columnName === undefined)
    return { zh: `${table.name.zh}（${known}）`, en: `${table.name.en} (${known})` }
  const column = table.columns[columnName]?.name ?? { zh: columnName, en: columnName }
  return {
    zh: `${table.name.zh}的“${column.zh}”（${missing}）`,
    en: `${column.en} of ${table.name.en} (${missing})`,
  }
}

/** What to bring so that the value can be computed. */
export function missingNames(missing: readonly string[]): Phrase {
  const names = missing.map(missingName)
  if (names.length === 0) {
    return {
      zh: '当前范围内没有可用于计算的行；请放宽筛选条件，或导入更多数据。',
      en: 'No rows in scope to compute from; widen the filters or import more data.',
    }
  }
  return {
    zh: `导入以下数据后即可计算：${names.map(name => name.zh).join('、')}。`,
    en: `Import this to compute it: ${names.map(name => name.en).join('; ')}.`,
  }
}
