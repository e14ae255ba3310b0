import { CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Failure } from '../../domain/failure.ts'
import { useSay } from '../surroundings.ts'
import { failureWords } from './words.ts'
import './failure.css'

/** A failure where it happened, in words, with what can be done; further actions come as children. */
export function FailureNote({ failure, children }: { failure: Failure; children?: ReactNode }) {
  const say = useSay()
  const { what, where, todo, detail } = failureWords(failure)
  return (
    <div className="failure" role="alert">
      <CircleX aria-hidden />
      <div className="failure-words">
        <strong>{say(what)}</strong>
        {where !== undefined && <span className="failure-where">{say(where)}</span>}
        <span>{say(todo)}</span>
        {detail !== undefined && <code className="failure-detail">{detail}</code>}
        {children}
      </div>
    </div>
  )
}
