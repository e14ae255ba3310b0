import { useEffect, useState } from 'react'
import { messageOf } from '../../domain/failure.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import { droppedFiles } from './entries.ts'

/** True while files hang over the window; what is dropped anywhere in it goes to the workbench. */
export function useDrop(workbench: Workbench): boolean {
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setDragging(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false)
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setDragging(false)
      if (event.dataTransfer) void takeDrop(event.dataTransfer, workbench)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [workbench])
  return dragging
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

async function takeDrop(transfer: DataTransfer, workbench: Workbench): Promise<void> {
  try {
    const files = await droppedFiles(transfer)
    if (files.length > 0) await workbench.importFiles(files)
    else
      workbench.notify('warning', {
        zh: '拖入的文件夹中没有文件。',
        en: 'There are no files in what was dropped.',
      })
  } catch (thrown) {
    const detail = messageOf(thrown)
    workbench.notify('bad', {
      zh: `无法读取拖入的内容：${detail}`,
      en: `What was dropped could not be read: ${detail}`,
    })
  }
}
