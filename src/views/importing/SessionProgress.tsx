import { useEffect, useState } from 'react'
import { formatBytes, formatCount, formatPercent } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { type ImportSession, remainingSeconds, shareDone } from '../../workbench/workbench.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { Bar } from './Progress.tsx'
import { remainingWords, workOf } from './progress.ts'

/** What is being done to the import as a whole, and how long it will take where that can be told. */
export function SessionProgress({ session }: { session: ImportSession }) {
  if (session.unpacking !== null) return <Unpacking archive={session.unpacking} />
  return <Working session={session} />
}

function Unpacking({ archive }: { archive: NonNullable<ImportSession['unpacking']> }) {
  const say = useSay()
  const size = formatBytes(archive.bytes, useLanguage())
  const words: Phrase = {
    zh: `正在打开 ${archive.name}，已解压读取 ${size}`,
    en: `Opening ${archive.name}, ${size}`,
  }
  return (
    <div className="import-progress">
      <Bar label={say(words)} share={null} />
      <span className="ellipsis">{say(words)}</span>
    </div>
  )
}

function Working({ session }: { session: ImportSession }) {
  const say = useSay()
  const language = useLanguage()
  const now = useNow()
  const { bytes, bytesRead, rowsRead, files, filesDone } = workOf(session)
  const share = shareDone(session)
  const left = useStalled(share, now) ? null : remainingSeconds(session, now)
  const size = (amount: number) => formatBytes(amount, language)
  const rows = formatCount(rowsRead, language)
  return (
    <div className="import-progress">
      <Bar label={say({ zh: '导入进度', en: 'Progress of the import' })} share={share} />
      <span className="import-share">{formatPercent(Math.floor(share * 100) / 100, language)}</span>
      <span className="ellipsis">
        {say({
          zh: `已读 ${size(bytesRead)}，共 ${size(bytes)} · ${rows} 行 · 完成 ${filesDone}/${files}`,
          en: `${size(bytesRead)} of ${size(bytes)} read · ${rows} rows · ${filesDone} of ${files} done`,
        })}
      </span>
      <span className="spread" />
      {left !== null && <span className="import-left">{say(remainingWords(left))}</span>}
    </div>
  )
}

/** The time, told once a second. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const patienceMilliseconds = 20_000

/** True when nothing has come forward for so long that a forecast from the pace before would mislead. */
function useStalled(share: number, now: number): boolean {
  const [last, setLast] = useState({ share, at: now })
  if (last.share !== share) setLast({ share, at: now })
  return last.share === share && now - last.at > patienceMilliseconds
}
