/**
 * Files of a drop, folders walked to their ends. Each file of a folder carries its path below the drop in
 * `webkitRelativePath`, as a folder input gives it, so that a data package finds its parts.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  // Entries must be taken before the first await: the drop's data is gone afterwards.
  const entries = [...transfer.items].flatMap(item => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry === null ? [] : [entry]
  })
  if (entries.length === 0) return [...transfer.files]
  const found = await Promise.all(entries.map(entry => filesUnder(entry)))
  return found.flat()
}

async function filesUnder(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return isHidden(entry) ? [] : [withPath(await fileOf(entry), entry.fullPath)]
  if (!isDirectory(entry) || isHidden(entry)) return []
  const children = await childrenOf(entry)
  const found = await Promise.all(children.map(filesUnder))
  return found.flat()
}

/** `.DS_Store`, `.git` and the like are the system's, not the person's. */
function isHidden(entry: FileSystemEntry): boolean {
  return entry.name.startsWith('.')
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** `readEntries` gives at most 100 at a time in Chromium, and an empty list at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

function withPath(file: File, fullPath: string): File {
  const path = fullPath.replace(/^\//, '')
  return path.includes('/') ? Object.defineProperty(file, 'webkitRelativePath', { value: path }) : file
}
