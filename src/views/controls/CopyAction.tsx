import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { Phrase } from '../../domain/phrase.ts'
import { useWorkbench } from '../surroundings.ts'
import { Action, IconAction } from './Action.tsx'
import { copyText } from './copy-text.ts'

const failed: Phrase = {
  zh: '未能复制到剪贴板。请选中文字后手动复制。',
  en: 'Could not copy to the clipboard. Select the text and copy it by hand.',
}

/** Puts text on the clipboard, and says that it did. */
export function CopyAction({
  label,
  text,
  shape = 'words',
}: {
  label: Phrase
  text: () => string
  shape?: 'words' | 'icon'
}) {
  const workbench = useWorkbench()
  const [done, setDone] = useState(false)
  const copy = () => {
    if (!copyText(text())) return workbench.notify('bad', failed)
    setDone(true)
    setTimeout(() => setDone(false), 1500)
  }
  const shown = done ? { zh: '已复制', en: 'Copied' } : label
  const icon = done ? Check : Copy
  return shape === 'icon' ? (
    <IconAction label={shown} icon={icon} onPress={copy} />
  ) : (
    <Action label={shown} icon={icon} kind="quiet" onPress={copy} />
  )
}
