import type { MenuItemConstructorOptions } from 'electron'
import type { Language, Phrase } from '../../domain/phrase.ts'
import type { MenuItem } from '../host.ts'

type Role = NonNullable<MenuItemConstructorOptions['role']>
type Template = MenuItemConstructorOptions[]

/**
 * What the system knows better than the app: the keys of text fields, the window, leaving. Appended to the app's
 * menus of the same id; without them the keys of text fields are dead on macOS.
 */
const systemItems: Readonly<Record<string, readonly (readonly [Role, Phrase])[]>> = {
  file: [['quit', { zh: '退出', en: 'Quit' }]],
  edit: [
    ['cut', { zh: '剪切', en: 'Cut' }],
    ['copy', { zh: '复制', en: 'Copy' }],
    ['paste', { zh: '粘贴', en: 'Paste' }],
    ['selectAll', { zh: '全选', en: 'Select all' }],
  ],
  view: [
    ['zoomIn', { zh: '放大', en: 'Zoom in' }],
    ['zoomOut', { zh: '缩小', en: 'Zoom out' }],
    ['resetZoom', { zh: '实际大小', en: 'Actual size' }],
    ['togglefullscreen', { zh: '全屏', en: 'Full screen' }],
  ],
}

const names: Readonly<Record<string, Phrase>> = { edit: { zh: '编辑', en: 'Edit' } }

/** The app's menu as Electron's template, completed with the system's items in the page's language. */
export function menuTemplate(
  menu: readonly MenuItem[],
  language: Language,
  platform: NodeJS.Platform,
  choose: (id: string) => void,
): Template {
  const missing = Object.keys(names).filter(id => !menu.some(item => item.id === id))
  const all = [...menu, ...missing.map(id => ({ id, label: names[id]?.[language] ?? id, items: [] }))]
  const groups = all.map(item => ({
    label: item.label,
    submenu: [...translate(item.items ?? [], choose), ...system(item, language, platform)],
  }))
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...groups] : groups
}

function translate(items: readonly MenuItem[], choose: (id: string) => void): Template {
  return items.flatMap(item => [
    ...(item.separatorBefore === true ? [{ type: 'separator' } as const] : []),
    item.items === undefined
      ? entry(item, choose)
      : { label: item.label, submenu: translate(item.items, choose) },
  ])
}

function entry(item: MenuItem, choose: (id: string) => void): MenuItemConstructorOptions {
  const { id, label, accelerator, checked, enabled = true } = item
  return {
    label,
    enabled,
    ...(checked === undefined ? {} : { type: 'checkbox', checked }),
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => choose(id),
  }
}

function system(group: MenuItem, language: Language, platform: NodeJS.Platform): Template {
  // macOS keeps Quit in the app's own menu.
  const items = (systemItems[group.id] ?? []).filter(([role]) => platform !== 'darwin' || role !== 'quit')
  if (items.length === 0) return []
  const separator: Template = (group.items ?? []).length > 0 ? [{ type: 'separator' }] : []
  return [...separator, ...items.map(([role, label]) => ({ role, label: label[language] }))]
}
