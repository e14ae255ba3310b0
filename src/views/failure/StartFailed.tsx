import type { Failure } from '../../domain/failure.ts'
import type { Language } from '../../domain/phrase.ts'
import { Mark } from '../header/Mark.tsx'
import { Look } from '../look/Look.tsx'
import { useSay } from '../surroundings.ts'
import { FailureNote } from './FailureNote.tsx'

/** Stands in the window when the engine cannot start: what went wrong, in words. */
export function StartFailed({ failure, language }: { failure: Failure; language: Language }) {
  return (
    <Look language={language} theme="system">
      <StartFailure failure={failure} />
    </Look>
  )
}

function StartFailure({ failure }: { failure: Failure }) {
  const say = useSay()
  return (
    <main className="defect">
      <Mark />
      <h1>{say({ zh: '分析引擎无法启动', en: 'The engine could not start' })}</h1>
      <FailureNote failure={failure} />
      <p className="muted">
        {say({
          zh: '请关闭其他占用内存的程序后重新打开 Assay。您的文件没有任何改动。',
          en: 'Close other programs that take much memory and open Assay again. Your files are untouched.',
        })}
      </p>
    </main>
  )
}
