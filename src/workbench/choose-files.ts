/**
 * Asks for files, a folder or one saved mapping through a file input, so that no path ever reaches the page; none on
 * dismissal.
 */
export function chooseFiles(what: 'files' | 'folder' | 'mapping'): Promise<readonly File[]> {
  return new Promise(resolve => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = what !== 'mapping'
    input.webkitdirectory = what === 'folder'
    if (what === 'mapping') input.accept = '.json'
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
