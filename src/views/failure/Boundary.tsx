import { Component, type ReactNode } from 'react'
import { messageOf } from '../../domain/failure.ts'
import { Action } from '../controls/Action.tsx'
import { CopyAction } from '../controls/CopyAction.tsx'
import { useSay } from '../surroundings.ts'
import './failure.css'

interface BoundaryState {
  readonly thrown: unknown
}

/** Keeps a defect in one part of the window from taking the rest with it. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { thrown: null }

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { thrown: thrown ?? new Error('nothing was thrown') }
  }

  override render() {
    if (this.state.thrown === null) return this.props.children
    return <Defect detail={wordsOf(this.state.thrown)} onRetry={() => this.setState({ thrown: null })} />
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.stack !== undefined ? thrown.stack : messageOf(thrown)
}

function Defect({ detail, onRetry }: { detail: string; onRetry: () => void }) {
  const say = useSay()
  return (
    <div className="defect" role="alert">
      <h2>{say({ zh: '此处出现了 Assay 的缺陷', en: 'This part of Assay has a defect' })}</h2>
      <p className="muted">
        {say({
          zh: '数据和其余部分不受影响，可以继续使用。请把下面的信息反馈给我们。',
          en: 'Your data and everything else are unharmed; you can go on. Please report the words below.',
        })}
      </p>
      <pre className="defect-detail scrolling">{detail}</pre>
      <div className="defect-actions">
        <Action label={{ zh: '重试', en: 'Try again' }} onPress={onRetry} />
        <CopyAction label={{ zh: '复制信息', en: 'Copy the words' }} text={() => detail} />
      </div>
    </div>
  )
}
