import type { Failure } from '../../domain/failure.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { missingNames } from './missing.ts'

/** A failure in words: what happened, where, and what the person can do. */
export interface FailureWords {
  readonly what: Phrase
  readonly where?: Phrase
  readonly todo: Phrase
  /** The library's own words, for a report; not translated. */
  readonly detail?: string
}

const restart: Phrase = {
  zh: '数据正在重新载入，完成后会自动重新计算。若反复出现，请减少一次载入的数据。',
  en: 'The data is being loaded again and will be computed again by itself. If it keeps happening, load less at once.',
}

/** Every failure in both languages; a kind without words does not compile. */
export function failureWords(failure: Failure): FailureWords {
  switch (failure.kind) {
    case 'unreadable-file':
    case 'unknown-format':
    case 'unsupported-feature':
    case 'over-limit':
    case 'already-imported':
    case 'manifest-mismatch':
      return fileWords(failure)
    case 'ingest-mismatch':
      return {
        what: {
          zh: '引擎收到的数据与文件内容不一致，已全部撤回',
          en: 'What arrived in the engine is not what the file holds; all of it was taken back',
        },
        where: {
          zh: `${failure.table}：应为 ${failure.expected}，实为 ${failure.actual}`,
          en: `${failure.table}: expected ${failure.expected}, got ${failure.actual}`,
        },
        todo: {
          zh: '请再导入一次；若仍然如此，请将文件另存为 CSV 或未压缩的 Arrow 后重试。',
          en: 'Import it once more; if it stays so, save the file as CSV or uncompressed Arrow and try again.',
        },
      }
    case 'query-failed':
      return {
        what: { zh: '查询未能执行', en: 'The query could not run' },
        todo: {
          zh: '请在“计算方法”中查看 SQL；调整参数或筛选条件后重试。',
          en: 'See the SQL under “How this was computed”; change the inputs or filters and try again.',
        },
        detail: failure.detail,
      }
    case 'engine-lost':
      return {
        what: { zh: '引擎中断，已更换', en: 'The engine stopped and was replaced' },
        todo: restart,
        detail: failure.detail,
      }
    case 'out-of-memory':
      return {
        what: { zh: '内存不足', en: 'The engine ran out of memory' },
        todo: {
          zh: '请缩小筛选范围，或移除不需要的数据集后重试。',
          en: 'Narrow the filters, or remove datasets that are not needed, and try again.',
        },
        detail: failure.detail,
      }
    case 'unexpected-result':
      return {
        what: {
          zh: '结果的形状与指标的声明不符，未予采用',
          en: 'The result is not of the declared shape and is not shown',
        },
        where: {
          zh: `${failure.recipe}：应为 ${failure.expected}，实为 ${failure.actual}`,
          en: `${failure.recipe}: expected ${failure.expected}, got ${failure.actual}`,
        },
        todo: {
          zh: '这是 Assay 的缺陷，请附上此信息反馈。',
          en: 'This is a defect of Assay; please report it with these words.',
        },
      }
    case 'not-computable':
      return {
        what: { zh: '现有数据无法计算', en: 'Not computable from the data at hand' },
        where: same(failure.recipe),
        todo: missingNames(failure.missing),
      }
    case 'not-saved':
      return {
        what: { zh: '文件未能保存', en: 'The file was not saved' },
        where: same(failure.name),
        todo: {
          zh: '请检查磁盘空间和文件夹权限，或换一个位置保存。',
          en: 'Check the free space and the folder’s permissions, or save elsewhere.',
        },
        detail: failure.detail,
      }
    case 'cancelled':
      return {
        what: { zh: '已取消', en: 'Cancelled' },
        todo: { zh: '没有留下任何改动。', en: 'Nothing was changed.' },
      }
  }
}

type FileFailure = Extract<
  Failure,
  {
    kind:
      | 'unreadable-file'
      | 'unknown-format'
      | 'unsupported-feature'
      | 'over-limit'
      | 'already-imported'
      | 'manifest-mismatch'
  }
>

function fileWords(failure: FileFailure): FailureWords {
  switch (failure.kind) {
    case 'unreadable-file':
      return {
        what: {
          zh: `文件损坏或不完整，无法按 ${failure.format} 读取`,
          en: `The file is damaged or incomplete and cannot be read as ${failure.format}`,
        },
        where: failure.where === undefined ? same(failure.file) : same(`${failure.file} · ${failure.where}`),
        todo: {
          zh: '请重新导出或重新复制该文件，然后再次导入；若文件完好，请更正读取方式。',
          en: 'Export or copy the file again, then import it again; where the file is sound, correct how it is read.',
        },
        detail: failure.detail,
      }
    case 'unknown-format':
      return {
        what: { zh: '不是 Assay 能读取的格式', en: 'Not a format that Assay reads' },
        where: {
          zh: `${failure.file}（内容像是 ${failure.looksLike}）`,
          en: `${failure.file} (looks like ${failure.looksLike})`,
        },
        todo: {
          zh: '请导出为 CSV、Excel 工作簿（XLSX、XLS）、JSON、NDJSON、Parquet 或 Arrow；压缩包请用 ZIP 或 gzip。',
          en: 'Export it as CSV, an Excel workbook (XLSX, XLS), JSON, NDJSON, Parquet or Arrow; archives as ZIP or gzip.',
        },
      }
    case 'unsupported-feature':
      return {
        what: {
          zh: `文件使用了 ${failure.format} 的“${failure.feature}”，读取会得到错误的数值，因此拒绝`,
          en: `The file uses “${failure.feature}” of ${failure.format}, which would load with wrong values, so it is refused`,
        },
        where:
          failure.column === undefined ? same(failure.file) : same(`${failure.file} · ${failure.column}`),
        todo: {
          zh: '请去掉该列，或转换为普通类型后重新导出。',
          en: 'Leave the column out, or convert it to a plain type, and export again.',
        },
      }
    case 'over-limit':
      return {
        what: {
          zh: `超过保护本机的上限：${failure.limit} 为 ${failure.actual}，上限 ${failure.allowed}`,
          en: `Over a limit that protects this machine: ${failure.limit} is ${failure.actual}, allowed ${failure.allowed}`,
        },
        where: same(failure.file),
        todo: {
          zh: '请将文件拆分成较小的部分后分别导入。',
          en: 'Split the file into smaller parts and import them one by one.',
        },
      }
    case 'already-imported':
      return {
        what: {
          zh: '相同内容已在工作区中，重复导入会使各项指标翻倍',
          en: 'The same bytes are here already; importing them twice would double every figure',
        },
        where: {
          zh: `${failure.file}，见“${failure.dataset}”`,
          en: `${failure.file}, see ${failure.dataset}`,
        },
        todo: {
          zh: '无需再次导入；如需更换，请先移除原数据集。',
          en: 'Nothing to do; to replace it, remove that dataset first.',
        },
      }
    case 'manifest-mismatch':
      return {
        what: { zh: '数据包清单与文件不一致', en: 'The data package’s manifest and the file do not agree' },
        where: {
          zh: `${failure.file}：清单为 ${failure.expected}，实为 ${failure.actual}`,
          en: `${failure.file}: the manifest says ${failure.expected}, found ${failure.actual}`,
        },
        todo: {
          zh: '请取得完整且未改动的数据包，整个文件夹一起导入。',
          en: 'Get the package complete and unchanged, and import the whole folder.',
        },
      }
  }
}
