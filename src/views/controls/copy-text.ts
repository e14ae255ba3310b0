/**
 * Puts text on the clipboard by a copy event; false where the page may not. The host denies every permission, and
 * the asynchronous clipboard (Chromium 130) asks for one, while a copy that follows a press does not.
 */
export function copyText(text: string): boolean {
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  document.addEventListener('copy', fill, { capture: true })
  try {
    return document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', fill, { capture: true })
  }
}
