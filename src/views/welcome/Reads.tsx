import { FileSearch, LockKeyhole, Scale } from 'lucide-react'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'

const facts: readonly { readonly icon: typeof Scale; readonly title: Phrase; readonly text: Phrase }[] = [
  {
    icon: FileSearch,
    title: { zh: '读取什么', en: 'What it reads' },
    text: {
      zh: 'CSV（UTF-8、GB18030 等）、Excel 工作簿、JSON、NDJSON、Parquet、Arrow、InfluxDB 的 CSV 和行协议、Data Package，以及装有它们的 ZIP 和 gzip 压缩包。按内容识别阿里云、华为云、Azure、AWS、ThingsBoard、EMQX、IoTDB、TDengine 等平台的导出；其他表格按列名识别。',
      en: 'CSV (UTF-8, GB18030 and others), Excel workbooks, JSON, NDJSON, Parquet, Arrow, CSV and line protocol of InfluxDB, Data Packages, and ZIP or gzip archives of them. Exports of Alibaba Cloud, Huawei Cloud, Azure, AWS, ThingsBoard, EMQX, IoTDB, TDengine and others are recognised by content, any other table by its columns.',
    },
  },
  {
    icon: Scale,
    title: { zh: '行行有着落', en: 'Every row is accounted for' },
    text: {
      zh: '读取行数 = 接受行数 + 拒绝行数，每一行拒绝都注明原因。缺少数据的指标会说明缺什么，绝不以零代替。',
      en: 'Rows read = accepted + rejected, and each rejected row says why. An indicator without data says what is missing and is never a zero.',
    },
  },
  {
    icon: LockKeyhole,
    title: { zh: '数据留在本机', en: 'Stays on this machine' },
    text: {
      zh: '没有账户，没有遥测，没有网络请求。密钥、口令和令牌在存储之前即被丢弃，并列出其列名。',
      en: 'No account, no telemetry, no request. Keys, passwords and tokens are dropped before anything is stored, and named.',
    },
  },
]

/** What Assay reads, and what it promises. */
export function Reads() {
  const say = useSay()
  return (
    <ul className="reads">
      {facts.map(({ icon: Icon, title, text }) => (
        <li key={title.en}>
          <Icon aria-hidden />
          <h2>{say(title)}</h2>
          <p className="muted">{say(text)}</p>
        </li>
      ))}
    </ul>
  )
}
