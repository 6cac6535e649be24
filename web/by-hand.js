// What people do by hand: forms filled in by the names of their fields, an account opened and given a role.

/** Stands for the first that may be chosen. */
export const any = Symbol('any')

/** A day so many days from today, where the station is. */
export const day = (from) => new Date(Date.now() + 8 * 3600_000 + from * 86_400_000).toISOString().slice(0, 10)

/** Fills in a form by the names of its fields: what is chosen is named by its word or its value. */
export async function put(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`main [name="${name}"]`)
    const kind = await field.first().evaluate((one) => `${one.tagName} ${one.type}`)
    if (kind.startsWith('SELECT')) {
      const options = await field.locator('option').allInnerTexts()
      await field.selectOption(value === any ? { index: 1 } : options.includes(value) ? { label: value } : value)
    } else if (value === any) await field.first().check()
    else if (/radio|checkbox/.test(kind)) await page.locator(`main [name="${name}"][value="${value}"]`).check()
    else await field.fill(String(value))
  }
}

/** Enters a record on the site that the page shows: opens its form, fills it in, saves it; where that leads. */
export async function record(page, path, fields) {
  await page.goto(new URL(path, page.url()).href)
  await put(page, fields)
  await page.locator('main .savebar button[type=submit]').click()
  await page.waitForLoadState()
  const alert = page.locator('main [role=alert]')
  if (await alert.count()) throw new Error(`${path}: ${await alert.first().innerText()}`)
  return new URL(page.url()).pathname
}

/** The way into an account that an administrator opens, once somebody else has granted the role for a place. */
export async function account(admin, security, path, fields, role, place) {
  await record(admin, path, fields)
  const address = new URL(admin.url()).pathname
  await admin.getByRole('button', { name: '给新的登录链接' }).click()
  await admin.waitForLoadState()
  const way = (await admin.locator('section .id').first().innerText()).trim().replace(/^https?:\/\/[^/]+/, '')
  await security.goto(new URL(`${address}/grant`, security.url()).href)
  await security.getByLabel('角色').selectOption({ label: role })
  await security.getByLabel('范围').selectOption({ label: place })
  await security.getByRole('button', { name: '保存' }).click()
  await security.waitForLoadState()
  return { way, address }
}
