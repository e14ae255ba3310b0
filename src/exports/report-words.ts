import type { Phrase } from '../domain/phrase.ts'

/** The fixed words of a report. */
export const reportWords = {
  synthetic: {
    zh: '本报告基于合成数据，不代表任何真实平台。',
    en: 'This report rests on synthetic data and describes no real platform.',
  },
  overview: { zh: '指标一览', en: 'Indicators at a glance' },
  indicator: { zh: '指标', en: 'Indicator' },
  value: { zh: '结果', en: 'Result' },
  notComputable: { zh: '无法计算', en: 'Not computable' },
  failed: { zh: '计算失败', en: 'Failed' },
  missing: { zh: '缺少', en: 'Missing' },
  meaning: { zh: '含义', en: 'Meaning' },
  formula: { zh: '公式', en: 'Formula' },
  source: { zh: '出处', en: 'Source' },
  cautions: { zh: '注意事项', en: 'Cautions' },
  inputs: { zh: '参数', en: 'Inputs' },
  sql: { zh: '所执行的 SQL', en: 'The SQL that ran' },
  data: { zh: '数据', en: 'Data' },
  files: { zh: '数据来源与导入', en: 'Data and how it was imported' },
  file: { zh: '文件', en: 'File' },
  format: { zh: '格式', en: 'Format' },
  adapter: { zh: '适配器', en: 'Adapter' },
  read: { zh: '读取行数', en: 'Rows read' },
  accepted: { zh: '接受', en: 'Accepted' },
  rejected: { zh: '拒绝', en: 'Rejected' },
  reasons: { zh: '拒绝原因', en: 'Reasons' },
  secrets: { zh: '已丢弃的密钥列', en: 'Credential columns dropped' },
  absentNames: {
    zh: '没有对应的规范取值，已存为空值（行数）',
    en: 'Of no known value, stored as absent (rows)',
  },
  unreadable: { zh: '未能读取', en: 'Could not be read' },
  versions: { zh: '软件版本', en: 'Versions' },
  made: { zh: '生成时间', en: 'Made' },
} as const satisfies Readonly<Record<string, Phrase>>
