import { expect, type Page } from '@playwright/test'

/** Brings the bundled sample in, up to the board. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /bundled sample|内置示例/ }).click()
  await confirmImport(page)
  await expect(page.getByRole('heading', { name: /^(Overview|总览)$/ })).toBeVisible()
}

/** Confirms the open import once every file is read. */
export async function confirmImport(page: Page): Promise<void> {
  const confirm = page.locator('.import-foot').getByRole('button', { name: /^(Confirm import|确认导入)$/ })
  await expect(confirm).toBeEnabled({ timeout: 120_000 })
  await confirm.click()
}

/** Goes to an indicator through the command palette, by keyboard alone. */
export async function goTo(page: Page, id: string, name: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type(id)
  await expect(page.getByRole('menuitem').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name })).toBeVisible()
}
