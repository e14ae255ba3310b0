import { canonicalTable } from '../../src/domain/canonical.ts'
import { fileNotes } from './file-notes.ts'
import { plantedFaults } from './planted.ts'
import { sampleFileNames, sampleFiles, type WrittenSample } from './sample-files.ts'

const introduction = `# 示例数据（合成） / Sample data (synthetic)

本文件夹由 \`npm run sample\` 按固定种子生成，逐字节可重现，请勿手工修改。全部为**合成数据**，不描述任何真实平台、企业或设备；
唯一例外是 \`plan_target\`：其三行是公开发布的规划目标。数据时点 2026-06-30T00:00:00Z，时间均为 UTC。

Made by \`npm run sample\` from a fixed seed, the same bytes every time; not to be edited by hand. All of it is **synthetic**
and describes no real platform, enterprise or device, with one exception: the three rows of \`plan_target\` are published
targets. Data time 2026-06-30T00:00:00Z; all times UTC.

- \`counter_kind\` 只作用于 \`records\` 与 \`bytes\`；应收、实收、重复、迟到均按窗口计。
  \`counter_kind\` speaks of \`records\` and \`bytes\`; expected, received, duplicate and late records are of the window alone.
- \`seq\` 按设备计数，是会话配对的可靠次序。 \`seq\` counts per device and is the order in which sessions pair up.
- 西藏与青海有登记设备，但近 30 天均未连接。 Tibet and Qinghai have registered devices, none connected within 30 days.
- 既有事件又有快照的平台，\`last_seen\` 即事件中最后一次连接或活动。
  Where a platform exports events and a snapshot, \`last_seen\` is the last connect or activity of its events.
- 一条遥测报文为每个测点各出一行，时间与 \`seq\` 相同；\`seq\` 按设备计数，遇重启归零，16 位满后回绕。
  A telemetry message gives one row for each metric, with the same times and \`seq\`; \`seq\` counts per device, begins anew at
  a restart and wraps after 16 bits.
- 设备时钟与真实时间有固定偏差和缓慢漂移，\`ts_ingest\` 为平台时间。
  Device clocks are off by a constant and drift slowly; \`ts_ingest\` is the time of the platform.
- \`usage\` 中部分平台只给合计行（\`org_id\` 为 \`*\`）。 Some platforms give their usage in totals only (\`org_id\` is \`*\`).
- 订阅变更为新合同，旧合同在新合同开始之日终止。
  A changed subscription is a new contract; the old one ends on the day on which the new one starts.
- 旁边的 \`sample-2025\` 是一年前（2025-07-01）导出的平台清单，用于比较梯度；它是另一个数据包。
  \`sample-2025\` beside this folder is the list of platforms as exported a year before (2025-07-01), to compare tiers with;
  it is a data package of its own.
- 2025 年的两个文件没有埋入缺陷。 No faults are planted in the two files of 2025.
`

/** The text of the sample's README: what it is, its tables, the faults planted in it and how many of each. */
export function readme({ files, planted }: WrittenSample): string {
  const tables = sampleFileNames.map(file => {
    const { zh, en } = canonicalTable(sampleFiles[file]).name
    const part = fileNotes[file]
    const title = part ? `${zh}：${part.zh} / ${en}: ${part.en}` : `${zh} / ${en}`
    return `| \`${file}\` | ${title} | ${files[file].rows} |`
  })
  const faults = Object.entries(plantedFaults).map(
    ([fault, { zh, en }]) => `| \`${fault}\` | ${zh} / ${en} | ${planted[fault as keyof typeof planted]} |`,
  )
  return [
    introduction,
    '| 文件 / file | | 行数 / rows |',
    '|---|---|---|',
    ...tables,
    '',
    '有意埋入的缺陷（`datapackage.json` 的 `assay.planted`） / Faults planted on purpose (`assay.planted` in `datapackage.json`):',
    '',
    '| | | 数量 / count |',
    '|---|---|---|',
    ...faults,
    '',
  ].join('\n')
}
