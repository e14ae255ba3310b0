import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { readPngProvenance } from '../src/exports/png-chunk.ts'
import { readSvgProvenance } from '../src/exports/svg-provenance.ts'
import { expect, test } from './launch.ts'
import { confirmImport, goTo, openSample } from './steps.ts'

async function chooseFiles(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+O')
  const chosen = await chooser
  await chosen.setFiles(
    files.map(({ name, text }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
  )
}

/** Saves from the open export dialog. */
async function saveAs(page: Page, format: string): Promise<void> {
  const radio = page.getByRole('radio', { name: format })
  await radio.click()
  await expect(radio).toBeChecked()
  await page.getByRole('button', { name: 'Save as…' }).click()
}

test('from the first run to a chart in a file', async ({ page, saveFolder }) => {
  await openSample(page)
  await expect(page.getByText('119 rejected')).toBeVisible()
  await goTo(page, 'CON-18', 'Device Gini coefficient')
  await expect(page.getByText('0.6863').first()).toBeVisible()
  await expect(page.locator('main svg path').first()).toBeVisible()

  for (const format of ['PNG', 'SVG', 'CSV', 'XLSX', 'Arrow']) {
    await page.keyboard.press('Control+E')
    await saveAs(page, format)
    await expect(page.getByText(`Saved CON-18.${format.toLowerCase()}`)).toBeVisible({ timeout: 30_000 })
  }
  expect((await readdir(saveFolder)).sort()).toEqual([
    'CON-18.arrow',
    'CON-18.csv',
    'CON-18.png',
    'CON-18.svg',
    'CON-18.xlsx',
  ])

  const png = await readFile(join(saveFolder, 'CON-18.png'))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2560, 1440])
  const provenance = readPngProvenance(png)
  expect(provenance).toMatchObject({ recipe: { id: 'CON-18', version: 1 }, app: { name: 'Assay' } })
  expect(provenance?.datasets[0]).toMatchObject({ synthetic: true })
  expect(provenance?.sql).toContain('device')

  const svg = await readFile(join(saveFolder, 'CON-18.svg'), 'utf8')
  expect(readSvgProvenance(svg)).toMatchObject({ recipe: { id: 'CON-18' } })
  expect(svg).not.toContain('<text')

  const csv = await readFile(join(saveFolder, 'CON-18.csv'), 'utf8')
  expect(csv.startsWith('\ufeff')).toBe(true)
  expect(csv.trim().split('\r\n')).toHaveLength(341)
})

test('an export of one’s own: what is wrong is shown before it is confirmed', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled({ timeout: 30_000 })
  const rows = [
    'platform_id,device_id,created_at',
    'A,1,2026-01-01',
    'A,1,2026-01-01',
    'B,2,nonsense',
    'B,3,2026-02-01',
    'B,4',
  ]
  await chooseFiles(page, [{ name: 'device.csv', text: rows.join('\n') }])
  await expect(page.getByText('1 file, 5 rows read = 2 accepted + 3 rejected')).toBeVisible()
  await page.getByRole('tab', { name: /Rejected rows/ }).click()
  await expect(page.getByText('Key occurs more than once').first()).toBeVisible()
  await expect(page.getByText('Not a recognisable time').first()).toBeVisible()
  await expect(page.getByText('Field count differs from the header').first()).toBeVisible()

  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Nothing imported yet')).toBeVisible()

  await chooseFiles(page, [{ name: 'device.csv', text: rows.join('\n') }])
  await confirmImport(page)
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await goTo(page, 'CON-17', 'Device concentration')
  await expect(page.getByText('0.5', { exact: true }).first()).toBeVisible()
  await goTo(page, 'AGG-01', 'Daily volume')
  await expect(page.getByText(/ingest_batch|Ingest batches/).first()).toBeVisible()
})

test('a file that cannot be read says what and what to do, and the others come in', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled({ timeout: 30_000 })
  await chooseFiles(page, [
    { name: 'broken.arrow', text: 'ARROW1\0\0nothing that follows is Arrow' },
    { name: 'platform.csv', text: 'platform_id,name,tier\nA,甲,基础\nB,乙,生态级\n' },
  ])
  await expect(page.getByText(/1 could not be read/)).toBeVisible()
  await confirmImport(page)
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})

test('files can be chosen from the native menu, long after the last act in the page', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled({ timeout: 30_000 })
  // A script of Playwright counts as an act of the person for five seconds.
  await new Promise(resolve => setTimeout(resolve, 6_000))
  const chooser = page.waitForEvent('filechooser')
  await app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items[0]?.submenu?.items ?? []
    file.find(({ label }) => label === 'Import files…')?.click()
  })
  await chooser
})

test('secrets in an export reach neither the screen nor a file', async ({ page, saveFolder }) => {
  const canary = 'CANARY-7f3a'
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeEnabled({ timeout: 30_000 })
  const device = {
    id: 'Device1',
    eTag: 'MA==',
    status: 'enabled',
    authentication: { symmetricKey: { primaryKey: canary, secondaryKey: canary } },
  }
  const lines = [1, 2, 3].map(n => JSON.stringify({ ...device, id: `Device${n}` })).join('\n')
  await chooseFiles(page, [{ name: 'devices.txt', text: lines }])
  await expect(page.getByText(/3 rows read = 3 accepted/)).toBeVisible()
  await expect(page.getByText(/authentication/).first()).toBeVisible()
  await confirmImport(page)
  await goTo(page, 'CON-17', 'Device concentration')
  await expect(page.getByRole('button', { name: 'Export…' })).toBeEnabled()
  await page.keyboard.press('Control+E')
  await saveAs(page, 'SVG')
  await expect(page.getByText('Saved CON-17.svg')).toBeVisible({ timeout: 30_000 })
  expect(await readFile(join(saveFolder, 'CON-17.svg'), 'utf8')).not.toContain(canary)
  expect(await page.content()).not.toContain(canary)
})

test('filters, undo and language act at once on everything', async ({ page }) => {
  await openSample(page)
  await goTo(page, 'CON-18', 'Device Gini coefficient')
  await page
    .getByRole('group', { name: /^Filters/ })
    .getByRole('button', { name: /^Tier/ })
    .click()
  await page.getByRole('option', { name: 'Leading' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('0.6863')).toHaveCount(0)
  await page.keyboard.press('Control+Z')
  await expect(page.getByText('0.6863').first()).toBeVisible()
  await page.getByRole('button', { name: 'Switch to 中文' }).click()
  await expect(page.getByRole('heading', { name: '设备分布基尼系数' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
})

test.describe('in Chinese', () => {
  test.use({ language: 'zh' })

  test('a GB18030 file is read right, shown as a guess, and can be read otherwise', async ({
    page,
    folder,
  }) => {
    await expect(page.getByRole('button', { name: '选择文件', exact: true })).toBeEnabled({ timeout: 30_000 })
    // 甲 and 乙 as GB18030 writes them.
    const gb = Buffer.from([
      ...Buffer.from('platform_id,name\nA,'),
      0xbc,
      0xd7,
      ...Buffer.from('\nB,'),
      0xd2,
      0xd2,
      0x0a,
    ])
    await writeFile(join(folder, 'platform.csv'), gb)
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Control+O')
    await (await chooser).setFiles(join(folder, 'platform.csv'))
    await page.getByRole('tab', { name: /前后对照/ }).click()
    await expect(page.getByRole('tabpanel').getByText('甲', { exact: true }).first()).toBeVisible()
  })
})
