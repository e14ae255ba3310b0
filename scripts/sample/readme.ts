import { canonicalTable } from '../../src/domain/canonical.ts'
import { plantedFaults } from './planted.ts'
import { sampleNames, type WrittenSample } from './write-sample.ts'

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
`

/** The text of the sample's README: what it is, its tables, the faults planted in it and how many of each. */
export function readme({ files, planted }: WrittenSample): string {
  const tables = sampleNames.map(name => {
    const { zh, en } = canonicalTable(name).name
    return `| \`${name}\` | ${zh} / ${en} | ${files[name].rows} |`
  })
  const faults = Object.entries(plantedFaults).map(
    ([fault, { zh, en }]) => `| \`${fault}\` | ${zh} / ${en} | ${planted[fault as keyof typeof planted]} |`,
  )
  return [
    introduction,
    '| 表 / table | | 行数 / rows |',
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
