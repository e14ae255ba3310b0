import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay } from '../surroundings.ts'
import './window.css'

interface WindowProps {
  readonly title: Phrase
  readonly open: boolean
  readonly size?: 'medium' | 'large'
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog over the page; Escape and a press outside close it, and focus goes back to where it was. */
export function Window({ title, open, size = 'medium', onClose, children }: WindowProps) {
  const say = useSay()
  return (
    <ModalOverlay
      className="veil"
      isDismissable
      isOpen={open}
      onOpenChange={isOpen => {
        if (!isOpen) onClose()
      }}
    >
      <Modal className={`window window-${size}`}>
        <Dialog className="window-dialog">
          <header className="window-head">
            <Heading slot="title" className="window-title">
              {say(title)}
            </Heading>
            <Button className="icon-action" aria-label={say({ zh: '关闭', en: 'Close' })} onPress={onClose}>
              <X aria-hidden />
            </Button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
