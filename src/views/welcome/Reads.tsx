import { FileSearch, LockKeyhole, Scale } from 'lucide-react'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'

const facts: readonly { readonly icon: typeof Scale; readonly title: Phrase; readonly text: Phrase }[] = [
  {
    icon: FileSearch,
    title: { zh: '读取什么', en: 'What it reads' },
    text: {
      zh: 'Arrow、Parquet、CSV（UTF-8、GB18030）、JSON、NDJSON 和 Data Package；按内容识别 Azure IoT Hub、AWS IoT 设备索引、ThingsBoard 的导出以及规范表。',
      en: 'Arrow, Parquet, CSV (UTF-8, GB18030), JSON, NDJSON and Data Packages; exports of Azure IoT Hub, AWS IoT fleet index and ThingsBoard, and canonical tables, recognised by content.',
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
