import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { canary, mixedFolder } from '../src/workbench/testing-folder.ts'
import { expect, test } from './launch.ts'

/** Files for the open dialog: paths on the disk, or names with texts. */
type Chosen = string[] | { name: string; mimeType: string; buffer: Buffer }[]

const text = (name: string, ...lines: string[]) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
})

const chooseFiles = /^(Choose files|选择文件)/

async function choose(page: Page, files: Chosen): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  const button = page.getByRole('button', { name: chooseFiles }).first()
  if (await button.isVisible()) await button.click()
  else await page.keyboard.press('Control+O')
  await (await chooser).setFiles(files)
}

async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: chooseFiles }).first()).toBeEnabled({ timeout: 60_000 })
}

const foot = (page: Page) => page.locator('.import-foot')

test('a folder that mixes twelve exports comes in, each known for what it is', async ({ page, folder }) => {
  const files = mixedFolder()
  for (const { path, bytes } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  await ready(page)
  await choose(
    page,
    files.map(({ path }) => join(folder, path)),
  )
  const accepted = files.reduce((sum, file) => sum + file.accepted, 0)
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0)
  const sums = `${accepted + rejected} rows read = ${accepted} accepted + ${rejected} rejected`
  await expect(foot(page)).toContainText(`12 files, ${sums}`, { timeout: 90_000 })
  for (const known of [
    'Azure IoT Hub devices',
    'InfluxDB data',
    'JetLinks devices',
    'EdgeX events and readings',
  ])
    await expect(page.locator('.import').getByText(known, { exact: true }).first()).toBeAttached()
  expect(await page.content()).not.toContain(canary)
  await foot(page).getByRole('button', { name: 'Confirm import' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})

const plants = text('plants.csv', 'platform_id,device_id,province_code', 'A,1,shanxi', 'A,2,广东')

test('a name with two meanings goes to the person; the choice is saved and used next month', async ({
  page,
  saveFolder,
}) => {
  await ready(page)
  await choose(page, [plants])
  await page.getByRole('tab', { name: /^Names/ }).click()
  await page.getByRole('button', { name: /^shanxi stands for .*Shaanxi/ }).click()
  await expect(page.getByText('decided by you')).toBeVisible()
  await page.getByRole('button', { name: 'Save mapping…' }).click()
  await expect.poll(() => readdir(saveFolder)).toEqual(['plants.assay-mapping.json'])
  await foot(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Nothing imported yet')).toBeVisible()

  const july = join(saveFolder, 'july.csv')
  await writeFile(july, 'platform_id,device_id,province_code\nA,3,shanxi\n')
  await choose(page, [join(saveFolder, 'plants.assay-mapping.json'), july])
  await expect(page.getByText('same as last time')).toBeVisible()
  await expect(page.getByText(/stand for no known value|stands for no known value/)).toHaveCount(0)
  await foot(page).getByRole('button', { name: 'Confirm import' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})

test('a corrected export takes the place of the earlier one, and undo brings that back', async ({ page }) => {
  await ready(page)
  await choose(page, [text('device.csv', 'platform_id,device_id', 'A,1', 'A,2', 'B,1')])
  await foot(page).getByRole('button', { name: 'Confirm import' }).click()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  await choose(page, [text('device.csv', 'platform_id,device_id', 'A,1', 'B,1')])
  await expect(page.getByText(/Takes the place of device\.csv/)).toBeVisible()
  await expect(foot(page)).toContainText('2 rows read = 2 accepted + 0 rejected')
  await foot(page).getByRole('button', { name: 'Confirm import' }).click()
  await expect(page.getByText('1 table, 2 rows')).toBeVisible()
  await page.keyboard.press('Control+Z')
  await expect(page.getByText('1 table, 3 rows')).toBeVisible()
})

test.describe('in Chinese', () => {
  test.use({ language: 'zh' })

  test('another column is chosen for a canonical one, and the rows as stored follow', async ({ page }) => {
    await ready(page)
    await choose(page, [text('plants.csv', 'platform_id,device_id,site', 'A,1,广东', 'A,2,江苏')])
    await expect(foot(page)).toContainText('接受 2')
    await page.getByRole('button', { name: /^显示其余/ }).click()
    await page.getByRole('button', { name: /省级区划代码/ }).click()
    await page.getByRole('option', { name: /site/ }).click()
    await expect(page.getByText('已改', { exact: true }).first()).toBeVisible()
    await page.getByRole('tab', { name: '前后对照' }).click()
    await expect(page.getByRole('cell', { name: '44 广东' })).toBeVisible()
    await expect(page.getByRole('cell', { name: '32 江苏' })).toBeVisible()
  })
})
