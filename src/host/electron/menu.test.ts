import { describe, expect, test, vi } from 'vitest'
import type { MenuItem } from '../host.ts'
import { menuTemplate } from './menu.ts'

const file: MenuItem = {
  id: 'file',
  label: '文件',
  items: [
    { id: 'import', label: '导入', accelerator: 'CmdOrCtrl+O' },
    { id: 'offline', label: '离线', checked: true, enabled: false, separatorBefore: true },
  ],
}

function submenu(template: ReturnType<typeof menuTemplate>, label: string) {
  const items = template.find(item => item.label === label)?.submenu
  return Array.isArray(items) ? items : []
}

describe('the menu', () => {
  test("carries the app's items and ends with the system's, in the page's language", () => {
    const items = submenu(
      menuTemplate([file], 'zh', 'linux', () => {}),
      '文件',
    )
    expect(items).toMatchObject([
      { label: '导入', accelerator: 'CmdOrCtrl+O', enabled: true },
      { type: 'separator' },
      { label: '离线', type: 'checkbox', checked: true, enabled: false },
      { type: 'separator' },
      { role: 'quit', label: '退出' },
    ])
  })

  test('always has the keys of text fields', () => {
    const items = submenu(
      menuTemplate([file], 'en', 'linux', () => {}),
      'Edit',
    )
    expect(items.map(item => item.role)).toEqual(['cut', 'copy', 'paste', 'selectAll'])
  })

  test("has the system's own menu first on macOS, and Quit there alone", () => {
    const template = menuTemplate([file], 'en', 'darwin', () => {})
    expect(template[0]?.role).toBe('appMenu')
    expect(submenu(template, '文件').some(item => item.role === 'quit')).toBe(false)
  })

  test('tells which command was chosen', () => {
    const choose = vi.fn()
    const [item] = submenu(menuTemplate([file], 'zh', 'linux', choose), '文件')
    item?.click?.({} as never, undefined, {} as never)
    expect(choose).toHaveBeenCalledWith('import')
  })
})
